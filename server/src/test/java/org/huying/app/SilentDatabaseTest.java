package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.Rows;
import org.huying.db.Waits;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Role;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Eventually;
import org.huying.testing.Reply;
import org.huying.testing.TcpProxy;
import org.huying.testing.TestClock;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.huying.testing.TestTokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A database that says nothing any more. Every answer awaited here comes while it is silent: whoever waits for it would wait
 * for ever.
 */
@Tag("long")
class SilentDatabaseTest {
    private static final Instant NOW = Instant.parse("2027-03-10T02:00:00Z");
    private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneId.of("Asia/Shanghai"));
    private static final UUID DISTRICT = DemoStructure.districtId();
    private static final TestTokens TOKENS = new TestTokens(DemoTemplate.KEYS);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 24;

    @SuppressWarnings("NullAway.Init")
    private static TcpProxy way;

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Database direct;

    private final HttpClient plain = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        var url = TestServers.createDatabase(DemoTemplate.name());
        way = new TcpProxy(URI.create(url));
        node = TestNode.on(way.instead(url), DemoTemplate.KEYS, new TestClock(NOW))
                .waits(Waits.USUAL)
                .answer();
        direct = new Database(Pools.forBulk(node.vertx(), "test", url, 2));
    }

    @AfterAll
    static void stop() {
        node.close();
        way.close();
    }

    @AfterEach
    void recover() {
        way.thaw();
        Eventually.until("ready again", () -> ready().statusCode() == 200);
    }

    @Test
    void idleConnectionsThatDiedAreFoundOutBeforeSomebodyNeedsThem() {
        // given
        assertThat(readAtOnce()).allMatch(reply -> reply.status() == 200);

        // when
        way.freezeExisting();
        Eventually.until("dead connections given up", () -> way.frozenWays() == 0);

        // then
        assertThat(readAtOnce()).allMatch(reply -> reply.status() == 200);
    }

    @Test
    void whileNothingAnswersEverybodyIsToldSoAndSoIsTheLoadBalancer() throws Exception {
        // given
        assertThat(readAtOnce()).allMatch(reply -> reply.status() == 200);

        // when
        way.freeze();

        // then
        for (int round = 0; round < 2; round++) {
            assertThat(readAtOnce()).allMatch(SilentDatabaseTest::isAway);
        }
        assertThat(resident(1).get("/health/ready")).matches(SilentDatabaseTest::isAway);
        assertThat(ready().body()).contains("\"down\"", "database_unavailable");
        assertThat(resident(1).get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void aBookingWithoutAnAnswerIsThereOnceAfterItIsAskedForAgain() {
        // given
        var meal = meal(20);
        var order = new JsonObject().put("mealId", meal).put("mode", "dine_in");
        book(1, order, "warm").withStatus(201);

        // when
        way.freeze();
        var lost = IntStream.rangeClosed(2, AT_ONCE).mapToObj(n -> bookLater(n, order, "key-" + n)).toList().stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(lost).allMatch(SilentDatabaseTest::isAway);
        way.thaw();
        Eventually.until("booked", () -> book(2, order, "key-2").status() == 201);

        // then
        IntStream.rangeClosed(3, AT_ONCE)
                .forEach(n -> book(n, order, "key-" + n).withStatus(201));
        var shown = operator().get("/v1/meals/" + meal + "/bookings?limit=100").items();
        assertThat(shown).hasSize(AT_ONCE);
    }

    @Test
    void aNodeEndsAlsoWhileTheDatabaseSaysNothing() {
        // given
        var url = TestServers.createDatabase(DemoTemplate.name());
        try (var other = new TcpProxy(URI.create(url))) {
            var ending = TestNode.on(other.instead(url), DemoTemplate.KEYS, new TestClock(NOW))
                    .waits(Waits.USUAL)
                    .start();
            other.freeze();
            var asked = new Api(ending.uri())
                    .bearing(token(1))
                    .send("GET", "/v1/bookings", HttpRequest.BodyPublishers.noBody());

            // when
            ending.close();

            // then
            var told = asked.handle((reply, cut) -> cut != null || isAway(reply));
            assertThat(told.join()).isTrue();
        }
    }

    @Test
    void whoWaitsForALockIsToldByTheServerWhichKeepsTheConnection() {
        // given
        var meal = meal(21);
        var order = new JsonObject().put("mealId", meal).put("mode", "dine_in");
        Promise<Void> release = Promise.promise();
        Promise<Void> locked = Promise.promise();
        var held = direct.inTransaction(transaction -> transaction
                .preparedQuery("SELECT 1 FROM meal WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(UUID.fromString(meal)))
                .onSuccess(rows -> locked.complete())
                .compose(rows -> release.future()));
        await(locked.future());

        // when
        var asked = bookLater(1, order, "key");
        Eventually.until("somebody waits", () -> !waiting().isEmpty());
        var connection = waiting();
        var told = asked.join();

        // then
        assertThat(told).matches(SilentDatabaseTest::isAway);
        assertThat(waiting()).isEmpty();
        assertThat(pids("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"))
                .containsAll(connection);
        release.complete();
        await(held);
        book(1, order, "key").withStatus(201);
    }

    /** Connections that wait for a lock. */
    private static List<Integer> waiting() {
        return pids("""
                SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                """);
    }

    private static List<Integer> pids(String query) {
        return await(direct.read(client -> client.query(query).execute()).map(Rows.list(row -> row.getInteger("pid"))));
    }

    private static boolean isAway(Reply reply) {
        return reply.status() == 503
                && reply.code().equals("database_unavailable")
                && !reply.header("Retry-After").isEmpty();
    }

    /** On both event loops. */
    private static List<Reply> readAtOnce() {
        return IntStream.rangeClosed(1, AT_ONCE)
                .mapToObj(n -> resident(n).send("GET", "/v1/bookings", HttpRequest.BodyPublishers.noBody()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private HttpResponse<String> ready() throws Exception {
        return plain.send(
                HttpRequest.newBuilder(node.managementUri().resolve("/health/ready"))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String meal(int daysAhead) {
        var dish = new JsonObject().put("name", "番茄鸡蛋").put("priceFen", 800);
        return operator()
                .post(
                        "/v1/canteens/" + DemoStructure.canteen(1) + "/meals",
                        new JsonObject()
                                .put("date", TODAY.plusDays(daysAhead).toString())
                                .put("period", "lunch")
                                .put("capacity", 100)
                                .put("bookingOpensAt", NOW.minusSeconds(60).toString())
                                .put("dishes", new JsonArray().add(dish))
                                .put("publish", true))
                .withStatus(201)
                .id()
                .toString();
    }

    private static Reply book(int resident, JsonObject order, String key) {
        return bookLater(resident, order, key).join();
    }

    private static CompletableFuture<Reply> bookLater(int resident, JsonObject order, String key) {
        return resident(resident).with("Idempotency-Key", key).postLater("/v1/bookings", order);
    }

    private static Api operator() {
        return new Api(node.uri())
                .bearing(TOKENS.staff(DISTRICT, DemoStructure.staff("canteen-operator-1"), Role.CANTEEN_OPERATOR));
    }

    private static Api resident(int number) {
        return new Api(node.uri()).bearing(token(number));
    }

    private static String token(int number) {
        return TOKENS.resident(DISTRICT, DemoStructure.resident(number));
    }
}
