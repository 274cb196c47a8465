package org.huying.account.acts;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.huying.canteen.Canteens;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.identity.People;
import org.huying.identity.People.MandateScope;
import org.huying.identity.Wards;
import org.huying.kernel.ActFor;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.ticket.Tickets;
import org.jspecify.annotations.Nullable;

/** What others did in a resident's name, merged from what each room keeps. */
final class ActsService {
    /** What somebody may read of it; whoever holds a mandate, as far as its scope goes. */
    private record Reader(boolean bookings, boolean tickets, boolean masked) {
        static final Reader SELF = new Reader(true, true, false);
        static final Reader GRID_MEMBER = new Reader(true, true, true);
    }

    private final People people;
    private final Wards wards;
    private final Canteens canteens;
    private final Tickets tickets;

    ActsService(People people, Wards wards, Canteens canteens, Tickets tickets) {
        this.people = people;
        this.wards = wards;
        this.canteens = canteens;
        this.tickets = tickets;
    }

    Future<Page<ActView>> list(SqlClient client, Caller caller, UUID residentId, @Nullable Cursor cursor, int limit) {
        var query = new ActFor.Query(
                caller.districtId(),
                residentId,
                cursor == null ? null : cursor.instant(0),
                cursor == null ? null : cursor.text(1),
                limit + 1);
        return reader(client, caller, residentId)
                .compose(reader ->
                        acts(client, reader, query).compose(acts -> named(client, caller, reader, acts, limit)));
    }

    private Future<Reader> reader(SqlClient client, Caller caller, UUID residentId) {
        if (residentId.equals(caller.personId())) {
            return Future.succeededFuture(Reader.SELF);
        }
        return wards.has(client, caller, residentId)
                .compose(has ->
                        has ? Future.succeededFuture(Reader.GRID_MEMBER) : mandateHolder(client, caller, residentId));
    }

    private Future<Reader> mandateHolder(SqlClient client, Caller caller, UUID residentId) {
        var bookings = mandated(client, caller, residentId, MandateScope.BOOKING);
        var tickets = mandated(client, caller, residentId, MandateScope.TICKET);
        return Future.all(bookings, tickets)
                .compose(both -> bookings.result() || tickets.result()
                        ? Future.succeededFuture(new Reader(bookings.result(), tickets.result(), false))
                        : refusal(client, caller, residentId).compose(Future::failedFuture));
    }

    /** Who meets the resident elsewhere learns that this is not theirs to read, and anybody else nothing. */
    private Future<Refusal> refusal(SqlClient client, Caller caller, UUID residentId) {
        if (!Wards.meetsEverybody(caller)) {
            return Future.succeededFuture(Refusal.notFound());
        }
        return people.resident(client, caller.districtId(), residentId)
                .map(found ->
                        found.filter(each -> !each.erased()).isPresent() ? Refusal.forbidden() : Refusal.notFound());
    }

    private Future<Boolean> mandated(SqlClient client, Caller caller, UUID residentId, MandateScope scope) {
        return people.mandatorsOf(client, caller.districtId(), caller.personId(), scope)
                .map(mandators -> mandators.contains(residentId));
    }

    /** The newest of all rooms; each gives as many as the page has at most. */
    private Future<List<ActFor>> acts(SqlClient client, Reader reader, ActFor.Query query) {
        var sources = new ArrayList<Future<List<ActFor>>>();
        sources.add(people.actsFor(client, query));
        if (reader.bookings()) {
            sources.add(canteens.actsFor(client, query));
        }
        if (reader.tickets()) {
            sources.add(tickets.actsFor(client, query, !reader.masked()));
        }
        return Future.all(sources)
                .map(all -> sources.stream()
                        .flatMap(source -> source.result().stream())
                        .sorted(ActFor.NEWEST_FIRST)
                        .limit(query.limit())
                        .toList());
    }

    private Future<Page<ActView>> named(SqlClient client, Caller caller, Reader reader, List<ActFor> acts, int limit) {
        var page = Page.of(acts, limit, act -> List.of(act.at().toString(), act.key()));
        var ids = page.items().stream()
                .map(ActFor::byId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return people.names(client, caller.districtId(), ids)
                .map(names -> page.map(act -> ActView.of(act, names, reader.masked())));
    }
}
