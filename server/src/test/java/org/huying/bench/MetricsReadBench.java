package org.huying.bench;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import org.huying.db.Pools;

/** Figures over HTTP when there are some tickets and when there are ten times as many, and the plain SQL over events. */
final class MetricsReadBench {
    /** How often the quick questions are asked, the slow ones, and the plain SQL. */
    record Size(int many, int some, int plain) {
        static final Size FULL = new Size(60, 20, 2);
        static final Size SMOKE = new Size(2, 2, 1);
    }

    private static final int MONTHS_AGO = 4;
    static final String PLAIN_NOW = "plain SQL over events, a past month, now";
    static final String PLAIN_THEN = "plain SQL over events, a past month, as of then";

    /**
     * What is asked.
     *
     * @param plain the baseline that it is compared with
     */
    private record Question(String name, int times, String plain, LongFunction<String> path) {}

    private final Size size;
    private final MetricsReader reader;
    private final Pool plain;
    private final MetricsAgreement agreement;
    /** A month that has just begun has nothing in it to read. */
    private static final Duration SOME_OF_THE_MONTH = Duration.ofDays(3);

    private final YearMonth present;
    private final YearMonth past;
    private final List<Map<String, LoadResult>> measured = new ArrayList<>();

    MetricsReadBench(Vertx vertx, BenchNode node, MetricsDistrict district, Instant now, Size size) throws Exception {
        this.size = size;
        this.reader = new MetricsReader(vertx, node.port(), district::tokenOfSupervisor);
        this.plain = Pools.forBulk(vertx, "plain", node.url(), 1);
        BenchNode.await(plain.query("SET statement_timeout = 0").execute());
        this.agreement = new MetricsAgreement(district, reader, plain);
        this.present = YearMonth.from(now.minus(SOME_OF_THE_MONTH).atZone(MetricsAgreement.ZONE));
        this.past = present.minusMonths(MONTHS_AGO);
    }

    /** What the service and the plain SQL do not agree on. */
    List<String> faults() throws Exception {
        var faults = new ArrayList<>(agreement.faults(past, now()));
        faults.addAll(agreement.faults(past, then(0)));
        faults.addAll(agreement.faults(present, now()));
        return faults;
    }

    void measure() throws Exception {
        if (measured.isEmpty()) {
            // The first size would pay for a node that has just started.
            for (var question : questions()) {
                reader.measure(0, question.times(), question.path());
            }
        }
        var results = new LinkedHashMap<String, LoadResult>();
        for (var question : questions()) {
            results.put(question.name(), reader.measure(question.times() / 2, question.times(), question.path()));
        }
        var byEvents = Map.<String, LongFunction<Instant>>of(PLAIN_NOW, i -> now(), PLAIN_THEN, this::then);
        for (var name : List.of(PLAIN_NOW, PLAIN_THEN)) {
            var result = new LoadResult();
            result.begin();
            for (int i = 0; i < size.plain(); i++) {
                long begun = System.nanoTime();
                agreement.byEvents(
                        past, Objects.requireNonNull(byEvents.get(name)).apply(i));
                result.note(200, System.nanoTime() - begun);
            }
            results.put(name, result.end());
        }
        measured.add(results);
    }

    private List<Question> questions() {
        return List.of(
                ask(
                        "a past month by organization, now",
                        size.many(),
                        i -> MetricsReader.figures(past, "organization", null)),
                ask(
                        "the current month by organization, now",
                        size.many(),
                        i -> MetricsReader.figures(present, "organization", null)),
                ask("a past month in all, now", size.many(), i -> MetricsReader.figures(past, null, null)),
                ask("a past month by place, now", size.many(), i -> MetricsReader.figures(past, "place", null)),
                ask(
                        "a past month by service item, now",
                        size.some(),
                        i -> MetricsReader.figures(past, "serviceItem", null)),
                new Question(
                        "a past month by organization, as of then",
                        size.some(),
                        PLAIN_THEN,
                        i -> MetricsReader.figures(past, "organization", then(i))),
                ask(
                        "a past month's broken tickets, first page",
                        size.some(),
                        i -> MetricsReader.tickets(past, "broken", null) + "&limit=20"));
    }

    private static Question ask(String name, int times, LongFunction<String> path) {
        return new Question(name, times, PLAIN_NOW, path);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Another instant each time, from the middle of the month on. */
    private Instant then(long number) {
        return past.atDay(15)
                .atStartOfDay(MetricsAgreement.ZONE)
                .toInstant()
                .plus(Duration.ofMinutes(Math.floorMod(number * 7_919 + 40_000, 100_000)));
    }

    /** Of what was measured first and last. */
    void print(long few, long many) {
        System.out.printf(
                Locale.ROOT,
                "%-50s %23s %23s %8s %12s%n",
                "p50, p95",
                String.format(Locale.ROOT, "%,d", few),
                String.format(Locale.ROOT, "%,d", many),
                "growth",
                "plain SQL/it");
        var first = measured.get(0);
        var last = measured.get(measured.size() - 1);
        for (var question : questions()) {
            line(question.name(), question.plain(), first, last);
        }
        line(PLAIN_NOW, PLAIN_NOW, first, last);
        line(PLAIN_THEN, PLAIN_THEN, first, last);
    }

    private static void line(String name, String plain, Map<String, LoadResult> first, Map<String, LoadResult> last) {
        var few = Objects.requireNonNull(first.get(name));
        var many = Objects.requireNonNull(last.get(name));
        System.out.printf(
                Locale.ROOT,
                "%-50s %9.1f, %9.1f ms %9.1f, %9.1f ms %8.2f %12.1f%n",
                name,
                few.percentileMillis(0.5),
                few.percentileMillis(0.95),
                many.percentileMillis(0.5),
                many.percentileMillis(0.95),
                many.percentileMillis(0.5) / few.percentileMillis(0.5),
                Objects.requireNonNull(last.get(plain)).percentileMillis(0.5) / many.percentileMillis(0.5));
    }

    void close() throws Exception {
        BenchNode.await(plain.close());
    }
}
