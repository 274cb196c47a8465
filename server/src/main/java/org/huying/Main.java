package org.huying;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.flywaydb.core.api.FlywayException;
import org.huying.app.Infrastructure;
import org.huying.app.Keys;
import org.huying.app.Node;
import org.huying.app.Settings;
import org.huying.app.SettingsException;
import org.huying.app.StartException;
import org.huying.command.CommandException;
import org.huying.command.Failures;
import org.huying.command.Outcomes;
import org.huying.command.Program;
import org.huying.db.Migrations;
import org.huying.db.seal.KeyUse;
import org.huying.demo.Demo;
import org.huying.demo.embedded.EmbeddedServerException;
import org.huying.demo.embedded.EmbeddedServers;
import org.huying.kernel.Refusal;
import org.huying.wechat.WeChatUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts one node: settings, embedded servers if asked for, migrations, demo if asked for, and then the service. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Program PROGRAM = new Program(
            "huying",
            List.of(
                    SettingsException.class,
                    StartException.class,
                    EmbeddedServerException.class,
                    KeyUse.WrongKeysException.class,
                    WeChatUse.WrongUseException.class));

    private Main() {}

    /** Runs until the process is told to end. */
    public static void main(String[] args) {
        run(args, System.getenv(), Clock.systemUTC(), System::exit);
    }

    /**
     * Runs until the process is told to end.
     *
     * @param clock what the domain takes for the time; everything else lives by the real one
     */
    public static void run(Clock clock) {
        run(new String[0], System.getenv(), clock, System::exit);
    }

    /**
     * Starts the node in this process, or says why not.
     *
     * @param failed is told what the process is to end with, after a sentence on standard error; not when it runs
     */
    public static void run(String[] args, Map<String, String> environment, Clock clock, IntConsumer failed) {
        long startedNanos = System.nanoTime();
        var code = PROGRAM.run(() -> {
            if (args.length > 0) {
                throw new CommandException("no arguments are taken; the settings are in README.md");
            }
            start(Settings.from(environment), clock, startedNanos);
            return 0;
        });
        if (code != 0) {
            failed.accept(code);
        }
    }

    private static void start(Settings settings, Clock clock, long startedNanos) throws IOException {
        settings.requireFreePorts();
        requireWritable(Files.createDirectories(settings.dataDirectory()));
        var keys = Keys.of(settings);
        var servers = EmbeddedServers.start(
                settings.dataDirectory(),
                settings.databaseUrl() == null,
                settings.redisUrls().isEmpty());
        var shutdown = new Shutdown(servers, settings.stopDelay());
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown, "shutdown"));
        try {
            start(settings, keys, servers, shutdown, clock, startedNanos);
        } catch (RuntimeException e) {
            throw shutdown.isUnderWay() ? endedEarly(e) : e;
        }
    }

    /** Whatever it failed with, its servers were stopped under it. */
    private static StartException endedEarly(RuntimeException failure) {
        LOG.debug("told to end while starting", failure);
        return new StartException(
                "told to end before it had started; what it was at is undone, and the next start does it");
    }

    private static void start(
            Settings settings, Keys keys, EmbeddedServers servers, Shutdown shutdown, Clock clock, long startedNanos) {
        var databaseUrl = Objects.requireNonNullElseGet(
                settings.databaseUrl(), () -> Objects.requireNonNull(servers.databaseUrl()));
        var ownerUrl = servers.ownerUrl() == null
                ? Objects.requireNonNullElse(settings.migrationDatabaseUrl(), databaseUrl)
                : servers.ownerUrl();
        migrate(ownerUrl, databaseUrl);
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var vertx = Infrastructure.vertx(registry);
        var named = settings.wechat();
        var infrastructure = Infrastructure.of(
                vertx,
                registry,
                settings,
                keys,
                databaseUrl,
                servers.redisUrl() == null ? settings.redisUrls() : List.of(servers.redisUrl()),
                clock,
                named == null ? await(Demo.simulateWeChat(vertx)) : named);
        var node = new Node(infrastructure);
        shutdown.stops(node);
        servers.onGivingUp(node::leave);
        await(node.begin());
        if (settings.demo()) {
            requireForward(infrastructure);
            await(Demo.load(infrastructure, ownerUrl));
        } else if (await(Demo.isIn(infrastructure))) {
            throw new StartException("the database holds the demo districts, whose passwords everybody knows:"
                    + " give the service another, empty one, or set HUYING_DEMO=true to go on with the demo");
        } else {
            await(node.useWeChat(named == null));
        }
        announce(await(node.start(settings.endpoints())), startedNanos);
        if (named == null && !settings.demo()) {
            System.err.println(
                    "huying: WeChat is simulated, and anybody can log in as anybody: nothing for real people");
        }
        if (named == null) {
            System.out.println(
                    "simulated WeChat messages " + infrastructure.wechat().url() + Demo.MESSAGES_PATH);
        }
    }

    /** Whoever shifts the demo's time back would only find out that nothing can be done. */
    private static void requireForward(Infrastructure infrastructure) {
        infrastructure.clockGuard().backwards().ifPresent(by -> {
            throw new StartException("the demo's time only goes forward: what is stored reaches " + by.toSeconds()
                    + " s beyond its now; set HUYING_DEMO_CLOCK_OFFSET to what it was, or more, or begin anew in an empty"
                    + " data directory");
        });
    }

    private static void requireWritable(Path directory) {
        if (!Files.isWritable(directory)) {
            throw new StartException("cannot write into " + directory + ", which HUYING_DATA_DIR names");
        }
    }

    private static void migrate(String url, String serviceUrl) {
        try {
            Migrations.run(url, serviceUrl);
        } catch (Migrations.UnfitDatabaseException e) {
            throw new StartException("cannot use " + inWords(URI.create(url)) + ": " + e.getMessage());
        } catch (FlywayException e) {
            LOG.debug("migration failed", e);
            throw new StartException("cannot migrate " + inWords(URI.create(url)) + ": "
                    + Failures.inWords(e).orElseGet(() -> rootMessage(e)));
        }
    }

    /** Without the password. */
    private static String inWords(URI database) {
        return "the database at " + database.getHost() + (database.getPort() < 0 ? "" : ":" + database.getPort())
                + database.getPath();
    }

    /** Standard output is for these lines alone; scripts wait for the first. */
    private static void announce(Node node, long startedNanos) {
        var base = "http://127.0.0.1:" + node.httpPort();
        System.out.println("ready " + base);
        System.out.println("docs " + base + "/docs, contract " + base + "/openapi.yaml");
        System.out.println("metrics http://127.0.0.1:" + node.managementPort() + "/metrics");
        System.out.printf("started in %.1f s%n", (System.nanoTime() - startedNanos) / 1e9);
    }

    private static <T> T await(Future<T> future) {
        try {
            return Outcomes.await(future, START_TIMEOUT);
        } catch (Refusal.Unavailable e) {
            throw new StartException("the database does not answer");
        }
    }

    private static String rootMessage(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
