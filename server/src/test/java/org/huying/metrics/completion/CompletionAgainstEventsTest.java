package org.huying.metrics.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.huying.http.Contract;
import org.huying.http.JsonText;
import org.huying.http.SchemaCheck;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.metrics.Frames;
import org.huying.metrics.GroupNames;
import org.huying.metrics.MetricsQuery;
import org.huying.testing.TestDay;
import org.huying.ticket.RandomHistory;
import org.huying.ticket.TicketWorld;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class CompletionAgainstEventsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int HISTORIES = 2;
    private static final int STEPS = 250;
    private static final int PARTS = 5;
    private static final int QUESTIONS = 40;

    @Test
    void everyCountIsWhatTheEventsSay() {
        for (var i = 0; i < HISTORIES; i++) {
            // given
            var seed = new Random().nextLong();
            try (var world = new TicketWorld()) {
                var history = new RandomHistory(world, seed);
                for (var part = 0; part < PARTS; part++) {
                    history.run(STEPS / PARTS);
                    fold(world);
                }
                history.run(STEPS / PARTS);
                var slow = new SlowCompletion(world);
                var random = new Random(seed);
                for (var q = 0; q < QUESTIONS; q++) {
                    var from = LocalDate.ofInstant(instant(slow, world, random), ZONE);
                    var to = from.plusDays(random.nextInt(60));
                    // at the end of what has happened the roll-up answers, before the last fold the tickets do
                    var asOf = q % 3 == 0 ? world.clock.instant() : instant(slow, world, random);
                    var groupBy = random.nextBoolean() ? "organization" : "month";

                    // when
                    var figures = figures(world, world.districtSupervisor, query(from, to, asOf), groupBy);

                    // then
                    var expected = slow.counts(
                            from.atStartOfDay(ZONE).toInstant(),
                            to.plusDays(1).atStartOfDay(ZONE).toInstant(),
                            asOf,
                            groupBy);
                    assertThat(SlowCompletion.counted(figures))
                            .as("seed %d: %s to %s as of %s by %s", seed, from, to, asOf, groupBy)
                            .isEqualTo(expected);
                    assertThat(JsonText.write(counted(world, query(from, to, asOf), groupBy)))
                            .as("seed %d: %s to %s as of %s, ticket by ticket", seed, from, to, asOf)
                            .isEqualTo(JsonText.write(figures));
                    verifyIdentities(figures.total());
                    if (q % 5 == 0) {
                        verifyDrillDown(world, query(from, to, asOf), figures.total());
                    }
                }
            }
        }
    }

    @Test
    void whatIsAnsweredFitsTheContract() {
        try (var world = new TicketWorld()) {
            // given
            new RandomHistory(world, 7).run(150);
            var now = world.clock.instant();
            var query = query(TestDay.date().minusYears(1), TestDay.date().plusYears(1), now);

            // then
            for (var groupBy : Stream.of("organization", "month", "serviceItem", "channel", "place")
                    .toList()) {
                var figures = figures(world, world.districtSupervisor, query, groupBy);
                assertThat(figures.settled()).isFalse();
                assertThat(figures.groups()).isNotEmpty();
                fits("getOneTimeCompletion", figures);
            }
            var own = figures(world, world.dispatcher, query, "organization");
            assertThat(own.groups()).extracting(group -> group.key().id()).containsExactly(world.firm.toString());
            var empty = figures(
                    world,
                    world.otherDispatcher,
                    query(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 1), now.minusSeconds(30)),
                    null);
            assertThat(empty.total().rate()).isNull();
            assertThat(empty.settled()).isTrue();
            fits("getOneTimeCompletion", empty);
        }
    }

    @Test
    void nobodyLooksBeyondTheirScope() {
        try (var world = new TicketWorld()) {
            var now = world.clock.instant();
            var day = TestDay.date();
            var others = new MetricsQuery(day, day, null, world.otherFirm, null, null, null);
            var above = new MetricsQuery(day, day, world.town, null, null, null, null);
            var future = query(day, day, now.plusMillis(1));
            var reversed = query(day, day.minusDays(1), now);

            assertThat(refusal(world, world.dispatcher, others)).isEqualTo("forbidden");
            assertThat(refusal(world, world.communitySupervisor, above)).isEqualTo("forbidden");
            assertThat(refusal(world, world.townSupervisor, future)).isEqualTo("as_of_future");
            assertThat(refusal(world, world.townSupervisor, reversed)).isEqualTo("period_reversed");
        }
    }

    @Test
    void theIntervalIsWilsons() {
        var interval = java.util.Objects.requireNonNull(org.huying.metrics.Wilson.of(98, 100));
        assertThat(interval.low()).isCloseTo(0.93000, org.assertj.core.data.Offset.offset(0.0001));
        assertThat(interval.high()).isCloseTo(0.99449, org.assertj.core.data.Offset.offset(0.0001));
    }

    /** An instant of an event, a window's edge, the millisecond beside it, or any. */
    private static Instant instant(SlowCompletion slow, TicketWorld world, Random random) {
        var events = slow.all();
        var at = events.get(random.nextInt(events.size())).at();
        var candidate = switch (random.nextInt(4)) {
            case 0 -> at;
            case 1 -> at.plus(Duration.ofDays(7)).plusMillis(random.nextInt(3) - 1);
            case 2 -> at.plusMillis(random.nextInt(3) - 1);
            default -> at.plus(Duration.ofHours(random.nextInt(400)));
        };
        return candidate.isAfter(world.clock.instant()) ? world.clock.instant() : candidate;
    }

    private static OneTimeCompletion figures(
            TicketWorld world, Caller caller, MetricsQuery query, @Nullable String groupBy) {
        return world.query(client -> service(world).figures(client, caller, query, groupBy));
    }

    /** What the roll-up is never asked for. */
    private static OneTimeCompletion counted(TicketWorld world, MetricsQuery query, @Nullable String groupBy) {
        var frames = new Frames(world.clock, world.places);
        return world.query(client -> frames.of(client, world.districtSupervisor, query)
                .compose(frame -> service(world).counted(client, frame, groupBy)));
    }

    private static void fold(TicketWorld world) {
        world.sql(
                CompletionSql.FOLD,
                world.district,
                Rows.utc(world.clock.instant().minusSeconds(60)));
    }

    private static CompletionService service(TicketWorld world) {
        return new CompletionService(
                new Frames(world.clock, world.places), new CompletionStore(), new GroupNames(world.places));
    }

    private static String refusal(TicketWorld world, Caller caller, MetricsQuery query) {
        return catchThrowableOfType(Refusal.class, () -> figures(world, caller, query, null))
                .code();
    }

    private static MetricsQuery query(LocalDate from, LocalDate to, Instant asOf) {
        return MetricsQuery.of(from, to, asOf);
    }

    private static void verifyIdentities(Figure figure) {
        var excluded = figure.excluded().values().stream().mapToLong(n -> n).sum();
        var broken = figure.broken().values().stream().mapToLong(n -> n).sum();
        assertThat(figure.cohort()).isEqualTo(figure.provisional() + figure.matured());
        assertThat(figure.matured()).isEqualTo(figure.denominator() + excluded);
        assertThat(figure.denominator()).isEqualTo(figure.numerator() + broken);
    }

    private static void verifyDrillDown(TicketWorld world, MetricsQuery query, Figure figure) {
        var expected = Map.of(
                "one_time", figure.numerator(),
                "provisional", figure.provisional(),
                "excluded", figure.matured() - figure.denominator(),
                "broken", figure.denominator() - figure.numerator(),
                "withdrawn", figure.withdrawn());
        expected.forEach((verdict, count) -> {
            var tickets = world.query(client -> service(world)
                    .tickets(
                            client,
                            world.districtSupervisor,
                            query,
                            new CompletionStore.Which("main", verdict, null, null),
                            null,
                            10_000));
            assertThat(tickets).hasSize(count.intValue());
        });
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
                .as(JsonText.write(answer).toString())
                .isEmpty();
    }
}
