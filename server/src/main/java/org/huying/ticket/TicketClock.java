package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.kernel.Refusal;
import org.huying.place.Organization;
import org.jspecify.annotations.Nullable;

/**
 * What time itself does to a ticket: closes it, takes a question back, resumes it, marks it overdue and escalates it.
 * A ticket says in {@link TicketState#nextClock} when it is due for a call; calling too early or twice does nothing.
 */
final class TicketClock {
    private static final List<Action> BY_ITSELF = List.of(Action.CLOSE, Action.WITHDRAW_REQUEST, Action.RESUME);

    private final Clock clock;
    private final TicketStore store;
    private final Routing routing;
    private final Steps steps;
    private final Recorder recorder;

    TicketClock(Clock clock, TicketStore store, Routing routing, Steps steps, Recorder recorder) {
        this.clock = clock;
        this.store = store;
        this.routing = routing;
        this.steps = steps;
        this.recorder = recorder;
    }

    /** Does all that is due by now; whether anything was. */
    Future<Boolean> advance(SqlClient client, UUID districtId, UUID ticketId) {
        return store.lock(client, districtId, Set.of(ticketId))
                .compose(locked -> store.find(client, districtId, ticketId))
                .compose(found -> found.map(dossier -> advance(client, districtId, dossier))
                        .orElseGet(() -> Future.failedFuture(Refusal.notFound())));
    }

    private Future<Boolean> advance(SqlClient client, UUID districtId, Dossier dossier) {
        return store.cast(client, districtId, dossier.state().origin.id())
                .map(cast -> Change.of(districtId, dossier.state(), cast, clock.instant()))
                .compose(change -> step(client, change)
                        .compose(done -> change.entries().isEmpty()
                                ? Future.succeededFuture(false)
                                : recorder.record(client, change).map(true)));
    }

    /** Each step changes what is due next, so it ends when nothing is. */
    private Future<Void> step(SqlClient client, Change change) {
        var ticket = change.state();
        var due = ticket.nextClock();
        if (due == null || due.isAfter(change.at())) {
            return Future.succeededFuture();
        }
        return routing.organizationsOf(client, change.districtId(), Stream.of(ticket))
                .compose(organizations -> actOn(client, change, organizations))
                .compose(done -> step(client, change));
    }

    private Future<Void> actOn(SqlClient client, Change change, Map<UUID, Organization> organizations) {
        var ticket = change.state();
        var standing = Standing.ofClock(ticket, organizations);
        for (var action : BY_ITSELF) {
            if (action.fits(ticket, standing, change.at()).isPresent()) {
                return steps.runOn(client, change, Author.system(), action);
            }
        }
        markOverdue(change);
        var responsible = Objects.requireNonNull(organizations.get(ticket.responsibleOrgId));
        return Action.ESCALATE.fits(change.state(), standing, change.at()).isPresent()
                ? steps.escalate(client, change, Author.system(), responsible, null)
                : Future.succeededFuture();
    }

    /** Each due time is marked once, and so escalates once. */
    private static void markOverdue(Change change) {
        var ticket = change.state();
        if (ticket.isResponseOverdue(change.at())) {
            change.write(Author.system(), overdue("response", ticket.responseDueAt));
        }
        if (ticket.isResolutionOverdue(change.at())) {
            change.write(Author.system(), overdue("resolution", ticket.resolutionDueAt));
        }
    }

    private static Draft overdue(String clock, @Nullable Instant dueAt) {
        return Draft.of(EventType.OVERDUE).with("clock", clock).with("dueAt", dueAt);
    }
}
