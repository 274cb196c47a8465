package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.http.JsonText;
import org.huying.kernel.ActFor;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reported anonymously is told by nothing that anybody else reads. */
class AnonymityTest {
    private static final Submission.Location SPOT = new Submission.Location(31.2345678, 121.4567891);
    private static final String EXACT = "31.2345678";

    @AutoClose
    private static final TicketWorld world = new TicketWorld();

    @Test
    void the_location_is_rounded_for_everybody_but_the_reporter() {
        // given
        var ticket = world.report(world.owner, anonymous(null)).id();

        // then
        for (var caller : everybodyElse()) {
            assertThat(shownTo(caller, ticket)).as(caller.roles().toString()).doesNotContain(EXACT);
            assertThat(world.view(caller, ticket).location()).isEqualTo(new Submission.Location(31.235, 121.457));
        }
        assertThat(world.view(world.owner, ticket).location()).isEqualTo(SPOT);
        assertThat(shownTo(world.owner, ticket)).contains(EXACT);
        assertThat(similar(world.grid)).doesNotContain(EXACT).contains("31.235");
        assertThat(similar(world.neighbour)).doesNotContain(EXACT);
    }

    @Test
    void neighbours_read_where_somebody_stood_only_rounded_also_under_their_name() {
        var ticket = world.report(world.owner, spot(false, null, SPOT)).id();
        assertThat(shownTo(world.neighbour, ticket)).doesNotContain(EXACT);
        assertThat(shownTo(world.dispatcher, ticket)).contains(EXACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GRID_MEMBER", "HOTLINE_AGENT"})
    void staff_who_report_anonymously_for_themselves_stand_in_it_as_anybody(String role) {
        // given
        var reporter = world.staff("欧阳举报", Role.valueOf(role), Grant.Scope.PLACE, world.community);
        var ticket = world.report(reporter, anonymous("hotline")).id();
        world.act(reporter, ticket, Action.URGE);
        world.act(reporter, ticket, Action.COMMENT);

        // then
        for (var caller : everybodyElse()) {
            assertThat(shownTo(caller, ticket))
                    .doesNotContain("欧阳", reporter.personId().toString(), "hotline", role.toLowerCase(Locale.ROOT));
        }
        assertThat(Objects.requireNonNull(world.view(reporter, ticket).reporter())
                        .name())
                .startsWith("欧");
        assertThat(world.view(reporter, ticket).allowedActions()).contains("cancel");
        assertThatThrownBy(() -> world.act(
                        reporter,
                        ticket,
                        Action.COMMENT,
                        world.inputFor(Action.COMMENT).with("internal", true)))
                .isInstanceOf(Refusal.Forbidden.class);
    }

    @Test
    void who_reported_as_a_resident_and_works_on_it_as_staff_has_two_pseudonyms() {
        // given: one person with both logins
        var resident = world.resident("司马师傅", "13900001111", world.otherHousehold);
        world.sql(
                "INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)",
                world.district,
                resident.personId(),
                world.cipher.seal("司马师傅"));
        world.sql(
                "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id)"
                        + " VALUES ($1, $2, 'worker', 'organization', $3)",
                world.district,
                resident.personId(),
                world.firm);
        var worker = new Caller(
                resident.personId(),
                world.district,
                resident.sessionId(),
                Caller.Kind.STAFF,
                List.of(new Grant(Role.WORKER, Grant.Scope.ORGANIZATION, world.firm)));
        var ticket = world.bring(world.report(resident, anonymous(null)), Status.ACCEPTED);

        // when
        world.act(world.dispatcher, ticket, Action.ASSIGN, ActionInput.none().with("assigneeId", worker.personId()));
        world.act(worker, ticket, Action.START);

        // then
        var events = world.eventViews(world.dispatcher, ticket);
        var reporter = events.get(0).actor().ref();
        assertThat(events.stream().skip(1).map(each -> JsonText.write(each).toString()))
                .noneMatch(text -> text.contains(reporter));
        assertThat(Objects.requireNonNull(events.get(0).shown()).names()).isEmpty();
        assertThat(Objects.requireNonNull(events.get(3).shown()).names().values())
                .containsExactly("司马师傅");
        assertThat(world.state(ticket)).isEqualTo(TicketState.rebuild(world.events(ticket)));
    }

    @Test
    void who_is_anonymous_stays_so_in_a_named_ticket_that_theirs_was_merged_into() {
        // given: twice over, and a mandate holder who speaks for them
        var hidden = world.resident("诸葛匿名", "13900002222", world.otherHousehold);
        var named = world.report(world.owner, spot(false, null, null)).id();
        var between = world.report(world.family, spot(false, null, null)).id();
        var theirs = world.report(hidden, anonymous(null)).id();
        merge(theirs, between);
        merge(between, named);

        // when
        world.act(hidden, named, Action.COMMENT);
        world.act(world.family, named, Action.COMMENT);

        // then
        for (var caller : List.of(
                world.dispatcher, world.grid, world.communitySupervisor, world.admin, world.owner, world.neighbour)) {
            assertThat(shownTo(caller, named)).doesNotContain("诸葛", "诸*");
        }
        assertThat(names(world.dispatcher, named)).contains("王**");
        assertThat(names(hidden, named)).contains("诸葛匿名");
    }

    @Test
    void what_was_done_in_the_name_of_somebody_anonymous_is_told_to_them_and_not_to_their_grid_member() {
        // given
        var ticket = world.report(world.proxy, anonymous(null).inNameOf(world.owner.personId()))
                .id();

        // then
        assertThat(acts(true)).contains(ticket);
        assertThat(acts(false)).doesNotContain(ticket);
    }

    private static List<Caller> everybodyElse() {
        return List.of(
                world.dispatcher,
                world.grid,
                world.hotline,
                world.communitySupervisor,
                world.districtSupervisor,
                world.admin,
                world.neighbour);
    }

    /** All that the caller reads of it: by itself, in lists, its log. */
    private static String shownTo(Caller caller, UUID ticket) {
        var shown = new ArrayList<Object>();
        shown.add(world.view(caller, ticket));
        shown.addAll(world.eventViews(caller, ticket));
        var filter = new TicketLists.Filter(null, null, null, null, TicketLists.Order.NEWEST, null, 100);
        world.query(client -> world.tickets.lists().list(client, caller, filter)).items().stream()
                .filter(each -> each.id().equals(ticket))
                .forEach(shown::add);
        return shown.stream().map(each -> JsonText.write(each).toString()).collect(Collectors.joining("\n"));
    }

    private static String similar(Caller caller) {
        var query = new Similar.Query("street-light", null, world.compound, "路灯不亮");
        return world.query(client -> world.tickets.similar().find(client, caller, query)).stream()
                .map(each -> JsonText.write(each).toString())
                .collect(Collectors.joining());
    }

    private static Set<String> names(Caller caller, UUID ticket) {
        var names = new HashSet<String>();
        world.eventViews(caller, ticket).stream()
                .map(EventView::shown)
                .flatMap(shown -> shown == null ? Stream.of() : Stream.of(shown))
                .forEach(shown -> names.addAll(shown.names().values()));
        return names;
    }

    private static List<UUID> acts(boolean anonymousToo) {
        var query = new ActFor.Query(world.district, world.owner.personId(), null, null, 100);
        return world.query(client -> world.tickets.actsFor(client, query, anonymousToo)).stream()
                .map(ActFor::subjectId)
                .toList();
    }

    private static void merge(UUID ticket, UUID into) {
        world.act(world.dispatcher, ticket, Action.MERGE, ActionInput.none().with("intoTicketId", into));
    }

    private static Submission anonymous(@Nullable String channel) {
        return spot(true, channel, SPOT);
    }

    private static Submission spot(
            boolean anonymous, @Nullable String channel, Submission.@Nullable Location location) {
        return new Submission(
                "street-light",
                null,
                world.compound,
                "南门",
                "路灯不亮",
                List.of(),
                Map.of(),
                location,
                anonymous,
                null,
                channel);
    }
}
