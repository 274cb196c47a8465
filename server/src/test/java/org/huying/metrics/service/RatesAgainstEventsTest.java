package org.huying.metrics.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.huying.http.Contract;
import org.huying.http.JsonText;
import org.huying.http.SchemaCheck;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.metrics.Frames;
import org.huying.metrics.GroupNames;
import org.huying.metrics.MetricsQuery;
import org.huying.metrics.RawEvents;
import org.huying.testing.TestDay;
import org.huying.ticket.RandomHistory;
import org.huying.ticket.TicketWorld;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class RatesAgainstEventsTest {
    private static final int HISTORIES = 2;
    private static final int STEPS = 300;
    private static final int QUESTIONS = 40;
    private static final int ENOUGH = 10_000;

    /** Those that are asked for by another name. */
    private static final String RATING = "rated ";

    @Test
    void everyNumberIsWhatTheEventsSay() {
        for (var i = 0; i < HISTORIES; i++) {
            // given
            var seed = new Random().nextLong();
            try (var world = new TicketWorld()) {
                new RandomHistory(world, seed).run(STEPS);
                var slow = new SlowService(world);
                var random = new Random(seed);
                for (var q = 0; q < QUESTIONS; q++) {
                    var from = LocalDate.ofInstant(instant(slow, world, random), SlowService.ZONE);
                    var to = from.plusDays(random.nextInt(60));
                    var asOf = q % 3 == 0 ? world.clock.instant() : instant(slow, world, random);
                    var groupBy = random.nextBoolean() ? "organization" : "month";
                    var asked = asked(world, q);
                    var query = asked.query(from, to, asOf);

                    // when
                    var rates = rates(world, asked.caller(), query, groupBy);

                    // then
                    var expected = slow.tickets(new SlowService.Question(
                            from.atStartOfDay(SlowService.ZONE).toInstant(),
                            to.plusDays(1).atStartOfDay(SlowService.ZONE).toInstant(),
                            asOf,
                            groupBy,
                            asked.wanted()));
                    assertThat(SlowService.counted(rates))
                            .as("seed %d: %s by %s", seed, query, groupBy)
                            .isEqualTo(expected.entrySet().stream()
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey,
                                            each -> each.getValue().size(),
                                            (a, b) -> a,
                                            TreeMap::new)));
                    verifyIdentities(rates.total());
                    if (q % 4 == 0) {
                        verifyDrillDown(world, asked.caller(), query, rates, expected);
                    }
                }
            }
        }
    }

    @Test
    void whatIsAnsweredFitsTheContract() {
        try (var world = new TicketWorld()) {
            // given
            new RandomHistory(world, 7).run(200);
            var now = world.clock.instant();
            var query =
                    MetricsQuery.of(TestDay.date().minusYears(1), TestDay.date().plusYears(1), now);

            // then
            for (var groupBy : List.of("organization", "month", "serviceItem", "channel", "place")) {
                var rates = rates(world, world.districtSupervisor, query, groupBy);
                assertThat(rates.settled()).isFalse();
                assertThat(rates.groups()).isNotEmpty();
                assertThat(rates.groups()).allSatisfy(group -> verifyIdentities(group.figure()));
                fits(rates);
            }
            var places = rates(world, world.townSupervisor, query, "place");
            assertThat(places.groups())
                    .extracting(group -> group.key().id())
                    .doesNotContain(world.districtPlace.toString())
                    .contains(world.town.toString());
            var empty = rates(
                    world,
                    world.otherDispatcher,
                    MetricsQuery.of(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 1), now.minusSeconds(30)),
                    null);
            assertThat(empty.total().response().rate()).isNull();
            assertThat(empty.total().backlog().open()).isZero();
            assertThat(empty.settled()).isTrue();
            fits(empty);
        }
    }

    @Test
    void nobodyLooksBeyondTheirScope() {
        try (var world = new TicketWorld()) {
            var now = world.clock.instant();
            var day = TestDay.date();
            var others = new MetricsQuery(day, day, null, world.otherFirm, null, null, null);
            var above = new MetricsQuery(day, day, world.town, null, null, null, null);
            var future = MetricsQuery.of(day, day, now.plusMillis(1));

            for (var listed : List.of(true, false)) {
                assertThat(refusal(world, world.dispatcher, others, listed)).isEqualTo("forbidden");
                assertThat(refusal(world, world.communitySupervisor, above, listed))
                        .isEqualTo("forbidden");
                assertThat(refusal(world, world.townSupervisor, future, listed)).isEqualTo("as_of_future");
            }
        }
    }

    /** Somebody's question, and the same said of events. */
    private record Asked(
            Caller caller,
            @Nullable UUID organizationId,
            @Nullable String serviceItemCode,
            @Nullable UUID placeId,
            Predicate<List<RawEvents.Event>> wanted) {
        MetricsQuery query(LocalDate from, LocalDate to, Instant asOf) {
            return new MetricsQuery(from, to, placeId, organizationId, serviceItemCode, null, asOf);
        }
    }

    private static Asked asked(TicketWorld world, int question) {
        var firm = world.firm.toString();
        return switch (question % 5) {
            case 1 ->
                new Asked(
                        world.dispatcher,
                        null,
                        null,
                        null,
                        e -> SlowService.firstOwner(e).equals(firm));
            case 2 ->
                new Asked(
                        world.townSupervisor,
                        world.firm,
                        null,
                        null,
                        e -> SlowService.firstOwner(e).equals(firm));
            case 3 ->
                new Asked(
                        world.communitySupervisor,
                        null,
                        "pipe-leak",
                        null,
                        e -> e.get(0).data().getString("serviceItemCode").equals("pipe-leak"));
            case 4 ->
                new Asked(
                        world.districtSupervisor,
                        null,
                        null,
                        world.otherCompound,
                        e -> e.get(0).data().getJsonArray("placePath").contains(world.otherCompound.toString()));
            default -> new Asked(world.districtSupervisor, null, null, null, e -> true);
        };
    }

    /** An instant of an event, the edge of a window or of an age, the millisecond beside it, or any. */
    private static Instant instant(SlowService slow, TicketWorld world, Random random) {
        var events = slow.all();
        var at = events.get(random.nextInt(events.size())).at();
        var beside = random.nextInt(3) - 1;
        var candidate = switch (random.nextInt(4)) {
            case 0 -> at;
            case 1 ->
                at.plus(Duration.ofDays(List.of(1, 3, 7, 15, 30).get(random.nextInt(5))))
                        .plusMillis(beside);
            case 2 -> at.plusMillis(beside);
            default -> at.plus(Duration.ofHours(random.nextInt(400)));
        };
        return candidate.isAfter(world.clock.instant()) ? world.clock.instant() : candidate;
    }

    private static void verifyIdentities(ServiceFigure figure) {
        assertThat(figure.cohort()).isEqualTo(figure.excluded() + figure.counted());
        assertThat(List.of(
                        figure.response(),
                        figure.resolution(),
                        figure.zeroTransfer(),
                        figure.zeroEscalation(),
                        figure.zeroSuspension()))
                .allMatch(rate -> rate.denominator() == figure.counted());
        assertThat(sum(figure.satisfaction().ratings()))
                .isEqualTo(figure.satisfaction().rate().denominator());
        assertThat(sum(figure.backlog().byAge())).isEqualTo(figure.backlog().open());
        assertThat(figure.backlog().reopened())
                .isLessThanOrEqualTo(figure.backlog().open());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Every number of every block: the same tickets as the events say, not only as many. */
    private static void verifyDrillDown(
            TicketWorld world, Caller caller, MetricsQuery query, ServiceRates rates, Map<String, Set<UUID>> expected) {
        var blocks = Map.of("main", rates.total(), "consultation", rates.consultation(), "care", rates.care());
        blocks.forEach((segment, figure) -> SlowService.numbers(figure).forEach((number, count) -> {
            if (!number.startsWith(RATING)) {
                var age = ServiceFigure.AGES.contains(number) ? number : null;
                var tickets = tickets(world, caller, query, new Drill(age == null ? number : "backlog", segment, age));
                assertThat(tickets).as(number).hasSize(count);
                assertThat(tickets)
                        .extracting(ServiceTicket::ticketId)
                        .as(number)
                        .containsExactlyInAnyOrderElementsOf(expected.getOrDefault(segment + "//" + number, Set.of()));
            }
        }));
        var rated = tickets(world, caller, query, new Drill("rated", "main", null));
        rates.total()
                .satisfaction()
                .ratings()
                .forEach((rating, count) -> assertThat(rated)
                        .filteredOn(ticket -> rating.equals(String.valueOf(ticket.rating())))
                        .hasSize(count.intValue()));
    }

    private static ServiceRates rates(TicketWorld world, Caller caller, MetricsQuery query, @Nullable String groupBy) {
        return world.query(client -> service(world).figures(client, caller, query, groupBy));
    }

    private static List<ServiceTicket> tickets(TicketWorld world, Caller caller, MetricsQuery query, Drill drill) {
        return world.query(client -> service(world).tickets(client, caller, query, drill, null, ENOUGH));
    }

    static RatesService service(TicketWorld world) {
        return new RatesService(new Frames(world.clock, world.places), new RatesStore(), new GroupNames(world.places));
    }

    private static String refusal(TicketWorld world, Caller caller, MetricsQuery query, boolean listed) {
        return catchThrowableOfType(Refusal.class, () -> {
                    if (listed) {
                        tickets(world, caller, query, new Drill("backlog", "main", null));
                    } else {
                        rates(world, caller, query, null);
                    }
                })
                .code();
    }

    private static void fits(ServiceRates answer) {
        var operation = Contract.load().operations().stream()
                .filter(each -> each.id().equals("getServiceRates"))
                .findFirst()
                .orElseThrow();
        var schema = operation
                .responses()
                .getJsonObject("200")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema");
        assertThat(new SchemaCheck(schema).faults(Json.decodeValue(JsonText.write(answer)), ""))
                .as(JsonText.write(answer).toString())
                .isEmpty();
    }
}
