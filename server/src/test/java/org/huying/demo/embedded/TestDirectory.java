package org.huying.demo.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * A directory for the servers of one test run, in memory where there is plenty, else under the temporary directory, one
 * family a user. What killed runs left
 * behind, running servers included, is removed by the next.
 */
public final class TestDirectory implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Path path;
    private final DirectoryLock lock;

    private TestDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    public static TestDirectory create() throws IOException {
        Path temporary = Rooms.choose();
        Path family = Files.createDirectories(
                        temporary.resolve("huying-tests-" + ServerAccount.self().owner()))
                .toRealPath();
        // One run at a time may look round: a directory just made, and not yet locked, looks like a leftover.
        try (FileChannel channel = FileChannel.open(family.resolve("lock"), CREATE, WRITE);
                FileLock alone = channel.lock()) {
            if (alone.isValid()) {
                removeLeftovers(family);
            }
            Path path = Files.createTempDirectory(family, "run-");
            return new TestDirectory(path, DirectoryLock.acquire(path));
        }
    }

    public Path path() {
        return path;
    }

    /** Deletes the directory; the servers must have ended. */
    @Override
    public void close() throws IOException {
        Trees.delete(path);
        lock.release();
    }

    private static void removeLeftovers(Path family) throws IOException {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(family, "run-*")) {
            for (Path run : runs) {
                removeUnlessInUse(run);
            }
        }
    }

    private static void removeUnlessInUse(Path run) throws IOException {
        DirectoryLock lock;
        try {
            lock = DirectoryLock.acquire(run);
        } catch (EmbeddedServerException inUse) {
            return;
        }
        stopServers(run);
        Trees.delete(run);
        lock.release();
    }

    private static void stopServers(Path run) {
        Predicate<List<String>> runsFromHere =
                arguments -> !arguments.isEmpty() && arguments.get(0).startsWith(run + "/");
        for (ProcessHandle server : Processes.find(runsFromHere)) {
            server.destroy();
            if (!Processes.awaitEnd(server.pid(), STOP)) {
                server.destroyForcibly();
            }
        }
    }
}
