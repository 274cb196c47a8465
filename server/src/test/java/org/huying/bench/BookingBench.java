package org.huying.bench;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.huying.app.Infrastructure;
import org.huying.app.Keys;
import org.huying.app.Node;
import org.huying.db.Migrations;
import org.huying.demo.embedded.EmbeddedServers;
import org.huying.demo.embedded.TestDirectory;
import org.huying.http.Contract;
import org.huying.http.RequestMetrics;
import org.huying.identity.session.AccessTokens;
import org.huying.identity.session.Ed25519;
import org.huying.identity.session.OpenSession;
import org.huying.identity.session.SessionOwner;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.huying.redis.LocalCounters;
import org.huying.testing.TestKeys;

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
    private static final int ALONE_FIRST = 300;
    private static final int ALONE_ONE_MEAL = 1_500;
    private static final int ALONE_MANY_MEALS = 4_000;
    private static final int WARM_ROUNDS = 3;
    private static final int ROUNDS = 5;
    /** No round begins later; that leaves well under a minute. */
    private static final long LAST_ROUND_NANOS = TimeUnit.SECONDS.toNanos(110);

    private static final int LAST_PLACES = 500;
    private static final int ID_AT = "{\"id\":\"".length();
    private static final int ID_LENGTH = 36;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final long startedNanos = System.nanoTime();
    private final List<UUID> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final String url;
    private final AccessTokens tokens;
    private final BenchDistrict district;
    private final LoadClient load;
    private final List<UUID> manyMeals;
    private final List<UUID> manyMealsAlone;
    private final List<String> knownTokens;
    private final AtomicInteger codes = new AtomicInteger();
    private int spreads;
    private int bookedAlone;

    private BookingBench(String url, Keys keys, int port) throws Exception {
        this.url = url;
        this.tokens = new AccessTokens(keys.signing(), Ed25519.fastest(), Clock.systemUTC());
        this.district = new BenchDistrict(vertx, url, keys.cipher(), DINERS);
        this.load = new LoadClient(vertx, port, CALLERS);
        this.manyMeals = district.meals(MEALS, DINERS * ROUNDS);
        this.manyMealsAlone = district.meals(MEALS, DINERS * ROUNDS);
        this.knownTokens = newTokens();
    }

    /**
     * Prints a table; ends with 1 if the database is not as it should be.
     *
     * @param args the address of a database, {@code postgresql://user:password@host/name}, which gets a district of the
     *     bench's own; else it is taken from {@code HUYING_DATABASE_URL}, else a server is started
     */
    public static void main(String[] args) throws Exception {
        var given = args.length > 0 ? args[0] : System.getenv("HUYING_DATABASE_URL");
        List<String> faults;
        try (var directory = TestDirectory.create();
                var servers = EmbeddedServers.start(directory.path(), given == null, true)) {
            var url = given == null ? servers.databaseUrl() : given;
            var redisUrl = servers.redisUrl();
            if (url == null || redisUrl == null) {
                throw new IllegalStateException("the embedded servers have no addresses");
            }
            Migrations.run(url);
            faults = againstNode(url, redisUrl);
        }
        System.out.println(
                faults.isEmpty() ? "the database holds what was answered, nobody twice" : "WRONG: " + faults);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private static List<String> againstNode(String url, String redisUrl) throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var keys = TestKeys.generate();
        var infrastructure = new Infrastructure(
                Infrastructure.vertx(registry),
                url,
                List.of(redisUrl),
                new Infrastructure.WeChatAccess("http://127.0.0.1:1", "none", "none"),
                keys,
                Contract.load(),
                Infrastructure.clock(Duration.ZERO),
                registry,
                new RequestMetrics(registry),
                new LocalCounters(),
                Runtime.getRuntime().availableProcessors(),
                new AtomicBoolean());
        var node = await(Node.start(infrastructure, 0, 0));
        try {
            return new BookingBench(url, keys, node.httpPort()).run();
        } finally {
            await(Node.stop(infrastructure));
        }
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
        int onePool = bestPool("one meal", this::aloneOnOneMeal);
        int manyPool = bestPool("1,000 meals", this::aloneOnManyMeals);
        var alone = new Row("(a) one meal, a transaction each, pool of " + onePool);
        var known = new Row("(b) one meal, HTTP, tokens seen before");
        var keyed = new Row("    the same with idempotency keys");
        var fresh = new Row("(c) one meal, HTTP, tokens never seen");
        var aloneOnMany = new Row("    1,000 meals, a transaction each, pool of " + manyPool);
        var many = new Row("(d) 1,000 meals, HTTP, tokens seen before");
        for (int round = 0; round < ROUNDS && (round == 0 || isTimeLeft()); round++) {
            alone.add(aloneOnOneMeal(onePool));
            showTokens();
            known.add(book(oneMeal(), knownTokens, false));
            keyed.add(book(oneMeal(), knownTokens, true));
            aloneOnMany.add(aloneOnManyMeals(manyPool));
            many.add(book(spread(manyMeals), knownTokens, false));
            fresh.add(book(oneMeal(), newTokens(), false));
        }
        System.out.printf(
                "the median of %d rounds, each of which measures all rows in turn; processor time of load and service"
                        + " + of the database%n",
                alone.results().size());
        List.of(alone, known, keyed, fresh).forEach(row -> row.print(alone));
        List.of(aloneOnMany, many).forEach(row -> row.print(aloneOnMany));
    }

    private boolean isTimeLeft() {
        return System.nanoTime() - startedNanos < LAST_ROUND_NANOS;
    }

    /** Until nothing gets faster any more. */
    private void warmUp() throws Exception {
        for (int round = 0; round < WARM_ROUNDS; round++) {
            showTokens();
            book(oneMeal(), newTokens(), false);
            book(oneMeal(), knownTokens, true);
            book(spread(manyMeals), knownTokens, false);
            aloneOnOneMeal(POOL_SIZES[round % POOL_SIZES.length]);
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
        System.out.println(what + ", a transaction each, bookings/s by pool: "
                + rates.entrySet().stream()
                        .map(rate -> String.format(Locale.ROOT, "%d: %,.0f", rate.getKey(), rate.getValue()))
                        .collect(Collectors.joining(", ")));
        return Collections.max(rates.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private LoadResult aloneOnOneMeal(int poolSize) throws Exception {
        var meal = oneMeal();
        return alone(poolSize, ALONE_ONE_MEAL, meal);
    }

    private LoadResult aloneOnManyMeals(int poolSize) throws Exception {
        return alone(poolSize, ALONE_MANY_MEALS, spread(manyMealsAlone));
    }

    private LoadResult alone(int poolSize, int count, IntFunction<UUID> meals) throws Exception {
        var baseline = new OneTransactionEach(vertx, url, poolSize, district, codes);
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

    // ---- over HTTP ----

    private LoadResult book(IntFunction<UUID> meals, List<String> bearers, boolean keyed) throws Exception {
        var requests = IntStream.range(0, DINERS)
                .mapToObj(i -> request(meals.apply(i), bearers.get(i), keyed))
                .toList();
        var result = await(load.run(DINERS, i -> requests.get((int) i), this::noteId));
        if (!result.byStatus().keySet().equals(Set.of(201))) {
            throw new IllegalStateException("bookings were answered " + result.byStatus());
        }
        return result;
    }

    private static Buffer request(UUID meal, String token, boolean keyed) {
        var body = "{\"mealId\":\"" + meal + "\",\"mode\":\"dine_in\",\"portions\":1}";
        return Buffer.buffer("POST /v1/bookings HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + (keyed ? "\r\nIdempotency-Key: " + UUID.randomUUID() : "") + "\r\n\r\n" + body);
    }

    private void noteId(long number, int status, Buffer answer, int bodyStart) {
        if (status == 201) {
            int from = bodyStart + ID_AT;
            acknowledged.add(UUID.fromString(answer.getString(from, from + ID_LENGTH)));
        }
    }

    /**
     * Each person's token on the connection on which the person will book, in a request that ends after that. The
     * connections are new ones, since those from before may have been idle for too long.
     */
    private void showTokens() throws Exception {
        await(load.open());
        var shown = await(load.run(
                DINERS,
                i -> Buffer.buffer(
                        "GET /v1/places/none HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                + knownTokens.get((int) i) + "\r\n\r\n",
                        StandardCharsets.US_ASCII.name())));
        if (!shown.byStatus().keySet().equals(Set.of(400))) {
            throw new IllegalStateException("tokens were answered " + shown.byStatus());
        }
    }

    private List<String> newTokens() {
        return IntStream.range(0, DINERS)
                .mapToObj(i -> new SessionOwner(district.diner(i), district.id(), Caller.Kind.RESIDENT))
                .map(owner -> tokens.issue(new OpenSession(Ids.next(), owner, "none"), List.of(Role.RESIDENT)))
                .toList();
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
        showTokens();
        var meal = district.meals(1, LAST_PLACES).get(0);
        var result =
                await(load.run(4L * LAST_PLACES, i -> request(meal, knownTokens.get((int) i), false), this::noteId));
        var faults = new ArrayList<>(district.faults(acknowledged, bookedAlone));
        var expected = Map.of(201, (long) LAST_PLACES, 409, 3L * LAST_PLACES);
        if (!result.byStatus().equals(expected)) {
            faults.add("the last " + LAST_PLACES + " places were answered " + result.byStatus());
        }
        return faults;
    }

    private record Row(String name, List<LoadResult> results) {
        Row(String name) {
            this(name, new ArrayList<>());
        }

        void add(LoadResult result) {
            results.add(result);
        }

        void print(Row baseline) {
            var ratio = median().perSecond() / baseline.median().perSecond();
            System.out.println(
                    median().line(name) + String.format(Locale.ROOT, "   %s   ratio %.2f", median().cpuEach(), ratio));
        }

        private LoadResult median() {
            return results.stream()
                    .sorted(Comparator.comparingDouble(LoadResult::perSecond))
                    .toList()
                    .get(results.size() / 2);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
}
