package org.huying.demo.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a directory for one process. The kernel gives the lock back when the process dies, however it dies; the
 * servers do not inherit it.
 */
final class DirectoryLock {
    private final FileChannel channel;
    private final Path owner;

    private DirectoryLock(FileChannel channel, Path owner) {
        this.channel = channel;
        this.owner = owner;
    }

    /** Takes the lock, or refuses at once, naming the process that has it. */
    static DirectoryLock acquire(Path directory) throws IOException {
        Path owner = directory.resolve("lock.owner");
        // Closing any channel of a file gives back all locks that this process has on it. So the file must not even be
        // opened when this very process has the lock, and the owner's name stands in a file beside it.
        synchronized (DirectoryLock.class) {
            if (Files.exists(owner) && Files.readString(owner).equals(identity())) {
                throw inUse(directory, owner);
            }
            FileChannel channel = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    throw inUse(directory, owner);
                }
                Files.writeString(owner, identity());
                return new DirectoryLock(channel, owner);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
    }

    void release() {
        synchronized (DirectoryLock.class) {
            try {
                if (channel.isOpen()) {
                    Files.deleteIfExists(owner);
                    channel.close();
                }
            } catch (IOException e) {
                throw new EmbeddedServerException("cannot give back the lock beside " + owner, e);
            }
        }
    }

    /** Start time as well: another process, or another container's, may have the same number. */
    private static String identity() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() + " "
                + self.info().startInstant().map(Object::toString).orElse("");
    }

    private static EmbeddedServerException inUse(Path directory, Path owner) throws IOException {
        String pid = Files.exists(owner) ? Files.readString(owner).split(" ", 2)[0] : "";
        return new EmbeddedServerException("data directory " + directory + " is in use by "
                + (pid.isEmpty() ? "another process" : "process " + pid));
    }
}
