package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.http.Page;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.place.Organization;

/** Reads a ticket and its log as far as a caller may see them. */
final class TicketReader {
    private final TicketStore store;
    private final Viewers viewers;
    private final Routing routing;
    private final TicketViews views;

    TicketReader(TicketStore store, Viewers viewers, Routing routing, TicketViews views) {
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

    Future<Void> requireSight(SqlClient client, Caller caller, UUID ticketId) {
        return sight(client, caller, ticketId).mapEmpty();
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

    /** A ticket that the caller may see, and what they are to it. */
    record Sight(Viewer viewer, Dossier dossier, Map<UUID, Organization> organizations, Standing standing) {}

    Future<Sight> sight(SqlClient client, Caller caller, UUID ticketId) {
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
}
