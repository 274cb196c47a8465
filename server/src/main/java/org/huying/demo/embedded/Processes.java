package org.huying.demo.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Looks at the processes of this machine, by what Linux tells everybody about them. */
final class Processes {
    private static final long POLL_MILLIS = 10;

    private Processes() {}

    /**
     * Living processes whose arguments, the program's path first, satisfy the predicate. Their children are left out:
     * just forked, they still look like their parent.
     */
    static List<ProcessHandle> find(Predicate<List<String>> arguments) {
        Predicate<ProcessHandle> matches = process -> arguments.test(arguments(process.pid()));
        return ProcessHandle.allProcesses()
                .filter(matches)
                .filter(process -> process.parent().filter(matches).isEmpty())
                .toList();
    }

    /** The arguments of a process; empty when it is gone, a zombie, or not ours to see. */
    static List<String> arguments(long pid) {
        try {
            String line =
                    Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether the process still runs. A zombie does not: where nobody collects orphans it would live for ever. */
    static boolean isRunning(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return !stat.substring(stat.lastIndexOf(')') + 1).startsWith(" Z");
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the process has ended; false when it has not within the time. */
    static boolean awaitEnd(long pid, Duration atMost) {
        return await(() -> !isRunning(pid), atMost);
    }

    /** Waits until the condition holds; false when it does not within the time. */
    static boolean await(BooleanSupplier condition, Duration atMost) {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** Before it is looked once more. */
    static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while waiting for an embedded server", e);
        }
    }
}
