package org.huying.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.huying.Main;

/** A node in a process of its own, as it runs in the field, on servers that the test names. */
public final class NodeProcess implements AutoCloseable {
    private static final String READY = "ready ";
    private static final String METRICS = "metrics ";

    private final Process process;
    private final URI uri;
    private final URI managementUri;

    private NodeProcess(Process process, URI uri, URI managementUri) {
        this.process = process;
        this.uri = uri;
        this.managementUri = managementUri;
    }

    /**
     * Returns when it says that it is ready; migrates the database where it is not.
     *
     * @param clock what the node's domain takes for the time; it goes on as time does
     */
    public static NodeProcess start(String ownerUrl, String databaseUrl, KeyFiles keys, Path dataDirectory, Clock clock)
            throws IOException {
        return start(ownerUrl, databaseUrl, keys, dataDirectory, clock, Map.of());
    }

    /** The same with further variables in its environment. */
    public static NodeProcess start(
            String ownerUrl,
            String databaseUrl,
            KeyFiles keys,
            Path dataDirectory,
            Clock clock,
            Map<String, String> further)
            throws IOException {
        var ahead = Duration.between(Clock.systemUTC().instant(), clock.instant());
        var environment = new HashMap<>(Map.ofEntries(
                Map.entry("HUYING_DATABASE_URL", databaseUrl),
                Map.entry("HUYING_MIGRATION_DATABASE_URL", ownerUrl),
                Map.entry("HUYING_REDIS_URL", TestServers.redisUrl()),
                Map.entry("HUYING_DATA_DIR", dataDirectory.toString()),
                Map.entry("HUYING_HTTP_PORT", "0"),
                Map.entry("HUYING_MANAGEMENT_PORT", "0"),
                // The database may hold the demo districts, or parts of them.
                Map.entry("HUYING_DEMO", "true"),
                Map.entry("HUYING_JWT_KEY_FILE", keys.signing().toString()),
                Map.entry("HUYING_DATA_KEY_FILE", keys.data().toString()),
                // Nobody logs in by it.
                Map.entry("HUYING_WECHAT_URL", "http://127.0.0.1:1"),
                Map.entry("HUYING_WECHAT_APP_ID", "app"),
                Map.entry("HUYING_WECHAT_SECRET", "secret")));
        environment.putAll(further);
        var process = OtherJvm.start(NodeProcess.class, environment, ahead.toString());
        return new NodeProcess(process, awaitUri(process, READY), awaitUri(process, METRICS));
    }

    private static URI awaitUri(Process process, String name) throws IOException {
        return URI.create(OtherJvm.awaitLine(process, name).substring(name.length()));
    }

    public URI uri() {
        return uri;
    }

    public URI managementUri() {
        return managementUri;
    }

    /** As {@code kill} does, and does not wait. By the handle: the process itself would close the lifeline, too. */
    public Process terminate() {
        process.toHandle().destroy();
        return process;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does; returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** The other JVM: a node whose domain is ahead, and nothing else but that it does not outlive the test. */
    public static void main(String[] arguments) {
        var lifeline = new Thread(NodeProcess::endWithTheTest, "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
        Main.run(Clock.offset(Clock.systemUTC(), Duration.parse(arguments[0])));
    }

    private static void endWithTheTest() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The test is gone all the same.
        }
        Runtime.getRuntime().halt(1);
    }
}
