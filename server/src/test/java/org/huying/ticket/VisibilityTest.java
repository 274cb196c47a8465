package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.http.Contract;
import org.huying.http.Cursor;
import org.huying.http.JsonText;
import org.huying.http.SchemaCheck;
import org.huying.identity.unmasking.Unmaskings;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the walk through HTTP in {@code VisibilityMatrixTest} does not look at. */
@Tag("long")
class VisibilityTest {
    @AutoClose
    private final TicketWorld world = new TicketWorld();

    @Test
    void staffSeeTheReporterMaskedAndThoseWhoWorkOnItUnmaskThemWhileItIsOpen() {
        // given
        var ticket = world.bring(world.report(), Status.IN_PROGRESS);
        var masked = new TicketView.Reporter(null, "王**", "138****5678");

        // then
        for (var caller : List.of(world.worker, world.dispatcher, world.grid, world.communitySupervisor)) {
            assertThat(world.view(caller, ticket).reporter()).isEqualTo(masked);
        }
        assertThat(phone(world.owner, ticket)).isEqualTo("13812345678");
        assertThat(unmasked(world.worker, ticket, null).phone()).isEqualTo("13812345678");
        assertThat(unmasked(world.dispatcher, ticket, null).name()).isEqualTo("王建国");
        assertThatThrownBy(() -> unmasked(world.grid, ticket, null)).isInstanceOf(Refusal.RuleBroken.class);
        assertThat(unmasked(world.grid, ticket, "回访").phone()).isEqualTo("13812345678");
        for (var caller : List.of(world.secondWorker, world.admin)) {
            assertThat(world.view(caller, ticket).reporter()).isNull();
            assertThatThrownBy(() -> unmasked(caller, ticket, "想知道")).isInstanceOf(Refusal.Forbidden.class);
        }
        assertThatThrownBy(() -> unmasked(world.otherDispatcher, ticket, "想知道")).isInstanceOf(Refusal.NotFound.class);
        assertThat(list(world.dispatcher, null).get(0).reporter()).isEqualTo(masked);

        world.act(world.worker, ticket, Action.RESOLVE);

        assertThat(world.view(world.worker, ticket).reporter()).isEqualTo(new TicketView.Reporter(null, "王**", null));
        assertThatThrownBy(() -> unmasked(world.worker, ticket, "再问问"))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessage("reporter_out_of_reach");
        assertThat(unmasked(world.grid, ticket, "回访").phone()).isEqualTo("13812345678");
    }

    @Test
    void onlySupervisorsOfThePlaceLearnWhoIsAnonymousAndOnlyWithAReason() {
        // given
        var spot = Submission.ofSpot("street-light", world.compound, "南门", "路灯不亮");
        var anonymous = new Submission(
                spot.serviceItemCode(),
                null,
                spot.placeId(),
                spot.spot(),
                spot.description(),
                List.of(),
                Map.of(),
                null,
                true,
                null,
                null);
        var ticket = world.bring(world.report(world.owner, anonymous), Status.IN_PROGRESS);

        // then
        for (var caller : List.of(world.dispatcher, world.worker, world.grid, world.hotline, world.admin)) {
            assertThatThrownBy(() -> unmasked(caller, ticket, "想知道")).isInstanceOf(Refusal.Forbidden.class);
        }
        for (var caller : List.of(world.communitySupervisor, world.townSupervisor, world.districtSupervisor)) {
            assertThatThrownBy(() -> unmasked(caller, ticket, null)).isInstanceOf(Refusal.RuleBroken.class);
            assertThat(unmasked(caller, ticket, "核实举报").name()).isEqualTo("王建国");
        }
    }

    @Test
    void whatIsReadInFullIsOnRecordInTheSameTransaction() {
        // given
        var ticket = world.bring(world.report(), Status.IN_PROGRESS);

        // when
        unmasked(world.worker, ticket, null);
        assertThatThrownBy(() -> world.inTransaction(tx -> unmasker()
                        .unmask(tx, world.worker, ticket, null)
                        .compose(told -> Future.failedFuture(Refusal.conflict("something_else")))))
                .isInstanceOf(Refusal.Conflict.class);

        // then
        var entries = world.query(client -> client.query("SELECT actor_id, role, subject_id, ticket_id FROM unmasking")
                .execute()
                .map(Rows.list(row -> List.of(
                        row.getUUID("actor_id"),
                        row.getString("role"),
                        row.getUUID("subject_id"),
                        row.getUUID("ticket_id")))));
        assertThat(entries).containsExactly(List.of(world.worker.personId(), "worker", world.owner.personId(), ticket));
    }

    private Unmasker unmasker() {
        return new Unmasker(
                world.tickets.reader(), world.people, new Unmaskings(world.cipher, world.clock), world.clock);
    }

    private ReporterView unmasked(Caller caller, UUID ticket, @Nullable String reason) {
        return world.inTransaction(tx -> unmasker().unmask(tx, caller, ticket, reason));
    }

    @Test
    void whoFollowsAPublicSpotFindsItAgain() {
        // given
        var ticket = world.report(world.owner, Submission.ofSpot("street-light", world.compound, "南门", "路灯不亮"))
                .id();

        // when
        world.act(world.neighbour, ticket, Action.FOLLOW);

        // then
        assertThat(world.view(world.neighbour, ticket).following()).isTrue();
        assertThat(ids(world.neighbour, "followed")).containsExactly(ticket);
        assertThat(ids(world.owner, "followed")).isEmpty();
    }

    @Test
    void internalCommentsAreWrittenByStaffOnly() {
        // given
        var ticket = world.report().id();
        var internal = ActionInput.none().with("text", "住户难沟通").with("internal", true);

        // then
        assertThatThrownBy(() -> world.act(world.owner, ticket, Action.COMMENT, internal))
                .isInstanceOf(Refusal.Forbidden.class);
    }

    @Test
    void theFirstOwnerSeesTheTicketToTheEnd() {
        // given
        var ticket = world.report().id();

        // when
        world.act(world.dispatcher, ticket, Action.TRANSFER);

        // then
        assertThat(Objects.requireNonNull(world.view(world.dispatcher, ticket).firstOwner())
                        .id())
                .isEqualTo(world.firm);
        assertThat(world.view(world.dispatcher, ticket).allowedActions()).isEmpty();
        assertThat(world.view(world.otherDispatcher, ticket).allowedActions()).contains("accept");
        assertThat(ids(world.dispatcher, "organization")).contains(ticket);
    }

    @Test
    void listsAreFilteredAndPaged() {
        // given
        var all = new ArrayList<UUID>();
        for (var i = 0; i < 7; i++) {
            all.add(0, world.report().id());
            world.clock.advance(java.time.Duration.ofSeconds(i / 3));
        }
        world.act(world.dispatcher, all.get(2), Action.ACCEPT);
        world.act(world.dispatcher, all.get(2), Action.ASSIGN);

        // when
        var paged = new ArrayList<UUID>();
        @Nullable Cursor after = null;
        do {
            var page = page(world.dispatcher, filter(null, null, null, null, after, 3));
            page.items().forEach(view -> paged.add(view.id()));
            after = page.nextCursor() == null ? null : Cursor.decode(page.nextCursor());
        } while (after != null);

        // then
        assertThat(paged).containsExactlyElementsOf(all);
        assertThat(idsOf(filter("assigned", null, null, null, null, 20), world.dispatcher))
                .containsExactly(all.get(2));
        assertThat(ids(world.worker, "assigned")).containsExactly(all.get(2));
        assertThat(idsOf(filter(null, null, null, world.worker.personId(), null, 20), world.dispatcher))
                .containsExactly(all.get(2));
        world.clock.advance(java.time.Duration.ofHours(5));
        assertThat(idsOf(filter(null, null, true, null, null, 20), world.dispatcher))
                .hasSize(6);
        assertThat(idsOf(filter(null, null, false, null, null, 20), world.dispatcher))
                .containsExactly(all.get(2));
    }

    @Test
    void whatIsShownFitsTheContract() {
        // given
        var ticket = world.bring(world.report(), Status.RESOLVED);
        world.act(world.owner, ticket, Action.RATE);

        // then
        for (var caller : List.of(world.owner, world.dispatcher, world.townSupervisor)) {
            fits("getTicket", world.view(caller, ticket));
            fits("listTickets", page(caller, filter(null, null, null, null, null, 20)));
            fits("listTicketEvents", new org.huying.http.Page<>(world.eventViews(caller, ticket), null));
        }
        var items = world.query(client -> world.tickets.catalogue().list(client, world.district, null, 100));
        assertThat(items).hasSize(6);
        fits("listServiceItems", new org.huying.http.Page<>(items, null));
    }

    @Test
    void everyOperationOfTheContractIsBound() {
        var contract = Contract.load().operations().stream()
                .filter(operation -> operation.path().startsWith("/v1/tickets"))
                .map(operation -> operation.id())
                .filter(id -> id.startsWith("ticket"))
                .toList();

        var actions = java.util.Arrays.stream(Action.values())
                .filter(Action::isOperation)
                .map(Action::operationId)
                .toList();

        assertThat(contract).containsExactlyInAnyOrderElementsOf(actions);
    }

    private static void fits(String operation, Object answer) {
        var model = Contract.load().operations().stream()
                .filter(each -> each.id().equals(operation))
                .findFirst()
                .orElseThrow();
        var schema = model.responses()
                .getJsonObject("200")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema");
        assertThat(new SchemaCheck(schema).faults(Json.decodeValue(JsonText.write(answer)), ""))
                .as(operation)
                .isEmpty();
    }

    private @Nullable String phone(Caller caller, UUID ticket) {
        return Objects.requireNonNull(world.view(caller, ticket).reporter()).phone();
    }

    private List<UUID> ids(Caller caller, @Nullable String scope) {
        return list(caller, scope).stream().map(TicketView::id).toList();
    }

    private List<UUID> idsOf(TicketLists.Filter filter, Caller caller) {
        return page(caller, filter).items().stream().map(TicketView::id).toList();
    }

    private List<TicketView> list(Caller caller, @Nullable String scope) {
        return page(caller, filter(null, scope, null, null, null, 100)).items();
    }

    private org.huying.http.Page<TicketView> page(Caller caller, TicketLists.Filter filter) {
        return world.query(client -> world.tickets.lists().list(client, caller, filter));
    }

    private static TicketLists.Filter filter(
            @Nullable String status,
            @Nullable String scope,
            @Nullable Boolean overdue,
            @Nullable UUID assignee,
            @Nullable Cursor after,
            int limit) {
        return new TicketLists.Filter(status, scope, overdue, assignee, TicketLists.Order.NEWEST, after, limit);
    }
}
