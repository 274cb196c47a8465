package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;
import org.huying.place.Organization;
import org.jspecify.annotations.Nullable;

/** Does what the table of actions allows: by people when they ask, by the clock when it is time. */
final class TicketActions {
    private final Clock clock;
    private final TicketStore store;
    private final Viewers viewers;
    private final Routing routing;
    private final Steps steps;
    private final Recorder recorder;

    TicketActions(Clock clock, TicketStore store, Viewers viewers, Routing routing, Steps steps, Recorder recorder) {
        this.clock = clock;
        this.store = store;
        this.viewers = viewers;
        this.routing = routing;
        this.steps = steps;
        this.recorder = recorder;
    }

    /**
     * Refusals in this order: not visible, never allowed to these relations, not now, too much of it, against a rule. The row is locked
     * first, so of two at once the second decides on what the first has left.
     */
    Future<TicketState> act(SqlClient client, Caller caller, UUID ticketId, Action action, ActionInput input) {
        var ids = tickets(ticketId, action, input);
        return viewers.of(client, caller)
                .compose(viewer -> store.lock(client, caller.districtId(), ids)
                        .compose(locked -> store.find(client, viewer, ids))
                        .compose(found -> prepare(client, viewer, ticketId, action, input, found)))
                .compose(this::carryOut);
    }

    private Future<Act> prepare(
            SqlClient client,
            Viewer viewer,
            UUID ticketId,
            Action action,
            ActionInput input,
            Map<UUID, Dossier> found) {
        var dossier = found.get(ticketId);
        if (dossier == null) {
            return Future.failedFuture(Refusal.notFound());
        }
        var states = found.values().stream().map(Dossier::state);
        var organizations = routing.organizationsOf(client, viewer.districtId(), states);
        var now = clock.instant();
        var cast = store.cast(client, viewer.districtId(), ticketId);
        var written = store.written(client, viewer.districtId(), ticketId, viewer.id(), now.minus(Written.DAY));
        return Future.all(organizations, cast, written).map(done -> {
            var change = Change.of(viewer.districtId(), dossier.state(), done.<Cast>resultAt(1), now);
            var author = admit(viewer, dossier, organizations.result(), action, change);
            Versions.require(input.number("version"), dossier.state().lastSeq, "ticket_changed");
            written.result().requireRoom(action, change.at());
            return new Act(client, viewer, action, input, author, change, found, organizations.result());
        });
    }

    /** As what the caller acts, or why they may not. */
    private static Author admit(
            Viewer viewer, Dossier dossier, Map<UUID, Organization> organizations, Action action, Change change) {
        var standing = Standing.of(viewer, dossier, organizations);
        if (!standing.visible()) {
            throw Refusal.notFound();
        }
        if (!action.mayEver(standing.relations())) {
            throw Refusal.forbidden();
        }
        var ticket = dossier.state();
        return action.fits(ticket, standing, change.at())
                .map(relation -> author(viewer, dossier, relation))
                .orElseThrow(() -> notNow(ticket, Action.allowed(ticket, standing, change.at())));
    }

    private static Refusal notNow(TicketState ticket, List<Action> allowed) {
        return Refusal.conflict(
                "action_not_allowed",
                Map.of(
                        "ticketStatus", ticket.status.code(),
                        "allowedActions", allowed.stream().map(Action::code).toList()));
    }

    private Future<TicketState> carryOut(Act act) {
        return steps.take(act)
                .compose(done -> act.change().entries().isEmpty()
                        ? Future.succeededFuture()
                        : recorder.record(act.client(), act.change()))
                .map(saved -> act.ticket());
    }

    private static Author author(Viewer viewer, Dossier dossier, Relation relation) {
        var ticket = dossier.state();
        var caller = viewer.caller();
        return switch (relation) {
            case REPORTER ->
                caller.isResident() || ticket.origin.anonymous()
                        ? new Author(Author.RESIDENT, viewer.id(), null, Standing.representedBy(viewer, dossier))
                        : new Author(visitorKind(caller, ticket), viewer.id(), null, null);
            case DISPATCHER -> new Author(Role.DISPATCHER.code(), viewer.id(), ticket.responsibleOrgId, null);
            case WORKER -> new Author(Role.WORKER.code(), viewer.id(), ticket.assigneeOrgId, null);
            case GRID, VISITOR -> new Author(visitorKind(caller, ticket), viewer.id(), null, null);
            case SUPERVISOR, UPPER_SUPERVISOR -> new Author(Role.SUPERVISOR.code(), viewer.id(), null, null);
            case NEIGHBOUR -> new Author(Author.RESIDENT, viewer.id(), null, null);
            case CLOCK -> Author.system();
        };
    }

    private static String visitorKind(Caller caller, TicketState ticket) {
        return Stream.of(Role.GRID_MEMBER, Role.HOTLINE_AGENT)
                .filter(role -> caller.covers(role, ticket.origin.placePath()))
                .findFirst()
                .orElse(Role.SUPERVISOR)
                .code();
    }

    private static Set<UUID> tickets(UUID ticketId, Action action, ActionInput input) {
        var other = otherField(action);
        return other == null || input.id(other).equals(ticketId) ? Set.of(ticketId) : Set.of(ticketId, input.id(other));
    }

    private static @Nullable String otherField(Action action) {
        return switch (action) {
            case MERGE -> "intoTicketId";
            case LINK -> "ticketId";
            default -> null;
        };
    }
}
