package org.huying.testing;

import static org.huying.testing.TestApp.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.app.Infrastructure;
import org.huying.app.Keys;
import org.huying.app.Node;
import org.huying.demo.Demo;
import org.huying.http.Contract;
import org.huying.http.RequestMetrics;
import org.huying.redis.LocalCounters;

/** A whole node of two event loops in this JVM, on free ports; several share a database as they would in the field. */
public final class TestNode implements AutoCloseable {
    public static final int EVENT_LOOPS = 2;

    private final Infrastructure infrastructure;
    private final Node node;

    private TestNode(Infrastructure infrastructure, Node node) {
        this.infrastructure = infrastructure;
        this.node = node;
    }

    /** On a database that is migrated. */
    public static TestNode start(String databaseUrl, Keys keys, Clock clock) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var vertx = Infrastructure.vertx(registry);
        var infrastructure = new Infrastructure(
                vertx,
                databaseUrl,
                List.of(TestServers.redisUrl()),
                await(Demo.simulateWeChat(vertx)),
                keys,
                Contract.load(),
                clock,
                registry,
                new RequestMetrics(registry),
                new LocalCounters(),
                EVENT_LOOPS,
                new AtomicBoolean());
        return new TestNode(infrastructure, await(Node.start(infrastructure, 0, 0)));
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

    @Override
    public void close() {
        await(Node.stop(infrastructure));
    }
}
