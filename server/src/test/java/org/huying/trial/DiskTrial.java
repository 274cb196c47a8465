package org.huying.trial;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.huying.testing.Eventually;

/** The disk of the database fills up under callers, and gets room again. On a file system of its own, which takes root. */
final class DiskTrial {
    private static final String NAME = "disk full";
    private static final int CALLERS = 8;
    private static final int BEFORE = 20;
    private static final int BLOCK = 1 << 16;

    private final Path directory;
    private final Bounds bounds;

    DiskTrial(Path directory, Bounds bounds) {
        this.directory = directory;
        this.bounds = bounds;
    }

    Outcome run() throws IOException, InterruptedException {
        if (!System.getProperty("user.name").equals("root")) {
            return Outcome.skipped(NAME, "only root can mount a small file system");
        }
        var small = Files.createDirectories(directory.resolve("small"));
        command("mount", "-t", "tmpfs", "-o", "size=600m,mode=755", "tmpfs", small.toString());
        try (var on = new Installation(
                Files.createDirectories(directory.resolve("beside")), small.resolve("postgres"), Map.of())) {
            return run(on, small.resolve("ballast"));
        } finally {
            command("umount", "-l", small.toString());
        }
    }

    private Outcome run(Installation on, Path ballast) throws IOException {
        var outcome = new Outcome(NAME);
        try (var callers = new Callers(on.node()::uri, on.district(), CALLERS)) {
            Eventually.until("callers are at it", () -> callers.booked() >= BEFORE);
            fill(ballast);
            var since = System.nanoTime();
            Eventually.until(
                    "somebody is refused",
                    () -> callers.askedBetween(since, System.nanoTime()).stream()
                            .anyMatch(each -> each.status() >= 500));
            LockSupport.parkNanos(bounds.fault().toNanos());
            var asked = callers.askedBetween(since, System.nanoTime());
            var others = asked.stream()
                    .filter(each -> each.status() != 201 && each.status() != 503)
                    .map(each -> each.status() + " " + each.code())
                    .distinct()
                    .toList();
            outcome.measured("answers", asked.size())
                    .require(others.isEmpty(), "nobody is told anything but 503: " + others);
            Files.delete(ballast);
            var ended = !on.postgres().isAlive();
            outcome.measured("PostgreSQL ended by itself", ended);
            if (ended) {
                on.postgres().startAgain();
            }
            var mended = System.nanoTime();
            Eventually.until("booked again", () -> callers.firstBookedAfter(mended) != null);
            var recovered = callers.waitForBooking(mended);
            callers.end();
            // PostgreSQL may have to read its log first.
            outcome.measured("booked again after", OutageTrial.millis(recovered))
                    .require(
                            recovered.compareTo(Duration.ofSeconds(20)) <= 0, "recovery without a restart of the node");
            on.district().audit(callers, outcome);
        }
        return outcome;
    }

    private static void fill(Path ballast) throws IOException {
        Files.createFile(ballast, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(ballast)) {
            var block = new byte[BLOCK];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // that is what it is for
        }
    }

    private static void command(String... words) throws IOException, InterruptedException {
        if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", words));
        }
    }
}
