package org.huying.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.huying.Main;

/** A node in a process of its own, as it runs in the field, on servers that the test names. */
public final class NodeProcess implements AutoCloseable {
    private static final String READY = "ready ";

    private final Process process;
    private final URI uri;

    private NodeProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Returns when it says that it is ready; migrates the database where it is not. */
    public static NodeProcess start(String ownerUrl, String databaseUrl, KeyFiles keys, Path dataDirectory)
            throws IOException {
        var process = OtherJvm.start(
                NodeProcess.class,
                Map.ofEntries(
                        Map.entry("HUYING_DATABASE_URL", databaseUrl),
                        Map.entry("HUYING_MIGRATION_DATABASE_URL", ownerUrl),
                        Map.entry("HUYING_REDIS_URL", TestServers.redisUrl()),
                        Map.entry("HUYING_DATA_DIR", dataDirectory.toString()),
                        Map.entry("HUYING_HTTP_PORT", "0"),
                        Map.entry("HUYING_MANAGEMENT_PORT", "0"),
                        Map.entry("HUYING_JWT_KEY_FILE", keys.signing().toString()),
                        Map.entry("HUYING_DATA_KEY_FILE", keys.data().toString()),
                        // Nobody logs in by it.
                        Map.entry("HUYING_WECHAT_URL", "http://127.0.0.1:1"),
                        Map.entry("HUYING_WECHAT_APP_ID", "app"),
                        Map.entry("HUYING_WECHAT_SECRET", "secret")));
        var ready = OtherJvm.awaitLine(process, READY);
        return new NodeProcess(process, URI.create(ready.substring(READY.length())));
    }

    public URI uri() {
        return uri;
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Kills it and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The other JVM: a node, and nothing else but that it does not outlive the test. */
    public static void main(String[] arguments) {
        var lifeline = new Thread(NodeProcess::endWithTheTest, "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
        Main.main(arguments);
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
