package org.huying.demo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.huying.testing.OtherJvm;

/** Another JVM that starts the embedded servers on a directory and waits to be killed, or to be told to close them. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final List<String> urls;

    private ChildProcess(Process process, List<String> urls) {
        this.process = process;
        this.urls = urls;
    }

    static ChildProcess start(Path dataDirectory) throws IOException {
        Process process = OtherJvm.start(ChildProcess.class, Map.of(), dataDirectory.toString());
        return new ChildProcess(
                process, List.of(OtherJvm.awaitLine(process, "urls ").split(" ")));
    }

    long pid() {
        return process.pid();
    }

    String databaseUrl() {
        return urls.get(1);
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets it stop its servers and end. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The other JVM. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedServers servers = EmbeddedServers.start(Path.of(arguments[0]), true, true)) {
            System.out.println("urls " + servers.ownerUrl() + " " + servers.redisUrl());
            // Ends when the other side closes its end.
            while (System.in.read() >= 0) {}
        }
    }
}
