package org.huying.bench;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.app.Infrastructure;
import org.huying.app.Keys;
import org.huying.app.Node;
import org.huying.command.CommandException;
import org.huying.db.Migrations;
import org.huying.db.Pools;
import org.huying.db.Waits;
import org.huying.db.clock.ClockGuard;
import org.huying.demo.embedded.EmbeddedServers;
import org.huying.demo.embedded.TestDirectory;
import org.huying.http.Contract;
import org.huying.http.Cors;
import org.huying.http.Patience;
import org.huying.http.RequestMetrics;
import org.huying.http.TrustedProxies;
import org.huying.identity.PasswordCost;
import org.huying.kernel.MemoryBudget;
import org.huying.notify.MessageTemplates;
import org.huying.photo.PhotoWorkshop;
import org.huying.redis.LocalCounters;
import org.huying.testing.TestKeys;
import org.jspecify.annotations.Nullable;

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
     * @param given the address of a database, {@code postgresql://user:password@host/name}, whose user owns it; else a
     *     server is started
     */
    static List<String> run(@Nullable String given, Work work) throws Exception {
        return run(given, TestKeys.generate(), work);
    }

    /** The same with keys that somebody else needs too. */
    static List<String> run(@Nullable String given, Keys keys, Work work) throws Exception {
        try (var directory = TestDirectory.create();
                var servers = EmbeddedServers.start(directory.path(), given == null, true)) {
            var url = given == null ? servers.ownerUrl() : given;
            var redisUrl = servers.redisUrl();
            if (url == null || redisUrl == null) {
                throw new IllegalStateException("the embedded servers have no addresses");
            }
            // As the owner, who may analyze the tables.
            Migrations.run(url, url);
            requireDurable(url);
            return on(url, redisUrl, keys, work);
        }
    }

    /** Figures of a database that forgets would flatter whoever writes. */
    private static void requireDurable(String url) throws Exception {
        var vertx = Vertx.vertx();
        var pool = Pools.forBulk(vertx, "durable", url, 1);
        try {
            for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                var value = await(pool.query("SHOW " + setting).execute())
                        .iterator()
                        .next()
                        .getString(0);
                if (!value.equals("on")) {
                    throw new CommandException(setting + " is " + value + " on this database; it must be on");
                }
            }
        } finally {
            await(pool.close());
            await(vertx.close());
        }
    }

    /** On servers that run, and a database that is migrated. */
    static List<String> on(String url, String redisUrl, Keys keys, Work work) throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var vertx = Infrastructure.vertx(registry);
        var wechat = new Infrastructure.WeChatAccess("http://127.0.0.1:1", "none", "none", MessageTemplates.none());
        var infrastructure = new Infrastructure(
                vertx,
                url,
                Waits.USUAL,
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
                MemoryBudget.ofHeap(),
                Patience.USUAL,
                PasswordCost.STRONG,
                new PhotoWorkshop(vertx, Path.of("no-photos"), keys.cipher(), registry),
                new Cors(List.of()),
                false,
                Runtime.getRuntime().availableProcessors(),
                new AtomicBoolean());
        var node = await(Node.start(infrastructure, 0, 0));
        try {
            return work.with(new BenchNode(url, keys, node.httpPort()));
        } finally {
            await(node.stop());
        }
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }

    static void printLoad(String when) {
        System.out.printf(
                Locale.ROOT,
                "load average %s %.2f%n",
                when,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
