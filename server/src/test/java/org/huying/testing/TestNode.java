package org.huying.testing;

import static org.huying.testing.TestApp.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.app.BackgroundWork;
import org.huying.app.Infrastructure;
import org.huying.app.Keys;
import org.huying.app.Node;
import org.huying.app.OutwardWork;
import org.huying.db.Database;
import org.huying.db.Waits;
import org.huying.db.clock.ClockGuard;
import org.huying.db.job.JobWorker;
import org.huying.demo.Demo;
import org.huying.http.Contract;
import org.huying.http.Cors;
import org.huying.http.Patience;
import org.huying.http.RequestMetrics;
import org.huying.http.TrustedProxies;
import org.huying.identity.PasswordCost;
import org.huying.kernel.MemoryBudget;
import org.huying.photo.PhotoWorkshop;
import org.huying.redis.LocalCounters;
import org.jspecify.annotations.Nullable;

/**
 * A whole node of two event loops in this JVM, on free ports; several share a database as they would in the field. It waits
 * for the database longer than in the field, unless told otherwise: a busy machine is not an outage.
 */
public final class TestNode implements AutoCloseable {
    public static final int EVENT_LOOPS = 2;
    /** Whose pages may call from a browser. */
    public static final String PAGE_ORIGIN = "https://console.example.cn";

    /** Next to none: what a login costs is of no interest to a test that logs in. */
    public static final PasswordCost PASSWORD_COST = new PasswordCost(64, 1);

    /** Of all nodes: nothing changes it, and to read it takes a while. */
    public static final Contract CONTRACT = Contract.load();

    private static final long MEMORY_MAX_BYTES = 512L << 20;

    private final Infrastructure infrastructure;
    private final Node node;

    private TestNode(Infrastructure infrastructure, Node node) {
        this.infrastructure = infrastructure;
        this.node = node;
    }

    /** On a database that is migrated; how it is to be otherwise is said before it is started. */
    public static Plan on(String databaseUrl, Keys keys, Clock clock) {
        return new Plan(databaseUrl, keys, clock);
    }

    /** As most need it. */
    public static TestNode start(String databaseUrl, Keys keys, Clock clock) {
        return on(databaseUrl, keys, clock).start();
    }

    /** As most need it, and does nothing of what is due. */
    public static TestNode answering(String databaseUrl, Keys keys, Clock clock) {
        return on(databaseUrl, keys, clock).answer();
    }

    /** What a node is to be like, where it is not like the others. */
    public static final class Plan {
        private final String databaseUrl;
        private final Keys keys;
        private final Clock clock;
        private String redisUrl = TestServers.redisUrl();
        private ClockGuard guard = ClockGuard.trusting();
        private MemoryBudget memory = new MemoryBudget(MEMORY_MAX_BYTES);
        private Patience patience = Patience.USUAL;
        private Waits waits = Patient.WAITS;
        private Infrastructure.@Nullable WeChatAccess wechat;

        private Plan(String databaseUrl, Keys keys, Clock clock) {
            this.databaseUrl = databaseUrl;
            this.keys = keys;
            this.clock = clock;
        }

        /** A Redis that is not everybody's. */
        public Plan redis(String url) {
            this.redisUrl = url;
            return this;
        }

        /** Watches over its clock. */
        public Plan guard(ClockGuard guard) {
            this.guard = guard;
            return this;
        }

        /** What its requests may hold. */
        public Plan memory(MemoryBudget memory) {
            this.memory = memory;
            return this;
        }

        /** For how long it waits for its callers. */
        public Plan patience(Patience patience) {
            this.patience = patience;
            return this;
        }

        /** For how long it waits for its database. */
        public Plan waits(Waits waits) {
            this.waits = waits;
            return this;
        }

        /** A WeChat that is not its own. */
        public Plan wechat(Infrastructure.WeChatAccess wechat) {
            this.wechat = wechat;
            return this;
        }

        /** Speaks HTTP/2 too, so that more can come at once than there are descriptors. */
        public TestNode start() {
            var infrastructure = infrastructure(true);
            return new TestNode(infrastructure, await(Node.start(infrastructure, 0, 0)));
        }

        /** One that does nothing of what is due. */
        public TestNode answer() {
            var infrastructure = infrastructure(false);
            return new TestNode(infrastructure, await(Node.answer(infrastructure, 0, 0)));
        }

        private Infrastructure infrastructure(boolean http2) {
            var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            var vertx = Infrastructure.vertx(registry);
            var access = wechat == null ? await(Demo.simulateWeChat(vertx)) : wechat;
            var redisUrls = List.of(redisUrl);
            return new Infrastructure(
                    vertx,
                    databaseUrl,
                    waits,
                    redisUrls,
                    access,
                    Infrastructure.appToken(vertx, access, redisUrls, keys),
                    // Tests say where they come from, as a load balancer would.
                    TrustedProxies.of(List.of("127.0.0.0/8")),
                    keys,
                    CONTRACT,
                    clock,
                    guard,
                    registry,
                    new RequestMetrics(registry),
                    new LocalCounters(),
                    memory,
                    patience,
                    PASSWORD_COST,
                    new PhotoWorkshop(vertx, photoDirectory(databaseUrl), keys.cipher(), registry),
                    new Cors(Set.of(PAGE_ORIGIN)),
                    http2,
                    EVENT_LOOPS,
                    new AtomicBoolean());
        }
    }

    /** The nodes of one database share it, as they would in the field. */
    static Path photoDirectory(String databaseUrl) {
        return TestServers.directory().resolve("photos-" + TestServers.databaseName(databaseUrl));
    }

    public Path photoDirectory() {
        return photoDirectory(databaseUrl());
    }

    /** Does what is due within, when it is told to. */
    public JobWorker worker(Database database) {
        return BackgroundWork.worker(vertx(), infrastructure, database);
    }

    /** Does what is due beyond our own walls, when it is told to. */
    public JobWorker outwardWorker(Database database) {
        return new OutwardWork(vertx(), infrastructure, database).worker();
    }

    public Infrastructure.WeChatAccess wechat() {
        return infrastructure.wechat();
    }

    /** Where the simulator lists the messages that it was sent. */
    public URI sentMessages() {
        return URI.create(infrastructure.wechat().url() + Demo.MESSAGES_PATH);
    }

    public Vertx vertx() {
        return infrastructure.vertx();
    }

    public String databaseUrl() {
        return infrastructure.databaseUrl();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + node.httpPort());
    }

    public URI managementUri() {
        return URI.create("http://127.0.0.1:" + node.managementPort());
    }

    /** Its end, which the caller awaits. */
    public Future<Void> stop() {
        return node.stop();
    }

    /** Is not ready any more, and still serves. */
    public void leave() {
        node.leave();
    }

    @Override
    public void close() {
        await(stop());
    }
}
