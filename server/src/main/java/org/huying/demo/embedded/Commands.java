package org.huying.demo.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts programs; their output goes to a log file, never to ours. */
final class Commands {
    private static final int TAIL_LINES = 20;
    private static final long COMMAND_SECONDS = 120;
    private static final Duration BUSY_MAX = Duration.ofSeconds(10);
    /** ETXTBSY, as Java tells it. */
    private static final String TEXT_FILE_BUSY = "error=26,";

    private Commands() {}

    /**
     * Starts a server in a session of its own, so that Ctrl-C, which reaches the whole foreground process group, does
     * not stop it while our process still drains. Every wrapper replaces itself by the next program: the process
     * returned is the server itself.
     */
    static Process server(List<String> command, Path directory, Path log) throws IOException {
        List<String> inSession = new ArrayList<>(List.of("setsid"));
        inSession.addAll(command);
        return spawn(inSession, directory, log);
    }

    /** Runs a program to its end; 0 is success. */
    static int run(List<String> command, Path directory, Path log) throws IOException {
        Process process = spawn(command, directory, log);
        try {
            if (process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new EmbeddedServerException(command + " did not end within " + COMMAND_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while waiting for " + command, e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process spawn(List<String> command, Path directory, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        // A PGPORT or a German LC_MESSAGES of whoever starts us must not change what the servers do or say.
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
        environment.put("TZ", "UTC");
        return start(builder);
    }

    /**
     * A program that was written just now is busy for a moment where somebody else started one meanwhile: until theirs has
     * begun, it has what we were writing open too.
     */
    private static Process start(ProcessBuilder builder) throws IOException {
        var deadlineNanos = System.nanoTime() + BUSY_MAX.toNanos();
        while (true) {
            try {
                return builder.start();
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains(TEXT_FILE_BUSY) || System.nanoTime() > deadlineNanos) {
                    throw e;
                }
                Processes.pause();
            }
        }
    }

    /** The end of a log, for a message. */
    static String tail(Path log) {
        try {
            // Not readAllLines: a log may hold bytes that are no UTF-8.
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** A port that is free now; somebody may take it before the server does, so starters try again with another one. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    /** 127.0.0.1, which is all that the servers listen on, whatever this JVM prefers. */
    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
