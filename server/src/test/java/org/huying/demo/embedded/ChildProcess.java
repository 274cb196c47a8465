package org.huying.demo.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Another JVM that starts the embedded servers on a directory and waits to be killed, or to be told to close them. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final List<String> urls;

    private ChildProcess(Process process, List<String> urls) {
        this.process = process;
        this.urls = urls;
    }

    static ChildProcess start(Path dataDirectory) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        ChildProcess.class.getName(),
                        dataDirectory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith("urls ")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the other process ended before its servers were up");
        }
        return new ChildProcess(process, List.of(line.split(" ")));
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
            System.out.println("urls " + servers.databaseUrl() + " " + servers.redisUrl());
            // Ends when the other side closes its end.
            while (System.in.read() >= 0) {}
        }
    }
}
