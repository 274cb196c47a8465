package org.huying.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.huying.bench.OneTransactionEach.Style;

/**
 * The lunch-hour rush: bookings of one meal, and of a thousand, over HTTP against a whole node, each compared with the
 * same booking as one transaction without HTTP ({@link OneTransactionEach}), on the same database in the same run.
 * Everybody books for themselves, once for each meal; a meal that all want has as many places as are asked for. In the
 * end the database must hold exactly what was answered.
 */
final class BookingBench {
    /**
     * How much of everything.
     *
     * @param meals             more than there are measurements, so that nobody comes to one twice
     * @param aloneFirst        those that a baseline opens and prepares everything with
     * @param roundsUntilNanos  no round but the first begins later
     * @param lastPlaces        of the meal that four times as many ask for
     */
    record Size(
            int callers,
            int diners,
            int meals,
            List<Integer> poolSizes,
            int aloneFirst,
            int aloneOneMeal,
            int aloneManyMeals,
            int warmRounds,
            int rounds,
            long roundsUntilNanos,
            int lastPlaces) {
        /** The rounds leave well under a minute of three. */
        static final Size FULL = new Size(
                128,
                16_000,
                1_000,
                List.of(2, 4, 8, 16, 32),
                200,
                1_200,
                4_000,
                8,
                5,
                TimeUnit.SECONDS.toNanos(150),
                500);

        static final Size SMOKE = new Size(8, 40, 20, List.of(2, 4), 4, 12, 12, 1, 1, 0, 5);
    }

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final long startedNanos = System.nanoTime();
    private final Size size;
    private final String url;
    private final BenchDistrict district;
    private final HttpDiners diners;
    private final List<UUID> manyMeals;
    private final List<UUID> manyMealsAlone;
    private final AtomicInteger codes = new AtomicInteger();
    private int spreads;
    private int bookedAlone;

    private BookingBench(BenchNode node, Size size) throws Exception {
        var keys = node.keys();
        this.size = size;
        this.url = node.url();
        this.district = new BenchDistrict(vertx, url, keys.cipher(), size.diners());
        this.diners = new HttpDiners(vertx, node.port(), size.callers(), keys.signing(), district, size.diners());
        this.manyMeals = district.meals(size.meals(), size.diners() * size.rounds());
        this.manyMealsAlone = district.meals(size.meals(), size.diners() * size.rounds());
    }

    /** Prints a table; what is wrong in the database comes back, which gets a district of the bench's own. */
    static List<String> run(BenchNode node, Size size) throws Exception {
        return new BookingBench(node, size).run();
    }

    private List<String> run() throws Exception {
        try {
            System.out.printf(
                    Locale.ROOT,
                    "%d callers or connections, load average before %.2f%n",
                    size.callers(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            warmUp();
            measure();
            return faults();
        } finally {
            await(district.close());
            await(vertx.close());
        }
    }

    private void measure() throws Exception {
        int oneByOnePool = bestPool("one meal, one by one", pool -> aloneOnOneMeal(pool, Style.ONE_BY_ONE));
        int aheadPool = bestPool("one meal, sent ahead", pool -> aloneOnOneMeal(pool, Style.SENT_AHEAD));
        int manyPool = bestPool("many meals, sent ahead", this::aloneOnManyMeals);
        var alone = new Row("(a) one meal, alone, one by one, pool of " + oneByOnePool);
        var ahead = new Row("(a) one meal, alone, sent ahead, pool of " + aheadPool);
        var known = new Row("(b) one meal, HTTP, tokens seen before");
        var keyed = new Row("    the same with idempotency keys");
        var fresh = new Row("(c) one meal, HTTP, tokens never seen");
        var aloneOnMany = new Row("    many meals, alone, sent ahead, pool of " + manyPool);
        var many = new Row("(d) many meals, HTTP, tokens seen before");
        for (int round = 0; round < size.rounds() && (round == 0 || isTimeLeft()); round++) {
            alone.add(aloneOnOneMeal(oneByOnePool, Style.ONE_BY_ONE));
            ahead.add(aloneOnOneMeal(aheadPool, Style.SENT_AHEAD));
            diners.showTokens();
            known.add(diners.book(oneMeal()));
            keyed.add(diners.bookWithKeys(oneMeal()));
            aloneOnMany.add(aloneOnManyMeals(manyPool));
            many.add(diners.book(spread(manyMeals)));
            fresh.add(diners.bookAsStrangers(oneMeal()));
        }
        System.out.printf(
                "the median of %d rounds, each of which measures all rows in turn; \"alone\" is a transaction for each"
                        + " booking; processor time of load and service + of the database; ratios to the baselines%n",
                alone.results().size());
        List.of(alone, ahead, known, keyed, fresh).forEach(row -> row.print(alone, ahead));
        List.of(aloneOnMany, many).forEach(row -> row.print(aloneOnMany));
    }

    private boolean isTimeLeft() {
        return System.nanoTime() - startedNanos < size.roundsUntilNanos();
    }

    /** Until nothing gets faster any more. */
    private void warmUp() throws Exception {
        for (int round = 0; round < size.warmRounds(); round++) {
            int pool = size.poolSizes().get(round % size.poolSizes().size());
            diners.showTokens();
            diners.bookAsStrangers(oneMeal());
            diners.bookWithKeys(oneMeal());
            diners.book(spread(manyMeals));
            aloneOnOneMeal(pool, round % 2 == 0 ? Style.ONE_BY_ONE : Style.SENT_AHEAD);
            aloneOnManyMeals(pool);
            district.analyze();
        }
    }

    // ---- the baseline ----

    @FunctionalInterface
    private interface Baseline {
        LoadResult withPool(int size) throws Exception;
    }

    private int bestPool(String what, Baseline baseline) throws Exception {
        var rates = new LinkedHashMap<Integer, Double>();
        for (int pool : size.poolSizes()) {
            rates.put(pool, baseline.withPool(pool).perSecond());
        }
        System.out.println(what + ", alone, bookings/s by pool: "
                + rates.entrySet().stream()
                        .map(rate -> String.format(Locale.ROOT, "%d: %,.0f", rate.getKey(), rate.getValue()))
                        .collect(Collectors.joining(", ")));
        return Collections.max(rates.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private LoadResult aloneOnOneMeal(int poolSize, Style style) throws Exception {
        return alone(poolSize, style, size.aloneOneMeal(), oneMeal());
    }

    private LoadResult aloneOnManyMeals(int poolSize) throws Exception {
        return alone(poolSize, Style.SENT_AHEAD, size.aloneManyMeals(), spread(manyMealsAlone));
    }

    private LoadResult alone(int poolSize, Style style, int count, IntFunction<UUID> meals) throws Exception {
        var baseline = new OneTransactionEach(vertx, url, poolSize, district, codes, style);
        IntFunction<OneTransactionEach.Seat> seats =
                i -> new OneTransactionEach.Seat(meals.apply(i), district.diner(i));
        try {
            // Opens and prepares everything; these seats come after those that count.
            await(baseline.run(size.callers(), size.aloneFirst(), i -> seats.apply(count + i)));
            return await(baseline.run(size.callers(), count, seats));
        } finally {
            bookedAlone += size.aloneFirst() + count;
            await(baseline.close());
        }
    }

    private IntFunction<UUID> oneMeal() throws Exception {
        var meal = district.meals(1, size.diners()).get(0);
        return i -> meal;
    }

    /** Each diner has another of the meals each time. */
    private IntFunction<UUID> spread(List<UUID> meals) {
        int shift = 37 * spreads++;
        return i -> meals.get((i + shift) % size.meals());
    }

    // ---- afterwards ----

    /** What is wrong after all, and after many have asked for the last places of a meal. */
    private List<String> faults() throws Exception {
        diners.showTokens();
        var meal = district.meals(1, size.lastPlaces()).get(0);
        var result = diners.ask(meal, 4 * size.lastPlaces());
        var faults = new ArrayList<>(district.faults(diners.acknowledged(), bookedAlone));
        var expected = Map.of(201, (long) size.lastPlaces(), 409, 3L * size.lastPlaces());
        if (!result.byStatus().equals(expected)) {
            faults.add("the last " + size.lastPlaces() + " places were answered " + result.byStatus());
        }
        return faults;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
}
