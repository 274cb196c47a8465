package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.Rows;
import org.huying.db.clock.ClockGuard;
import org.huying.db.clock.ClockWatch;
import org.huying.db.job.JobWorker;
import org.huying.db.job.Jobs;
import org.huying.db.job.Side;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Reply;
import org.huying.testing.ShiftedClock;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.huying.testing.TestTokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine whose clock somebody sets. The database is on another, whose clock is right. */
class WrongClockNodeTest {
    private static final ShiftedClock CLOCK = ShiftedClock.real();
    private static final ClockGuard GUARD = new ClockGuard(CLOCK, CLOCK, System::nanoTime);

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Database database;

    @BeforeAll
    static void start() {
        node = TestNode.on(TestServers.createDatabase(DemoTemplate.name()), DemoTemplate.KEYS, CLOCK)
                .guard(GUARD)
                .answer();
        database = new Database(Pools.forBulk(node.vertx(), "test", node.databaseUrl(), 2));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void right() {
        CLOCK.shift(Duration.ZERO);
        await(database.read(client -> client.query("DELETE FROM clock_mark").execute()));
        compare();
    }

    @Test
    void whoseClockIsSetAheadWritesNothingAndSaysSoUntilItIsPutRight() throws Exception {
        // given
        assertThat(write().status()).isEqualTo(201);

        // when
        CLOCK.shift(Duration.ofDays(1));

        // then
        var refused = write();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("clock_wrong");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(resident().get("/v1/bookings").status()).isEqualTo(200);
        assertThat(resident().get("/health/ready").code()).isEqualTo("clock_wrong");
        assertThat(ready().statusCode()).isEqualTo(503);
        assertThat(ready().body()).contains("clock_wrong");

        // when
        CLOCK.shift(Duration.ZERO);

        // then
        assertThat(write().status()).isEqualTo(201);
        assertThat(ready().statusCode()).isEqualTo(200);
    }

    @Test
    void whoseClockIsBehindWritesNothing() {
        // when
        CLOCK.shift(Duration.ofMinutes(-2));

        // then
        assertThat(write().code()).isEqualTo("clock_wrong");
        var order = new JsonObject().put("mealId", Ids.next().toString()).put("mode", "dine_in");
        assertThat(resident().post("/v1/bookings", order).code()).isEqualTo("clock_wrong");
    }

    @Test
    void noJobIsDoneByAWrongClock() {
        // given
        var done = new AtomicInteger();
        var guarded = database.guardedBy(GUARD);
        var worker = new JobWorker(
                Side.INNER,
                guarded,
                CLOCK,
                Map.of("test", (transaction, job) -> {
                    done.incrementAndGet();
                    return Future.succeededFuture();
                }),
                new SimpleMeterRegistry());
        await(database.inTransaction(transaction -> Jobs.leave(
                transaction,
                DemoStructure.districtId(),
                Jobs.NewJob.of("test", Ids.next(), CLOCK.instant().minusSeconds(60)))));

        // when
        CLOCK.shift(Duration.ofDays(1));

        // then
        await(worker.runDue().otherwiseEmpty());
        assertThat(done).hasValue(0);

        // when
        CLOCK.shift(Duration.ZERO);

        // then
        await(worker.runDue());
        assertThat(done).hasValue(1);
    }

    @Test
    void whatWasWrittenByAClockAheadStopsTheNodeUntilAnOperatorAcceptsIt() {
        // given
        CLOCK.shift(Duration.ofSeconds(59));
        compare();
        await(database.read(client -> client.preparedQuery("UPDATE clock_mark SET latest = $1")
                .execute(Tuple.of(Rows.utc(CLOCK.instant().plus(Duration.ofDays(2)))))));
        CLOCK.shift(Duration.ZERO);

        // when
        compare();

        // then
        assertThat(write().code()).isEqualTo("clock_wrong");
        assertThat(kindsOfIncidents()).contains("backwards");

        // when
        await(database.inTransaction(transaction -> ClockWatch.accept(transaction, CLOCK.instant())));
        compare();

        // then
        assertThat(write().status()).isEqualTo(201);
        assertThat(kindsOfIncidents()).contains("accepted");
    }

    private static void compare() {
        await(new ClockWatch(node.vertx(), database, GUARD).compare());
    }

    private static List<String> kindsOfIncidents() {
        return await(database.read(client -> client.query("SELECT kind FROM clock_incident")
                .execute()
                .map(Rows.list(row -> row.getString("kind")))));
    }

    private static Reply write() {
        return resident().post("/v1/mandates", new JsonObject().put("scope", new JsonArray().add("booking")));
    }

    private static HttpResponse<String> ready() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(node.managementUri().resolve("/health/ready"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static Api resident() {
        return new Api(node.uri())
                .bearing(new TestTokens(DemoTemplate.KEYS)
                        .resident(DemoStructure.districtId(), DemoStructure.resident(1)));
    }
}
