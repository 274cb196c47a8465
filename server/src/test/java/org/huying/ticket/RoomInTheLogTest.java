package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much one person writes to one ticket, until when, and that it keeps nobody's words from going. */
class RoomInTheLogTest {
    @AutoClose
    private static final TicketWorld world = new TicketWorld();

    @BeforeEach
    void start() {
        world.clock.set(world.start);
    }

    @Test
    void one_person_comments_twenty_times_a_day_on_a_ticket_and_nobody_else_is_kept_out() {
        // given
        var ticket = world.report().id();
        for (var i = 0; i < Written.COMMENTS_A_DAY; i++) {
            world.act(world.owner, ticket, Action.COMMENT);
        }

        // then
        assertTooMany(world.owner, ticket, Action.COMMENT);
        world.act(world.owner, ticket, Action.URGE);
        world.act(world.family, ticket, Action.COMMENT);
        world.act(world.dispatcher, ticket, Action.COMMENT);
        world.act(world.owner, world.report().id(), Action.COMMENT);
        world.clock.advance(Written.DAY);
        world.act(world.owner, ticket, Action.COMMENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"RATE", "FOLLOW_UP"})
    void nobody_repeats_anything_without_end(Action action) {
        // given
        var ticket = world.bring(world.report(), Status.RESOLVED);
        var who = action == Action.RATE ? world.owner : world.hotline;
        var reported = action == Action.RATE ? 1 : 0;
        for (var i = reported; i < Written.EVENTS_A_DAY; i++) {
            world.act(who, ticket, action);
        }

        // then
        assertTooMany(who, ticket, action);
        world.clock.advance(Written.DAY);
        world.act(who, ticket, action);
    }

    @Test
    void asking_and_taking_back_ends_too() {
        var ticket = world.bring(world.report(), Status.ACCEPTED);
        var before = world.events(ticket).size() - 1;
        for (var i = before; i < Written.EVENTS_A_DAY; i++) {
            world.act(world.dispatcher, ticket, (i - before) % 2 == 0 ? Action.REQUEST_INFO : Action.WITHDRAW_REQUEST);
        }
        assertTooMany(world.dispatcher, ticket, Action.ESCALATE);
    }

    @Test
    void in_all_one_person_writes_so_much_to_a_ticket() {
        var now = world.start;
        assertThatThrownBy(() -> new Written(Written.EVENTS_EVER, 0, null, 0, null).requireRoom(Action.COMMENT, now))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessage("ticket_log_full");
        assertThatCode(() -> new Written(Written.EVENTS_EVER - 1, 0, null, 0, null).requireRoom(Action.COMMENT, now))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"RESOLVED", "CLOSED", "CANCELLED"})
    void comments_end_thirty_days_after_the_end(Status end) {
        // given
        var ticket = world.bring(world.report(), end);
        var ended = world.clock.instant();

        // then
        for (var caller : List.of(world.owner, world.dispatcher, world.grid, world.communitySupervisor)) {
            world.clock.set(ended.plus(Duration.ofDays(30)));
            world.act(caller, ticket, Action.COMMENT);
            world.clock.set(ended.plus(Duration.ofDays(30)).plusMillis(1));
            assertThatThrownBy(() -> world.act(caller, ticket, Action.COMMENT))
                    .isInstanceOf(Refusal.Conflict.class)
                    .hasMessage("action_not_allowed");
            assertThat(world.view(caller, ticket).allowedActions()).doesNotContain("comment");
        }
    }

    @Test
    void what_is_written_afterwards_holds_no_words_back() {
        // given: closed, and spoken of ever since
        var ticket = world.bring(world.report(), Status.CLOSED);
        var closed = world.clock.instant();
        world.clock.advance(Duration.ofDays(20));
        world.act(world.owner, ticket, Action.COMMENT);
        world.clock.advance(Duration.ofDays(200));
        world.act(world.townSupervisor, ticket, Action.EXCLUDE);
        var excluded = world.clock.instant();

        // then
        assertThat(over(Tickets.Since.OVER, closed)).doesNotContain(ticket);
        assertThat(over(Tickets.Since.OVER, closed.plusMillis(1))).contains(ticket);
        assertThat(over(Tickets.Since.QUIET, excluded)).doesNotContain(ticket);
        assertThat(over(Tickets.Since.QUIET, excluded.plusMillis(1))).contains(ticket);
    }

    private static List<UUID> over(Tickets.Since since, Instant before) {
        return world
                .query(client -> world.tickets.over(client, world.district, since, Tickets.Over.NONE, before, 100))
                .stream()
                .map(Tickets.Over::id)
                .toList();
    }

    private static void assertTooMany(Caller caller, UUID ticket, Action action) {
        assertThatThrownBy(() -> world.act(caller, ticket, action))
                .isInstanceOfSatisfying(
                        Refusal.TooMany.class,
                        refused -> assertThat(refused.retryAfter()).isPositive().isLessThanOrEqualTo(Written.DAY));
    }
}
