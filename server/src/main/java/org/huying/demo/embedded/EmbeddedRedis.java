package org.huying.demo.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.huying.command.Failures;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * A real Redis under a directory of ours, for this process alone; it keeps nothing over a restart. Sessions, orphans
 * and closing are as with {@link EmbeddedPostgres}.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final int ANSWER_MILLIS = 1_000;
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final DirectoryLock lock;
    private final Path home;
    private final List<String> command;
    private final int port;
    private final String password;
    private volatile Process process;

    private EmbeddedRedis(
            DirectoryLock lock, Path home, List<String> command, Process process, int port, String password) {
        this.lock = lock;
        this.home = home;
        this.command = command;
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server; blocks until it answers.
     *
     * @throws EmbeddedServerException if it cannot start, or if another process has the directory
     */
    public static EmbeddedRedis start(Path directory) {
        try {
            Path home = Files.createDirectories(directory).toRealPath();
            DirectoryLock lock = DirectoryLock.acquire(home);
            try {
                stopOrphans(home);
                return launch(lock, home);
            } catch (IOException | RuntimeException e) {
                lock.release();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedServerException("cannot start Redis in " + directory + ": " + Failures.inAnyWords(e), e);
        }
    }

    private static EmbeddedRedis launch(DirectoryLock lock, Path home) throws IOException {
        Path log = log(home);
        Files.deleteIfExists(log);
        Path program = unpack(home, log);
        String password = Trees.newSecret();
        for (int attempt = 1; ; attempt++) {
            int port = Commands.freePort();
            Trees.writePrivately(settings(home), settings(port, password));
            List<String> command = List.of(program.toString(), settings(home).toString());
            Process process = Commands.server(command, home, log);
            EmbeddedRedis server = new EmbeddedRedis(lock, home, command, process, port, password);
            if (server.isUp()) {
                return server;
            }
            if (attempt == ATTEMPTS || !Commands.tail(log).contains("in use")) {
                throw new EmbeddedServerException("Redis cannot start in " + home + "\n" + Commands.tail(log));
            }
        }
    }

    /** Whether it answers; it has ended when it does not. */
    private boolean isUp() {
        Process started = process;
        if (Processes.await(() -> !started.isAlive() || answers(), START) && started.isAlive()) {
            return true;
        }
        started.destroyForcibly();
        return false;
    }

    Process process() {
        return process;
    }

    /** After it has died, on its port and data; blocks until it is of use again. */
    void startAgain() {
        try {
            process = Commands.server(command, home, log(home));
            if (!isUp()) {
                throw new EmbeddedServerException("Redis cannot start in " + home + "\n" + Commands.tail(log(home)));
            }
        } catch (IOException e) {
            throw new EmbeddedServerException("cannot start Redis again: " + Failures.inAnyWords(e), e);
        }
    }

    private static Path log(Path home) {
        return home.resolve("server.log");
    }

    /** The password is in a file, as everybody can read the arguments of a process. */
    private static String settings(int port, String password) {
        return """
                bind 127.0.0.1
                port %d
                requirepass %s
                save ""
                appendonly no
                maxmemory 256mb
                maxmemory-policy allkeys-lru
                set-proc-title no
                """.formatted(port, password);
    }

    private static Path settings(Path home) {
        return home.resolve("redis.conf");
    }

    /** The 64-bit program needs OpenSSL 3 of the machine; where that is missing, the static 32-bit one serves. */
    private static Path unpack(Path home, Path log) throws IOException {
        Path program = unpack(home, "redis-server", ExecutableProvider.newProvidedVersionsMap());
        if (Commands.run(List.of(program.toString(), "--version"), home, log) == 0) {
            return program;
        }
        Map<OsArchitecture, String> provided = ExecutableProvider.newProvidedVersionsMap();
        String fallback = provided.get(OsArchitecture.UNIX_x86);
        if (fallback == null) {
            throw new EmbeddedServerException("cannot run " + program + "\n" + Commands.tail(log));
        }
        return unpack(home, "redis-server-static", Map.of(OsArchitecture.detectOSandArchitecture(), fallback));
    }

    /** Anew at each start: it takes milliseconds, and never leaves half a program behind. */
    private static Path unpack(Path home, String name, Map<OsArchitecture, String> programs) throws IOException {
        Path unfinished = home.resolve("unfinished");
        Trees.delete(unfinished);
        Files.createDirectory(unfinished);
        Path unpacked = ExecutableProvider.newJarResourceProvider(unfinished::toFile, programs)
                .get()
                .toPath();
        Path program = home.resolve(name);
        Trees.publish(unpacked, program);
        Trees.delete(unfinished);
        return program;
    }

    private static void stopOrphans(Path home) {
        String settings = settings(home).toString();
        for (ProcessHandle orphan : Processes.find(arguments -> arguments.size() == 2
                && arguments.get(0).startsWith(home + "/redis-server")
                && arguments.get(1).equals(settings))) {
            orphan.destroy();
            if (!Processes.awaitEnd(orphan.pid(), STOP)) {
                orphan.destroyForcibly();
            }
        }
    }

    private boolean answers() {
        byte[] request = ("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] expected = "+OK\r\n+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(Commands.loopback(), port);
                InputStream answer = socket.getInputStream()) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(request);
            return Arrays.equals(answer.readNBytes(expected.length), expected);
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code redis://:password@127.0.0.1:port} */
    public String url() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    /** Stops the server; blocks until it has. */
    @Override
    public void close() {
        try {
            process.destroy();
            if (!Processes.awaitEnd(process.pid(), STOP)) {
                process.destroyForcibly();
            }
        } finally {
            lock.release();
        }
    }
}
