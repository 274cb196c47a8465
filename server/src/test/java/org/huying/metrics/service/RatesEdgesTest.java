package org.huying.metrics.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.metrics.MetricsQuery;
import org.huying.testing.TestDay;
import org.huying.ticket.Action;
import org.huying.ticket.ActionInput;
import org.huying.ticket.Submission;
import org.huying.ticket.TicketWorld;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each rate on both sides of its edge, and the same as the events say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RatesEdgesTest {
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration RESPONSE = Duration.ofHours(4);
    private static final Duration RESOLUTION = Duration.ofDays(2);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final List<String> MEASURES = List.of(
            "excluded",
            "counted",
            "response_in_time",
            "response_late",
            "resolution_in_time",
            "resolution_late",
            "rated",
            "satisfied",
            "not_satisfied",
            "transferred",
            "not_transferred",
            "escalated",
            "not_escalated",
            "suspended",
            "not_suspended",
            "window_over",
            "re_reported",
            "not_re_reported",
            "backlog",
            "reopened");

    private final TicketWorld world = new TicketWorld();
    private int households;

    private record Case(Caller resident, UUID household, UUID ticket) {}

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void aResponseAtItsDueTimeIsInTime() {
        for (var late : List.of(false, true)) {
            var at = report();
            world.clock.advance(late ? RESPONSE.plus(MILLI) : RESPONSE);
            world.act(world.dispatcher, at.ticket(), Action.ACCEPT);
            world.act(world.dispatcher, at.ticket(), Action.RESOLVE);
            assertThat(measures(at)).contains(late ? "response_late" : "response_in_time");
        }
    }

    @Test
    void whoHandsOnAnswersToo() {
        for (var late : List.of(false, true)) {
            var at = report();
            world.clock.advance(late ? RESPONSE.plus(MILLI) : RESPONSE);
            world.act(world.dispatcher, at.ticket(), Action.TRANSFER);
            world.clock.advance(RESPONSE);
            world.act(world.otherDispatcher, at.ticket(), Action.ACCEPT);
            world.act(world.otherDispatcher, at.ticket(), Action.RESOLVE);
            assertThat(measures(at)).contains(late ? "response_late" : "response_in_time", "transferred");
        }
    }

    @Test
    void whoTakesItOverHasAClockOfTheirOwn() {
        var at = report();
        world.act(world.dispatcher, at.ticket(), Action.TRANSFER);
        world.clock.advance(RESPONSE.plus(MILLI));
        world.act(world.otherDispatcher, at.ticket(), Action.ACCEPT);
        world.act(world.otherDispatcher, at.ticket(), Action.RESOLVE);
        assertThat(measures(at)).contains("response_late");
    }

    @Test
    void aResolveAtTheDueTimeIsInTime() {
        for (var late : List.of(false, true)) {
            var at = report();
            world.act(world.dispatcher, at.ticket(), Action.ACCEPT);
            world.clock.advance(late ? RESOLUTION.plus(MILLI) : RESOLUTION);
            world.act(world.dispatcher, at.ticket(), Action.RESOLVE);
            assertThat(measures(at)).contains(late ? "resolution_late" : "resolution_in_time");
        }
    }

    @Test
    void aClockThatStoodStillRunsOnFromThere() {
        for (var late : List.of(false, true)) {
            var at = report();
            world.act(world.dispatcher, at.ticket(), Action.ACCEPT);
            world.clock.advance(Duration.ofDays(1));
            world.act(world.dispatcher, at.ticket(), Action.REQUEST_INFO);
            world.clock.advance(Duration.ofDays(5));
            world.act(at.resident(), at.ticket(), Action.PROVIDE_INFO);
            world.act(world.dispatcher, at.ticket(), Action.SUSPEND);
            world.clock.advance(Duration.ofDays(3));
            world.act(world.dispatcher, at.ticket(), Action.RESUME);
            world.clock.advance(Duration.ofDays(1).plus(late ? MILLI : Duration.ZERO));
            world.act(world.dispatcher, at.ticket(), Action.RESOLVE);
            assertThat(measures(at)).contains(late ? "resolution_late" : "resolution_in_time", "suspended");
        }
    }

    @Test
    void whatComesAfterTheFirstResolveCountsForNothingOnTheWayToIt() {
        var at = resolved();
        world.act(at.resident(), at.ticket(), Action.REOPEN);
        world.act(world.dispatcher, at.ticket(), Action.SUSPEND);
        world.act(world.dispatcher, at.ticket(), Action.RESUME);
        world.act(world.dispatcher, at.ticket(), Action.TRANSFER);
        world.clock.advance(RESOLUTION.plus(RESOLUTION));
        world.act(world.otherDispatcher, at.ticket(), Action.ESCALATE);
        assertThat(measures(at))
                .contains(
                        "response_in_time",
                        "resolution_in_time",
                        "not_transferred",
                        "not_escalated",
                        "not_suspended",
                        "reopened");
    }

    @Test
    void theRatingThatStandsCounts() {
        var at = resolved();
        world.act(at.resident(), at.ticket(), Action.RATE, ActionInput.none().with("rating", 4));
        var first = world.clock.instant();
        world.clock.advance(Duration.ofDays(1));
        world.act(at.resident(), at.ticket(), Action.RATE, ActionInput.none().with("rating", 3));
        var second = world.clock.instant();

        assertThat(measures(at, first.minus(MILLI))).doesNotContain("rated");
        assertThat(measures(at, first)).contains("rated", "satisfied");
        assertThat(measures(at, second.minus(MILLI))).contains("satisfied").doesNotContain("not_satisfied");
        assertThat(measures(at, second)).contains("rated", "not_satisfied").doesNotContain("satisfied");
    }

    @Test
    void anExclusionHoldsUntilItIsRevoked() {
        var at = resolved();
        world.act(at.resident(), at.ticket(), Action.RATE);
        world.act(world.districtSupervisor, at.ticket(), Action.EXCLUDE);
        var from = world.clock.instant();
        world.clock.advance(Duration.ofHours(1));
        world.act(world.districtSupervisor, at.ticket(), Action.INCLUDE);
        var until = world.clock.instant();

        assertThat(measures(at, from.minus(MILLI))).contains("counted").doesNotContain("excluded");
        assertThat(measures(at, from)).containsExactly("excluded");
        assertThat(measures(at, until.minus(MILLI))).containsExactly("excluded");
        assertThat(measures(at, until)).contains("counted", "satisfied").doesNotContain("excluded");
    }

    @Test
    void anExclusionReachesBackIntoTheBacklog() {
        var at = report();
        world.act(world.dispatcher, at.ticket(), Action.ACCEPT);
        var day = LocalDate.ofInstant(world.clock.instant(), SlowService.ZONE);
        world.clock.advance(Duration.ofDays(3));
        world.act(world.dispatcher, at.ticket(), Action.RESOLVE);
        var resolvedAt = world.clock.instant();
        world.clock.advance(MILLI);
        world.act(world.districtSupervisor, at.ticket(), Action.EXCLUDE);

        assertThat(measures(at, day, day, resolvedAt)).containsExactly("backlog");
        assertThat(measures(at, day, day, world.clock.instant())).isEmpty();
    }

    @Test
    void aSecondReportCountsOnceTheWindowIsOver() {
        for (var inside : List.of(true, false)) {
            var at = resolved();
            var resolvedAt = world.clock.instant().minus(Duration.ofHours(1));
            world.clock.set(resolvedAt.plus(inside ? WEEK : WEEK.plus(MILLI)));
            world.report(at.resident(), Submission.ofHousehold("pipe-leak", at.household(), "又漏了"));
            world.clock.advance(MILLI);

            assertThat(measures(at, resolvedAt.plus(WEEK))).doesNotContain("window_over", "re_reported");
            assertThat(measures(at, resolvedAt.plus(WEEK).plus(MILLI)))
                    .contains("window_over", inside ? "re_reported" : "not_re_reported");
        }
    }

    @Test
    void aTicketIsOpenAgainBetweenAReopeningAndTheNextResolve() {
        var at = report();
        var submittedAt = world.clock.instant();
        world.act(world.dispatcher, at.ticket(), Action.ACCEPT);
        world.clock.advance(Duration.ofHours(1));
        world.act(world.dispatcher, at.ticket(), Action.RESOLVE);
        var resolvedAt = world.clock.instant();
        world.clock.advance(Duration.ofHours(1));
        world.act(at.resident(), at.ticket(), Action.REOPEN);
        var reopenedAt = world.clock.instant();
        world.clock.advance(Duration.ofHours(1));
        world.act(world.dispatcher, at.ticket(), Action.RESOLVE);
        var resolvedAgainAt = world.clock.instant();
        world.clock.advance(Duration.ofHours(1));
        world.act(at.resident(), at.ticket(), Action.REOPEN);
        world.act(at.resident(), at.ticket(), Action.CANCEL);

        assertThat(measures(at, submittedAt.minus(MILLI))).isEmpty();
        assertThat(measures(at, submittedAt)).containsExactly("backlog");
        assertThat(measures(at, resolvedAt.minus(MILLI))).containsExactly("backlog");
        assertThat(measures(at, resolvedAt)).doesNotContain("backlog");
        assertThat(measures(at, reopenedAt.minus(MILLI))).doesNotContain("backlog");
        assertThat(measures(at, reopenedAt)).contains("backlog", "reopened");
        assertThat(measures(at, resolvedAgainAt.minus(MILLI))).contains("backlog", "reopened");
        assertThat(measures(at, resolvedAgainAt)).doesNotContain("backlog");
        assertThat(measures(at)).doesNotContain("backlog");
    }

    @Test
    void whatIsTakenBackOrMergedIsOpenNoMore() {
        for (var merged : List.of(true, false)) {
            var at = report();
            if (merged) {
                var into = world.report(at.resident(), Submission.ofHousehold("pipe-leak", at.household(), "漏水"));
                world.clock.advance(Duration.ofHours(1));
                world.act(
                        world.dispatcher,
                        at.ticket(),
                        Action.MERGE,
                        ActionInput.none().with("intoTicketId", into.id()));
            } else {
                world.clock.advance(Duration.ofHours(1));
                world.act(at.resident(), at.ticket(), Action.CANCEL);
            }
            assertThat(measures(at, world.clock.instant().minus(MILLI))).containsExactly("backlog");
            assertThat(measures(at)).isEmpty();
        }
    }

    @Test
    void anAgeBeginsWithItsLowerEdge() {
        var at = report();
        var submittedAt = world.clock.instant();
        world.clock.advance(Duration.ofDays(31));
        var edges = List.of(1, 3, 7, 15, 30);

        assertThat(age(at, submittedAt)).isEqualTo(ServiceFigure.AGES.get(0));
        for (var i = 0; i < edges.size(); i++) {
            var edge = submittedAt.plus(Duration.ofDays(edges.get(i)));
            assertThat(age(at, edge.minus(MILLI))).isEqualTo(ServiceFigure.AGES.get(i));
            assertThat(age(at, edge)).isEqualTo(ServiceFigure.AGES.get(i + 1));
        }
    }

    @Test
    void theBacklogIsThatOfTheEndOfThePeriod() {
        // given
        var at = report();
        world.act(world.dispatcher, at.ticket(), Action.ACCEPT);
        var day = LocalDate.ofInstant(world.clock.instant(), SlowService.ZONE);
        var end = day.plusDays(1).atStartOfDay(SlowService.ZONE).toInstant();
        world.clock.set(end.plus(MILLI));
        world.act(world.dispatcher, at.ticket(), Action.RESOLVE);
        var atTheEnd = resolvedAt(end.plus(Duration.ofDays(1)));
        world.clock.advance(Duration.ofDays(3));

        // then
        assertThat(measures(at, day, day, world.clock.instant())).containsExactly("backlog");
        assertThat(measures(at, day.plusDays(1), day.plusDays(1), world.clock.instant()))
                .contains("counted")
                .doesNotContain("backlog");
        // its resolve is the first instant after the period: it is not in the cohort, and open no more
        assertThat(measures(atTheEnd, day, day.plusDays(1), world.clock.instant()))
                .isEmpty();
        // an earlier instant is looked at as it was, even one from before the period
        assertThat(measures(at, day.plusDays(1), day.plusDays(1), end.minus(MILLI)))
                .containsExactly("backlog");
    }

    private Case report() {
        world.clock.advance(Duration.ofDays(1));
        var household = world.household(world.compound, "8-8-" + households++);
        var resident = world.resident("住户", null, household);
        return new Case(
                resident,
                household,
                world.report(resident, Submission.ofHousehold("pipe-leak", household, "漏水"))
                        .id());
    }

    private Case resolved() {
        var at = report();
        world.act(world.dispatcher, at.ticket(), Action.ACCEPT);
        world.clock.advance(Duration.ofHours(1));
        world.act(world.dispatcher, at.ticket(), Action.RESOLVE);
        world.clock.advance(Duration.ofHours(1));
        return at;
    }

    private Case resolvedAt(Instant instant) {
        world.clock.set(instant.minus(Duration.ofDays(2)));
        var at = report();
        world.act(world.dispatcher, at.ticket(), Action.ACCEPT);
        world.clock.set(instant);
        world.act(world.dispatcher, at.ticket(), Action.RESOLVE);
        return at;
    }

    private Set<String> measures(Case at) {
        return measures(at, world.clock.instant());
    }

    /** In a period that has room for all of it. */
    private Set<String> measures(Case at, Instant asOf) {
        return measures(at, TestDay.date().minusYears(1), TestDay.date().plusYears(1), asOf);
    }

    /** What the ticket is counted as; the cohort itself goes without saying. */
    private Set<String> measures(Case at, LocalDate from, LocalDate to, Instant asOf) {
        var query = MetricsQuery.of(from, to, asOf);
        var found = new TreeSet<String>();
        for (var measure : MEASURES) {
            if (tickets(query, new Drill(measure, "main", null)).stream()
                    .anyMatch(ticket -> ticket.ticketId().equals(at.ticket()))) {
                found.add(measure);
            }
        }
        verify(query, asOf);
        return found;
    }

    private String age(Case at, Instant asOf) {
        var query = MetricsQuery.of(TestDay.date().minusYears(1), TestDay.date().plusYears(1), asOf);
        var found = new ArrayList<String>();
        for (var age : ServiceFigure.AGES) {
            tickets(query, new Drill("backlog", "main", age)).stream()
                    .filter(ticket -> ticket.ticketId().equals(at.ticket()))
                    .forEach(ticket -> found.add(age));
        }
        verify(query, asOf);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<ServiceTicket> tickets(MetricsQuery query, Drill drill) {
        return world.query(client -> RatesAgainstEventsTest.service(world)
                .tickets(client, world.districtSupervisor, query, drill, null, 1000));
    }

    private void verify(MetricsQuery query, Instant asOf) {
        var rates = world.query(client ->
                RatesAgainstEventsTest.service(world).figures(client, world.districtSupervisor, query, "organization"));
        var expected = new SlowService(world)
                .tickets(new SlowService.Question(
                        query.from().atStartOfDay(SlowService.ZONE).toInstant(),
                        query.to().plusDays(1).atStartOfDay(SlowService.ZONE).toInstant(),
                        asOf,
                        "organization",
                        events -> true));
        var counted = SlowService.counted(rates);
        assertThat(counted.keySet()).isEqualTo(expected.keySet());
        expected.forEach((number, tickets) -> assertThat(counted.get(number)).isEqualTo(tickets.size()));
    }
}
