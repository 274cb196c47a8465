package org.huying.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.audit.Comparison;
import org.huying.audit.Download;
import org.huying.audit.Event;
import org.huying.audit.Figures;
import org.huying.audit.Judged;
import org.huying.audit.Question;
import org.huying.audit.Recomputation;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every count that the service gives is what an auditor gets from the raw events, whatever happened and whenever asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class PlannedHistoriesTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final int STORIES = 1_400;
    private static final int QUESTIONS = 80;
    private static final int EARLY_QUESTIONS = 10;
    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final List<String> VERDICTS =
            List.of("one_time", "broken", "provisional", "excluded", "overdue_unresolved", "withdrawn", "duplicate");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Map<Question, JsonObject> answeredEarly = new LinkedHashMap<>();
    private Map<UUID, List<Event>> chains = Map.of();
    private Map<UUID, UUID> reporters = Map.of();
    private Map<String, Integer> refusals = Map.of();

    @BeforeAll
    void live() {
        var histories = new PlannedHistories(APP, seed, STORIES);
        for (var day : List.of(5, 25, 45, 70, 90)) {
            var now = Dice.midnight(PlannedHistories.FIRST_DAY.plusDays(day)).plus(Duration.ofHours(day));
            histories.playUntil(now);
            var service = auditor();
            for (var i = 0; i < EARLY_QUESTIONS; i++) {
                var asOf = i == 0 ? now.minus(SETTLING) : now.minus(SETTLING).minus(upTo(Duration.ofDays(14)));
                var question = question(asOf, day(asOf.minus(upTo(Duration.ofDays(30)))));
                answeredEarly.put(question, service.get(question.path()));
            }
        }
        histories.playUntil(PlannedHistories.END);
        refusals = histories.refusals();
        chains = auditor().chains();
        reporters = histories.reporters();
    }

    @Test
    void everyCountIsWhatTheEventsSay() {
        // given
        var service = auditor();
        var recomputation = Recomputation.of(chains, reporters);
        var instants = recomputation.instants();
        var windowEnds = recomputation.windowEnds();
        var exclusions = recomputation.turns("excluded", "included");
        assertThat(recomputation.size()).as("seed %d", seed).isGreaterThanOrEqualTo(2_000);

        for (var i = 0; i < QUESTIONS; i++) {
            var question = switch (i % 4) {
                case 0 -> atATurn(pick(windowEnds));
                case 1 -> atATurn(pick(exclusions));
                default -> question(asOf(pick(instants)), day(pick(instants)));
            };

            // when
            var answer = service.get(question.path());

            // then
            var comparison = Comparison.of(answer, recomputation.figures(question));
            assertThat(comparison.differences())
                    .as("seed %d: %s", seed, question.path())
                    .isEmpty();
            comparison.served().values().forEach(this::verifyIdentities);
            verifyDrillDown(service, question, recomputation.judge(question));
        }
    }

    @Test
    void whatWasAnsweredThenIsAnsweredNow() {
        var service = auditor();
        var recomputation = Recomputation.of(chains);
        answeredEarly.forEach((question, answer) -> {
            assertThat(answer.getBoolean("settled")).isTrue();
            assertThat(service.get(question.path()))
                    .as("seed %d: %s", seed, question.path())
                    .isEqualTo(answer);
            assertThat(Comparison.of(answer, recomputation.figures(question)).differences())
                    .as("seed %d: %s", seed, question.path())
                    .isEmpty();
        });
    }

    @Test
    void theHistoriesCameToEveryEdge() {
        var seen = new Coverage(chains).counts();
        refusals.forEach((what, n) -> seen.put("refused: " + what, n));
        assertThat(Coverage.WANTED)
                .as("seed %d: %s", seed, seen)
                .allSatisfy(
                        what -> assertThat(seen.getOrDefault(what, 0)).as(what).isGreaterThanOrEqualTo(Coverage.OFTEN));
    }

    private void verifyIdentities(Figures figures) {
        assertThat(value(figures, "cohort")).isEqualTo(value(figures, "provisional") + value(figures, "matured"));
        assertThat(value(figures, "matured")).isEqualTo(value(figures, "denominator") + sum(figures, "excluded."));
        assertThat(value(figures, "denominator")).isEqualTo(value(figures, "numerator") + sum(figures, "broken."));
    }

    /** Every figure has exactly the tickets behind it that the events say, each for the reason that they say. */
    private void verifyDrillDown(Download service, Question question, List<Judged> judged) {
        for (var segment : List.of("main", random.nextBoolean() ? "consultation" : "care")) {
            for (var verdict : VERDICTS) {
                var listed = service.all(question.ticketsPath(segment, verdict)).stream()
                        .map(PlannedHistoriesTest::described)
                        .toList();
                var expected = judged.stream()
                        .filter(each ->
                                each.segment().equals(segment) && each.verdict().equals(verdict))
                        .map(each -> String.join(
                                " ",
                                each.ticketId().toString(),
                                each.cause(),
                                String.valueOf(each.confirmed()),
                                each.at().toString()))
                        .toList();
                assertThat(listed)
                        .as("seed %d: %s", seed, question.ticketsPath(segment, verdict))
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    private static String described(JsonObject ticket) {
        return String.join(
                " ",
                ticket.getString("ticketId"),
                ticket.getString("cause") == null ? "" : ticket.getString("cause"),
                ticket.getBoolean("confirmed").toString(),
                Instant.parse(ticket.getString("at")).toString());
    }

    /** The days about a first resolve, asked as of a turn or the millisecond beside it. */
    private Question atATurn(Recomputation.Turn turn) {
        var asOf = atMostNow(turn.at().plusMillis(random.nextInt(3) - 1));
        var from = day(turn.resolvedAt()).minusDays(random.nextInt(2));
        var groupBy = pick(List.of("organization", "serviceItem", "place", "month", "channel"));
        return new Question(from, from.plusDays(1), asOf, groupBy, Map.of());
    }

    private Question question(Instant asOf, LocalDate from) {
        var groupBy = pick(List.of("organization", "serviceItem", "place", "month", "channel", ""));
        var to = from.plusDays(random.nextInt(4) == 0 ? 0 : random.nextInt(60));
        var filters = new HashMap<String, String>();
        if (random.nextInt(4) == 0) {
            filters.put("placeId", pick(places()).toString());
        }
        if (random.nextInt(4) == 0) {
            filters.put("organizationId", pick(organizations()).toString());
        }
        if (random.nextInt(4) == 0) {
            filters.put(
                    "serviceItemCode", pick(List.of("light-out", "street-light", "stairwell-cleaning", "elder-help")));
        }
        return new Question(from, to, asOf, groupBy.isEmpty() ? null : groupBy, filters);
    }

    /** An event's instant, the edge of the window after it, the millisecond beside either, or any. */
    private Instant asOf(Instant event) {
        var asOf = switch (random.nextInt(4)) {
            case 0 -> event;
            case 1 -> event.plusMillis(random.nextInt(3) - 1);
            case 2 -> event.plus(Dice.WEEK).plusMillis(random.nextInt(3) - 1);
            default -> event.plus(upTo(Duration.ofDays(20)));
        };
        return atMostNow(asOf);
    }

    private static Instant atMostNow(Instant asOf) {
        var now = APP.clock().instant();
        return asOf.isAfter(now) ? now : asOf;
    }

    private static List<UUID> places() {
        return Stream.of("district", "town", "community-1", "community-2", "compound-1", "compound-5")
                .map(DemoStructure::place)
                .toList();
    }

    private static List<UUID> organizations() {
        return List.of(
                DemoStructure.firm(1),
                DemoStructure.firm(2),
                DemoStructure.firm(3),
                DemoStructure.office("community-1"));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, Dice.ZONE);
    }

    private Duration upTo(Duration longest) {
        return Duration.ofMillis((long) (random.nextDouble() * longest.toMillis()));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static double value(Figures figures, String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }

    private static double sum(Figures figures, String prefix) {
        return figures.values().entrySet().stream()
                .filter(each -> each.getKey().startsWith(prefix))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static Download auditor() {
        return Download.signedIn(APP.uri(), "district-supervisor", DemoStructure.PASSWORD);
    }
}
