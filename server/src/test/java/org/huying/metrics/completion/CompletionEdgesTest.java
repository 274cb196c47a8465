package org.huying.metrics.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.metrics.Frames;
import org.huying.metrics.GroupNames;
import org.huying.metrics.MetricsQuery;
import org.huying.testing.TestDay;
import org.huying.ticket.Action;
import org.huying.ticket.ActionInput;
import org.huying.ticket.Status;
import org.huying.ticket.Submission;
import org.huying.ticket.TicketWorld;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each cause at each edge of the window, asked for at each edge of time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompletionEdgesTest {
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final List<Duration> OFFSETS = List.of(Duration.ZERO, MILLI, WEEK, WEEK.plus(MILLI));

    private final TicketWorld world = new TicketWorld();
    private int households;

    @AfterAll
    void close() {
        world.close();
    }

    private record Case(Caller resident, UUID household, UUID ticket, Instant resolvedAt) {}

    @Test
    void aReopeningBreaksInTheWindow() {
        for (var offset : OFFSETS.subList(0, 3)) {
            var at = resolvedThen(offset);
            world.act(at.resident(), at.ticket(), Action.REOPEN);
            verify(at, offset.isZero() ? "one_time/" : "broken/reopened");
        }
    }

    @Test
    void aVisitThatFindsItUnsolvedReopens() {
        for (var offset : OFFSETS) {
            var at = resolvedThen(offset);
            world.act(
                    world.grid,
                    at.ticket(),
                    Action.FOLLOW_UP,
                    world.inputFor(Action.FOLLOW_UP).with("solved", false));
            verify(at, isInside(offset) ? "broken/reopened" : "one_time/");
        }
    }

    @Test
    void aSecondReportBreaksInTheWindow() {
        for (var offset : OFFSETS) {
            var at = resolvedThen(offset);
            world.report(at.resident(), Submission.ofHousehold("pipe-leak", at.household(), "又漏了"));
            verify(at, isInside(offset) ? "broken/re_reported" : "one_time/");
        }
    }

    @Test
    void aLinkBreaksInTheWindow() {
        for (var offset : OFFSETS.subList(1, 4)) {
            var at = resolvedThen(offset);
            var other = world.report(world.stranger, Submission.ofSpot("street-light", world.compound, "门口", "灯坏"));
            world.act(
                    world.townSupervisor,
                    at.ticket(),
                    Action.LINK,
                    ActionInput.none().with("ticketId", other.id()));
            verify(at, isInside(offset) ? "broken/re_reported" : "one_time/");
        }
    }

    @Test
    void ratingOneOrTwoBreaksInTheWindowEvenIfRaisedLater() {
        for (var offset : OFFSETS) {
            var at = resolvedThen(offset);
            world.act(
                    at.resident(), at.ticket(), Action.RATE, ActionInput.none().with("rating", 2));
            world.clock.advance(MILLI);
            world.act(
                    at.resident(), at.ticket(), Action.RATE, ActionInput.none().with("rating", 5));
            verify(at, isInside(offset) ? "broken/dissatisfied" : "one_time/");
        }
    }

    @Test
    void askingTwiceBeforeTheResolveBreaksAndAfterItDoesNot() {
        var twice = report();
        world.bring(
                new org.huying.ticket.Tickets.Summary(twice.ticket(), "", Status.SUBMITTED, world.firm, null),
                Status.IN_PROGRESS);
        for (var i = 0; i < 2; i++) {
            world.act(world.worker, twice.ticket(), Action.REQUEST_INFO);
            world.clock.advance(MILLI);
            world.act(twice.resident(), twice.ticket(), Action.PROVIDE_INFO);
        }
        world.act(world.worker, twice.ticket(), Action.RESOLVE);
        verify(resolved(twice), "broken/info_twice");

        var after = resolvedThen(WEEK);
        world.act(after.resident(), after.ticket(), Action.REOPEN);
        for (var i = 0; i < 2; i++) {
            world.act(world.worker, after.ticket(), Action.REQUEST_INFO);
            world.act(after.resident(), after.ticket(), Action.PROVIDE_INFO);
        }
        verify(after, "broken/reopened");
    }

    @Test
    void anExclusionHoldsUntilItIsRevoked() {
        var at = resolvedThen(WEEK.plusDays(1));
        world.act(world.districtSupervisor, at.ticket(), Action.EXCLUDE);
        var from = world.clock.instant();
        world.clock.advance(Duration.ofDays(3));
        world.act(world.districtSupervisor, at.ticket(), Action.INCLUDE);
        var until = world.clock.instant();

        assertThat(verdict(at, from.minus(MILLI))).isEqualTo("one_time/");
        assertThat(verdict(at, from)).isEqualTo("excluded/test");
        assertThat(verdict(at, until.minus(MILLI))).isEqualTo("excluded/test");
        assertThat(verdict(at, until)).isEqualTo("one_time/");
        verify(at, "one_time/");
    }

    @Test
    void aPeriodEndsAtMidnightOfTheDistrict() {
        var last = TestDay.date();
        var midnight = TestDay.at(1, "00:00");
        for (var at : List.of(midnight.minus(MILLI), midnight)) {
            var reported = report();
            world.act(world.dispatcher, reported.ticket(), Action.ACCEPT);
            world.clock.set(at);
            world.act(world.dispatcher, reported.ticket(), Action.RESOLVE);
        }
        var asOf = midnight.plus(WEEK).plus(MILLI);
        world.clock.set(asOf);

        assertThat(figures(last, last, asOf).total().cohort()).isEqualTo(1);
        assertThat(figures(last.plusDays(1), last.plusDays(1), asOf).total().cohort())
                .isEqualTo(1);
    }

    private static boolean isInside(Duration offset) {
        return offset.compareTo(Duration.ZERO) > 0 && offset.compareTo(WEEK) <= 0;
    }

    private Case report() {
        var household = world.household(world.compound, "9-9-" + households++);
        var resident = world.resident("住户", null, household);
        var ticket = world.report(resident, Submission.ofHousehold("pipe-leak", household, "漏水"));
        return new Case(resident, household, ticket.id(), world.clock.instant());
    }

    private Case resolved(Case reported) {
        return new Case(reported.resident(), reported.household(), reported.ticket(), world.clock.instant());
    }

    private Case resolvedThen(Duration offset) {
        world.clock.advance(Duration.ofDays(30));
        var reported = report();
        world.act(world.dispatcher, reported.ticket(), Action.ACCEPT);
        world.act(
                world.dispatcher,
                reported.ticket(),
                Action.ASSIGN,
                ActionInput.none().with("assigneeId", world.worker.personId()));
        world.clock.advance(Duration.ofHours(1));
        world.act(world.dispatcher, reported.ticket(), Action.RESOLVE);
        var at = resolved(reported);
        world.clock.advance(offset);
        return at;
    }

    /** The verdict at the end of the window and long after it; and at every edge the same as the events say. */
    private void verify(Case at, String expected) {
        world.clock.advance(Duration.ofDays(20));
        assertThat(verdict(at, at.resolvedAt().plus(WEEK))).isEqualTo("provisional/");
        assertThat(verdict(at, world.clock.instant())).isEqualTo(expected);
        var slow = new SlowCompletion(world);
        var edges = new TreeSet<Instant>();
        for (var event : slow.of(at.ticket())) {
            for (var edge : List.of(event.at(), event.at().plus(WEEK))) {
                edges.addAll(List.of(edge.minus(MILLI), edge, edge.plus(MILLI)));
            }
        }
        var start = at.resolvedAt().atZone(SlowCompletion.ZONE).toLocalDate().minusDays(40);
        for (var asOf : edges.headSet(world.clock.instant())) {
            assertThat(SlowCompletion.counted(figures(start, start.plusDays(90), asOf)))
                    .as("as of %s", asOf)
                    .isEqualTo(slow.counts(
                            start.atStartOfDay(SlowCompletion.ZONE).toInstant(),
                            start.plusDays(91).atStartOfDay(SlowCompletion.ZONE).toInstant(),
                            asOf,
                            "organization"));
        }
    }

    private String verdict(Case at, Instant asOf) {
        var day = at.resolvedAt().atZone(SlowCompletion.ZONE).toLocalDate();
        var found = new ArrayList<String>();
        for (var verdict : List.of("one_time", "broken", "provisional", "excluded")) {
            world
                    .query(client -> service()
                            .tickets(
                                    client,
                                    world.districtSupervisor,
                                    query(day, day, asOf),
                                    new CompletionStore.Which("main", verdict, null, null),
                                    null,
                                    100))
                    .stream()
                    .filter(ticket -> ticket.ticketId().equals(at.ticket()))
                    .forEach(ticket -> found.add(verdict + "/" + (ticket.cause() == null ? "" : ticket.cause())));
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private OneTimeCompletion figures(LocalDate from, LocalDate to, Instant asOf) {
        return world.query(
                client -> service().figures(client, world.districtSupervisor, query(from, to, asOf), "organization"));
    }

    private CompletionService service() {
        return new CompletionService(
                new Frames(world.clock, world.places), new CompletionStore(), new GroupNames(world.places));
    }

    private static MetricsQuery query(LocalDate from, LocalDate to, Instant asOf) {
        return MetricsQuery.of(from, to, asOf);
    }
}
