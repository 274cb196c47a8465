package org.huying.testing;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.app.BackgroundWork;
import org.huying.app.Infrastructure;
import org.huying.app.Node;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.db.job.JobWorker;
import org.huying.demo.Demo;
import org.huying.demo.district.DemoStructure;
import org.huying.http.Contract;
import org.huying.http.RequestMetrics;
import org.huying.redis.LocalCounters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A whole node for a test class, on a database of its own that holds the demo districts without history, with a domain
 * clock that the test moves. Register it as a static extension.
 */
public final class TestApp implements BeforeAllCallback, AfterAllCallback {
    private static final long TIMEOUT_SECONDS = 60;

    private final TestClock clock = new TestClock(Instant.now());
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private @Nullable Running running;

    private record Running(Infrastructure infrastructure, Node node, Database database, JobWorker worker) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var vertx = Infrastructure.vertx(registry);
        var infrastructure = new Infrastructure(
                vertx,
                TestServers.createDatabase(DemoTemplate.name()),
                List.of(TestServers.redisUrl()),
                await(Demo.simulateWeChat(vertx)),
                DemoTemplate.KEYS,
                Contract.load(),
                clock,
                registry,
                new RequestMetrics(registry),
                new LocalCounters(),
                2,
                new AtomicBoolean());
        var node = await(Node.answer(infrastructure, 0, 0));
        var database = new Database(Pools.forBulk(vertx, "test", infrastructure.databaseUrl(), 8));
        running = new Running(infrastructure, node, database, BackgroundWork.worker(vertx, infrastructure, database));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        await(Node.stop(running().infrastructure()));
    }

    public TestClock clock() {
        return clock;
    }

    /** Does what is due by the test's clock; the node does none of it by itself. */
    public void runJobs() {
        await(running().worker().runDue());
    }

    /** For looking at rows directly. */
    public Database database() {
        return running().database();
    }

    public FieldCipher cipher() {
        return running().infrastructure().keys().cipher();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + running().node().httpPort());
    }

    public URI managementUri() {
        return URI.create("http://127.0.0.1:" + running().node().managementPort());
    }

    public Api anyone() {
        return new Api(uri());
    }

    /** Demo resident of this number. */
    public Api resident(int number) {
        return wechat("demo-resident-" + number);
    }

    /** Whoever logs in with this code of the simulator. */
    public Api wechat(String code) {
        return anyone().bearing(tokens.computeIfAbsent(
                "wechat " + code, key -> token("/v1/auth/wechat", new JsonObject().put("code", code))));
    }

    /** A demo staff member. */
    public Api staff(String username) {
        var login = new JsonObject().put("username", username).put("password", DemoStructure.PASSWORD);
        return anyone().bearing(tokens.computeIfAbsent("staff " + username, key -> token("/v1/auth/staff", login)));
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String token(String path, JsonObject login) {
        return anyone().post(path, login).json().getString("accessToken");
    }

    private Running running() {
        return Objects.requireNonNull(running, "the node is not running");
    }
}
