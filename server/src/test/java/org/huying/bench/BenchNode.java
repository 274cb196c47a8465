package org.huying.bench;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.app.Infrastructure;
import org.huying.app.Keys;
import org.huying.app.Node;
import org.huying.db.Migrations;
import org.huying.db.clock.ClockGuard;
import org.huying.demo.embedded.EmbeddedServers;
import org.huying.demo.embedded.TestDirectory;
import org.huying.http.Contract;
import org.huying.http.Cors;
import org.huying.http.Patience;
import org.huying.http.RequestMetrics;
import org.huying.http.TrustedProxies;
import org.huying.http.Uploads;
import org.huying.notify.MessageTemplates;
import org.huying.photo.PhotoWorkshop;
import org.huying.redis.LocalCounters;
import org.huying.testing.TestKeys;

/** A whole node in this JVM, with as many event loops as there are cores, and where it keeps its data. */
record BenchNode(String url, Keys keys, int port) {
    @FunctionalInterface
    interface Work {
        /** What is wrong in the end; empty if nothing. */
        List<String> with(BenchNode node) throws Exception;
    }

    /**
     * Starts all that is needed, and stops it.
     *
     * @param args the address of a database, {@code postgresql://user:password@host/name}; else it is taken from
     *     {@code HUYING_DATABASE_URL}, else a server is started
     */
    static List<String> run(String[] args, Work work) throws Exception {
        var given = args.length > 0 ? args[0] : System.getenv("HUYING_DATABASE_URL");
        try (var directory = TestDirectory.create();
                var servers = EmbeddedServers.start(directory.path(), given == null, true)) {
            var url = given == null ? servers.ownerUrl() : given;
            var redisUrl = servers.redisUrl();
            if (url == null || redisUrl == null) {
                throw new IllegalStateException("the embedded servers have no addresses");
            }
            // As the owner, who may analyze the tables.
            Migrations.run(url, url);
            return run(url, redisUrl, work);
        }
    }

    private static List<String> run(String url, String redisUrl, Work work) throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var keys = TestKeys.generate();
        var vertx = Infrastructure.vertx(registry);
        var wechat = new Infrastructure.WeChatAccess("http://127.0.0.1:1", "none", "none", MessageTemplates.none());
        var infrastructure = new Infrastructure(
                vertx,
                url,
                List.of(redisUrl),
                wechat,
                Infrastructure.appToken(vertx, wechat, List.of(redisUrl), keys),
                TrustedProxies.none(),
                keys,
                Contract.load(),
                Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)),
                ClockGuard.trusting(),
                registry,
                new RequestMetrics(registry),
                new LocalCounters(),
                new Uploads(0),
                Patience.USUAL,
                new PhotoWorkshop(vertx, Path.of("no-photos"), keys.cipher(), registry),
                new Cors(List.of()),
                false,
                Runtime.getRuntime().availableProcessors(),
                new AtomicBoolean());
        var node = await(Node.start(infrastructure, 0, 0));
        try {
            return work.with(new BenchNode(url, keys, node.httpPort()));
        } finally {
            await(Node.stop(infrastructure));
        }
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }
}
