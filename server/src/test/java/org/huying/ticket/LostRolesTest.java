package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of tickets when whoever had to do with them loses the role in which they had. */
class LostRolesTest {
    @AutoClose
    private static final TicketWorld world = new TicketWorld();

    /** How an assignee stops working where they were assigned. */
    enum End {
        ROLE_TAKEN_AWAY("DELETE FROM role_grant WHERE district_id = $1 AND staff_id = $2 AND $3::uuid IS NOT NULL"),
        SUSPENDED("UPDATE staff SET suspended = true WHERE district_id = $1 AND id = $2 AND $3::uuid IS NOT NULL"),
        MOVED("UPDATE role_grant SET scope_id = $3 WHERE district_id = $1 AND staff_id = $2"),
        CONTRACT_ENDED("DELETE FROM contract WHERE district_id = $1 AND $2::uuid IS NOT NULL AND $3::uuid IS NOT NULL");

        private final String sql;

        End(String sql) {
            this.sql = sql;
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void an_assignee_who_works_there_no_more_neither_sees_nor_does_anything(End end) {
        // given: one of the firm's own, or of its cooperative
        var cooperative = end == End.CONTRACT_ENDED;
        var hand = hired(cooperative ? world.cooperative : world.firm, Role.WORKER);
        world.sql(
                "INSERT INTO contract (district_id, organization_id, cooperative_id) VALUES ($1, $2, $3)"
                        + " ON CONFLICT DO NOTHING",
                world.district,
                world.firm,
                world.cooperative);
        var ticket = assigned(hand);
        world.act(hand, ticket, Action.START);

        // when
        world.sql(end.sql, world.district, hand.personId(), world.otherFirm);

        // then
        var now = now(hand);
        assertOutOfSight(now, ticket);
        var seen = world.view(world.dispatcher, ticket);
        assertThat(Objects.requireNonNull(seen.assignee()).id()).isEqualTo(hand.personId());
        assertThat(seen.assigneeLeft()).isTrue();
        world.act(world.owner, ticket, Action.URGE);
        assertThat(told(hand)).doesNotContain("ticket_urged");
        assertThat(told(world.dispatcher)).contains("ticket_urged");
        world.act(
                world.dispatcher,
                ticket,
                Action.ASSIGN,
                ActionInput.none().with("assigneeId", world.secondWorker.personId()));
        assertThat(world.view(world.dispatcher, ticket).assigneeLeft()).isFalse();
    }

    @Test
    void who_works_there_again_goes_on() {
        var hand = hired(world.firm, Role.WORKER);
        var ticket = assigned(hand);
        world.sql(End.SUSPENDED.sql, world.district, hand.personId(), world.firm);
        world.sql("UPDATE staff SET suspended = false WHERE id = $1", hand.personId());
        world.act(now(hand), ticket, Action.START);
        assertThat(world.view(now(hand), ticket).assigneeLeft()).isFalse();
    }

    @Test
    void a_grid_member_who_reported_in_their_place_has_no_part_in_it_once_they_are_moved() {
        // given
        var grid = hired(world.compound, Role.GRID_MEMBER);
        var ticket = world.report(grid, Submission.ofSpot("street-light", world.compound, "东门", "路灯不亮"))
                .id();
        assertThat(world.view(grid, ticket).allowedActions()).contains("urge");

        // when
        world.sql(End.MOVED.sql, world.district, grid.personId(), world.otherCompound);

        // then
        assertOutOfSight(now(grid), ticket);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"DISPATCHER", "GRID_MEMBER", "HOTLINE_AGENT", "SUPERVISOR", "ADMIN"})
    void nobody_sees_what_their_role_showed_them_once_it_is_gone(Role role) {
        // given
        var somebody = hired(role == Role.DISPATCHER ? world.firm : world.districtPlace, role);
        var ticket = world.report().id();
        assertThat(world.view(somebody, ticket).id()).isEqualTo(ticket);

        // when
        world.sql(End.ROLE_TAKEN_AWAY.sql, world.district, somebody.personId(), world.firm);

        // then
        assertOutOfSight(now(somebody), ticket);
    }

    @Test
    void a_mandate_that_has_ended_shows_and_does_nothing() {
        // given
        var ticket = world.report(
                        world.proxy,
                        Submission.ofHousehold("pipe-leak", world.household, "漏水")
                                .inNameOf(world.owner.personId()))
                .id();

        // when
        world.sql(
                "UPDATE mandate SET status = 'revoked', revoked_at = now() WHERE proxy_id = $1",
                world.proxy.personId());

        // then
        assertOutOfSight(world.proxy, ticket);
    }

    private static void assertOutOfSight(Caller caller, UUID ticket) {
        Stream.<Runnable>of(
                        () -> world.view(caller, ticket),
                        () -> world.eventViews(caller, ticket),
                        () -> world.act(caller, ticket, Action.COMMENT),
                        () -> world.act(caller, ticket, Action.RESOLVE))
                .forEach(each -> assertThatThrownBy(each::run).isInstanceOf(Refusal.NotFound.class));
        for (var scope : new String[] {null, "mine", "assigned", "organization", "place"}) {
            assertThat(listed(caller, scope)).doesNotContain(ticket);
            assertThat(TicketWorld.await(world.database.read(
                                    client -> world.tickets.lists().count(client, caller, scope)))
                            .open())
                    .isEqualTo(listed(caller, scope).size());
        }
    }

    private static List<UUID> listed(Caller caller, @Nullable String scope) {
        var filter = new TicketLists.Filter(null, scope, null, null, TicketLists.Order.DUE, null, 100);
        return world.query(client -> world.tickets.lists().list(client, caller, filter)).items().stream()
                .map(TicketView::id)
                .toList();
    }

    private static UUID assigned(Caller hand) {
        var ticket = world.bring(world.report(), Status.ACCEPTED);
        world.act(world.dispatcher, ticket, Action.ASSIGN, ActionInput.none().with("assigneeId", hand.personId()));
        return ticket;
    }

    private static Caller hired(UUID scopeId, Role role) {
        var place = Stream.of(Role.DISPATCHER, Role.WORKER).noneMatch(role::equals);
        return world.staff("新人", role, place ? Grant.Scope.PLACE : Grant.Scope.ORGANIZATION, scopeId);
    }

    private static Caller now(Caller caller) {
        return caller.with(world.query(client -> client.preparedQuery(
                        "SELECT g.role, g.scope_kind, g.scope_id FROM role_grant g JOIN staff s ON s.id = g.staff_id"
                                + " WHERE g.staff_id = $1 AND NOT s.suspended")
                .execute(Tuple.of(caller.personId()))
                .map(Rows.list(row -> new Grant(
                        Role.of(row.getString("role")),
                        Grant.Scope.valueOf(row.getString("scope_kind").toUpperCase(Locale.ROOT)),
                        row.getUUID("scope_id"))))));
    }

    private static List<String> told(Caller caller) {
        return world.query(client -> client.preparedQuery(
                        "SELECT payload ->> 'kind' AS kind FROM job WHERE payload ->> 'recipientId' = $1")
                .execute(Tuple.of(caller.personId().toString()))
                .map(Rows.list(row -> row.getString("kind"))));
    }
}
