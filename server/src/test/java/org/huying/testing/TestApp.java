package org.huying.testing;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.db.job.JobWorker;
import org.huying.demo.district.DemoStructure;
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

    private final TestClock clock = new TestClock();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private @Nullable Running running;

    private record Running(TestNode node, Database database, Redis redis, JobWorker inner, JobWorker outward) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        clock.set(TestDay.start());
        tokens.clear();
        var node = TestNode.answering(TestServers.createDatabase(DemoTemplate.name()), DemoTemplate.KEYS, clock);
        var database = new Database(Pools.forBulk(node.vertx(), "test", node.databaseUrl(), 8));
        var redis = Redis.createClient(node.vertx(), TestServers.redisUrl());
        running = new Running(node, database, redis, node.worker(database), node.outwardWorker(database));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running().node().close();
    }

    public TestClock clock() {
        return clock;
    }

    /** As if nobody had used up anything of a limit: for who does at once what people do in days. */
    public void forgetLimit(String name) {
        var forget = "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end";
        await(running().redis().send(Request.cmd(Command.EVAL, forget, 0, "huying:limit:" + name + ":*")));
    }

    /** Does what is due by the test's clock; the node does none of it by itself. */
    public void runJobs() {
        runInnerJobs();
        await(running().outward().runDue());
    }

    /** Only what needs nobody else's service. */
    public void runInnerJobs() {
        await(running().inner().runDue());
    }

    /** What the simulator of WeChat was sent, latest last. */
    public List<JsonObject> sentMessages() {
        return SentMessages.at(running().node().sentMessages());
    }

    /** Where the node keeps photos. */
    public Path photoDirectory() {
        return TestNode.photoDirectory(running().node().databaseUrl());
    }

    /** With the service's own rights. */
    public String databaseUrl() {
        return running().node().databaseUrl();
    }

    /** For looking at rows directly. */
    public Database database() {
        return running().database();
    }

    public FieldCipher cipher() {
        return DemoTemplate.KEYS.cipher();
    }

    public URI uri() {
        return running().node().uri();
    }

    public URI managementUri() {
        return running().node().managementUri();
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

    /** Whose sessions were ended logs in again. */
    public void forgetLogin(String username) {
        tokens.remove("staff " + username);
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
