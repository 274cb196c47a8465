package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Organization;
import org.jspecify.annotations.Nullable;

/** Reads tickets and their logs as far as a caller may see them. */
final class TicketReader {
    /**
     * What a list is to have.
     *
     * @param scope {@code mine|assigned|organization|place|followed}; absent: all that the caller may see
     */
    record Filter(
            @Nullable String status,
            @Nullable String scope,
            @Nullable Boolean overdue,
            @Nullable UUID assigneeId,
            @Nullable Cursor after,
            int limit) {
        boolean wants(String part) {
            return scope == null || scope.equals(part);
        }
    }

    private final Clock clock;
    private final TicketStore store;
    private final Viewers viewers;
    private final Routing routing;
    private final TicketViews views;

    TicketReader(Clock clock, TicketStore store, Viewers viewers, Routing routing, TicketViews views) {
        this.clock = clock;
        this.store = store;
        this.viewers = viewers;
        this.routing = routing;
        this.views = views;
    }

    Future<TicketView> get(SqlClient client, Caller caller, UUID ticketId) {
        return sight(client, caller, ticketId)
                .compose(sight ->
                        views.views(client, sight.viewer(), List.of(sight.dossier()), sight.organizations(), false))
                .map(one -> one.get(0));
    }

    Future<Page<EventView>> events(SqlClient client, Caller caller, UUID ticketId, int afterSeq, int limit) {
        return sight(client, caller, ticketId)
                .compose(sight -> store.events(client, caller.districtId(), ticketId, afterSeq, limit + 1)
                        .compose(events ->
                                views.events(client, sight.viewer(), sight.dossier(), sight.standing(), events)))
                .map(rows -> Page.of(rows, limit, row -> List.of(Integer.toString(row.seq()))));
    }

    /** Whether the words beside an event are disclosed to the caller; nothing of a ticket out of sight is. */
    Future<Boolean> reads(SqlClient client, Caller caller, UUID ticketId, int eventSeq) {
        return sight(client, caller, ticketId)
                .compose(sight -> store.events(client, caller.districtId(), ticketId, eventSeq - 1, 1)
                        .map(found -> found.stream()
                                .map(TicketStore.Stored::event)
                                .anyMatch(event -> event.seq() == eventSeq
                                        && Disclosure.ofTexts(sight.viewer(), sight.standing(), event))))
                .recover(failure -> failure instanceof Refusal.NotFound
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(failure));
    }

    Future<Page<TicketView>> list(SqlClient client, Caller caller, Filter filter) {
        return viewers.of(client, caller)
                .compose(viewer -> ids(client, viewer, filter)
                        .compose(ids -> store.find(client, viewer, ids).compose(found -> {
                            var dossiers = ids.stream()
                                    .map(found::get)
                                    .filter(Objects::nonNull)
                                    .toList();
                            return organizations(client, viewer, dossiers)
                                    .compose(organizations ->
                                            views.views(client, viewer, dossiers, organizations, true));
                        })))
                .map(rows -> Page.of(
                        rows,
                        filter.limit(),
                        row -> List.of(row.submittedAt().toString(), row.id().toString())));
    }

    /** A ticket that the caller may see, and what they are to it. */
    private record Sight(Viewer viewer, Dossier dossier, Map<UUID, Organization> organizations, Standing standing) {}

    private Future<Sight> sight(SqlClient client, Caller caller, UUID ticketId) {
        return viewers.of(client, caller)
                .compose(viewer -> store.find(client, viewer, List.of(ticketId)).compose(found -> {
                    var dossier = found.get(ticketId);
                    if (dossier == null) {
                        return Future.failedFuture(Refusal.notFound());
                    }
                    return organizations(client, viewer, List.of(dossier))
                            .map(organizations -> new Sight(
                                    viewer, dossier, organizations, Standing.of(viewer, dossier, organizations)));
                }))
                .compose(sight -> sight.standing().visible()
                        ? Future.succeededFuture(sight)
                        : Future.failedFuture(Refusal.notFound()));
    }

    private Future<Map<UUID, Organization>> organizations(SqlClient client, Viewer viewer, List<Dossier> dossiers) {
        return routing.organizationsOf(
                client, viewer.districtId(), dossiers.stream().map(Dossier::state));
    }

    private Future<List<UUID>> ids(SqlClient client, Viewer viewer, Filter filter) {
        var caller = viewer.caller();
        if (caller.isResident()) {
            var mine = filter.wants("mine") || filter.wants("followed");
            var around = filter.wants("place") || filter.wants("followed");
            return store.list(
                    client,
                    TicketSql.LIST_FOR_RESIDENT,
                    tail(
                            Tuple.of(
                                    viewer.districtId(),
                                    array(mine ? viewer.persons() : Set.of()),
                                    array(mine ? viewer.households().keySet() : Set.of()),
                                    array(around ? viewer.home() : Set.of()),
                                    "followed".equals(filter.scope()) ? viewer.id() : null),
                            filter));
        }
        var organizations = filter.wants("organization")
                ? viewers.organizationsOf(client, caller)
                : Future.succeededFuture(Set.<UUID>of());
        var self = List.of(viewer.id());
        return organizations.compose(own -> store.list(
                client,
                TicketSql.LIST_FOR_STAFF,
                tail(
                        Tuple.of(
                                viewer.districtId(),
                                array(filter.wants("mine") ? self : Set.of()),
                                array(filter.wants("assigned") ? self : Set.of()),
                                array(own),
                                array(filter.wants("place") ? placesOf(caller) : Set.of())),
                        filter)));
    }

    private static List<UUID> placesOf(Caller caller) {
        return Set.of(Role.GRID_MEMBER, Role.HOTLINE_AGENT, Role.SUPERVISOR, Role.ADMIN).stream()
                .flatMap(role -> caller.scopesOf(role).stream())
                .toList();
    }

    private Tuple tail(Tuple values, Filter filter) {
        var after = filter.after();
        return values.addValue(filter.status())
                .addValue(filter.overdue())
                .addOffsetDateTime(Rows.utc(clock.instant()))
                .addValue(filter.assigneeId())
                .addValue(after == null ? null : Rows.utc(after.instant(0)))
                .addValue(after == null ? null : after.uuid(1))
                .addInteger(filter.limit() + 1);
    }

    private static Object array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
