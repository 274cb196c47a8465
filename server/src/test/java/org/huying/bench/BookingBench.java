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
import org.huying.app.Keys;
import org.huying.bench.OneTransactionEach.Style;

/**
 * The lunch-hour rush: bookings of one meal, and of a thousand, over HTTP against a whole node, each compared with the
 * same booking as one transaction without HTTP ({@link OneTransactionEach}), on the same database in the same run.
 * Everybody books for themselves, once for each meal; a meal that all want has as many places as are asked for. In the
 * end the database must hold exactly what was answered.
 */
public final class BookingBench {
    private static final int CALLERS = 128;
    private static final int DINERS = 16_000;
    private static final int MEALS = 1_000;
    private static final int[] POOL_SIZES = {2, 4, 8, 16, 32};
    private static final int ALONE_FIRST = 200;
    private static final int ALONE_ONE_MEAL = 1_200;
    private static final int ALONE_MANY_MEALS = 4_000;
    private static final int WARM_ROUNDS = 8;
    private static final int ROUNDS = 5;
    /** No round begins later; that leaves well under a minute. */
    private static final long LAST_ROUND_NANOS = TimeUnit.SECONDS.toNanos(150);

    private static final int LAST_PLACES = 500;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final long startedNanos = System.nanoTime();
    private final String url;
    private final BenchDistrict district;
    private final HttpDiners diners;
    private final List<UUID> manyMeals;
    private final List<UUID> manyMealsAlone;
    private final AtomicInteger codes = new AtomicInteger();
    private int spreads;
    private int bookedAlone;

    private BookingBench(String url, Keys keys, int port) throws Exception {
        this.url = url;
        this.district = new BenchDistrict(vertx, url, keys.cipher(), DINERS);
        this.diners = new HttpDiners(vertx, port, CALLERS, keys.signing(), district, DINERS);
        this.manyMeals = district.meals(MEALS, DINERS * ROUNDS);
        this.manyMealsAlone = district.meals(MEALS, DINERS * ROUNDS);
    }

    /**
     * Prints a table; ends with 1 if the database is not as it should be.
     *
     * @param args the address of a database, {@code postgresql://user:password@host/name}, which gets a district of the
     *     bench's own; else it is taken from {@code HUYING_DATABASE_URL}, else a server is started
     */
    public static void main(String[] args) throws Exception {
        var faults = BenchNode.run(args, node -> new BookingBench(node.url(), node.keys(), node.port()).run());
        System.out.println(
                faults.isEmpty() ? "the database holds what was answered, nobody twice" : "WRONG: " + faults);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private List<String> run() throws Exception {
        try {
            district.requireDurable();
            System.out.printf(
                    Locale.ROOT,
                    "%d callers or connections, fsync on, load average before %.2f%n",
                    CALLERS,
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
        int oneByOnePool = bestPool("one meal, one by one", size -> aloneOnOneMeal(size, Style.ONE_BY_ONE));
        int aheadPool = bestPool("one meal, sent ahead", size -> aloneOnOneMeal(size, Style.SENT_AHEAD));
        int manyPool = bestPool("1,000 meals, sent ahead", this::aloneOnManyMeals);
        var alone = new Row("(a) one meal, alone, one by one, pool of " + oneByOnePool);
        var ahead = new Row("(a) one meal, alone, sent ahead, pool of " + aheadPool);
        var known = new Row("(b) one meal, HTTP, tokens seen before");
        var keyed = new Row("    the same with idempotency keys");
        var fresh = new Row("(c) one meal, HTTP, tokens never seen");
        var aloneOnMany = new Row("    1,000 meals, alone, sent ahead, pool of " + manyPool);
        var many = new Row("(d) 1,000 meals, HTTP, tokens seen before");
        for (int round = 0; round < ROUNDS && (round == 0 || isTimeLeft()); round++) {
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
        return System.nanoTime() - startedNanos < LAST_ROUND_NANOS;
    }

    /** Until nothing gets faster any more. */
    private void warmUp() throws Exception {
        for (int round = 0; round < WARM_ROUNDS; round++) {
            diners.showTokens();
            diners.bookAsStrangers(oneMeal());
            diners.bookWithKeys(oneMeal());
            diners.book(spread(manyMeals));
            aloneOnOneMeal(POOL_SIZES[round % POOL_SIZES.length], round % 2 == 0 ? Style.ONE_BY_ONE : Style.SENT_AHEAD);
            aloneOnManyMeals(POOL_SIZES[round % POOL_SIZES.length]);
            district.analyze();
        }
    }

    // ---- the baseline ----

    @FunctionalInterface
    private interface Baseline {
        LoadResult withPool(int size) throws Exception;
    }

    private static int bestPool(String what, Baseline baseline) throws Exception {
        var rates = new LinkedHashMap<Integer, Double>();
        for (int size : POOL_SIZES) {
            rates.put(size, baseline.withPool(size).perSecond());
        }
        System.out.println(what + ", alone, bookings/s by pool: "
                + rates.entrySet().stream()
                        .map(rate -> String.format(Locale.ROOT, "%d: %,.0f", rate.getKey(), rate.getValue()))
                        .collect(Collectors.joining(", ")));
        return Collections.max(rates.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private LoadResult aloneOnOneMeal(int poolSize, Style style) throws Exception {
        return alone(poolSize, style, ALONE_ONE_MEAL, oneMeal());
    }

    private LoadResult aloneOnManyMeals(int poolSize) throws Exception {
        return alone(poolSize, Style.SENT_AHEAD, ALONE_MANY_MEALS, spread(manyMealsAlone));
    }

    private LoadResult alone(int poolSize, Style style, int count, IntFunction<UUID> meals) throws Exception {
        var baseline = new OneTransactionEach(vertx, url, poolSize, district, codes, style);
        IntFunction<OneTransactionEach.Seat> seats =
                i -> new OneTransactionEach.Seat(meals.apply(i), district.diner(i));
        try {
            // Opens and prepares everything; these seats come after those that count.
            await(baseline.run(CALLERS, ALONE_FIRST, i -> seats.apply(count + i)));
            return await(baseline.run(CALLERS, count, seats));
        } finally {
            bookedAlone += ALONE_FIRST + count;
            await(baseline.close());
        }
    }

    private IntFunction<UUID> oneMeal() throws Exception {
        var meal = district.meals(1, DINERS).get(0);
        return i -> meal;
    }

    /** Each diner has another of the meals each time. */
    private IntFunction<UUID> spread(List<UUID> meals) {
        int shift = 37 * spreads++;
        return i -> meals.get((i + shift) % MEALS);
    }

    // ---- afterwards ----

    /** What is wrong after all, and after many have asked for the last places of a meal. */
    private List<String> faults() throws Exception {
        diners.showTokens();
        var meal = district.meals(1, LAST_PLACES).get(0);
        var result = diners.ask(meal, 4 * LAST_PLACES);
        var faults = new ArrayList<>(district.faults(diners.acknowledged(), bookedAlone));
        var expected = Map.of(201, (long) LAST_PLACES, 409, 3L * LAST_PLACES);
        if (!result.byStatus().equals(expected)) {
            faults.add("the last " + LAST_PLACES + " places were answered " + result.byStatus());
        }
        return faults;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
}
