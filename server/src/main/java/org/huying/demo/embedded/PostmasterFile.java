package org.huying.demo.embedded;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** {@code postmaster.pid}, in which a running PostgreSQL says who it is and how far it has come. */
record PostmasterFile(Path data) {
    private static final int PORT_LINE = 3;
    private static final int MEMORY_LINE = 6;
    private static final int STATUS_LINE = 7;
    private static final Duration CHILDREN_END = Duration.ofSeconds(10);

    /** Whether the server with this process number says that it takes connections. */
    boolean isReady(long pid) {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE
                && lines.get(0).equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /** The port of the server that runs on the directory and takes connections; empty when none does. */
    OptionalInt portIfReady() throws IOException {
        List<String> lines = lines();
        if (lines.size() <= STATUS_LINE || !lines.get(0).strip().matches("[0-9]{1,18}")) {
            return OptionalInt.empty();
        }
        long pid = Long.parseLong(lines.get(0).strip());
        return isReady(pid) && isServerOfOurs(pid)
                ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
                : OptionalInt.empty();
    }

    /**
     * Removes the file if its process number belongs to somebody else by now, or to a zombie, or if it is empty;
     * PostgreSQL would refuse to start on any of them. To be called when no server of ours runs on the directory.
     */
    void removeIfStale() throws IOException {
        // A killed server's children see it only after a moment. While they hold its memory the file must stay: it is
        // by the file that PostgreSQL knows the memory, and refuses to start beside them.
        if (!Processes.await(() -> !isMemoryInUse(), CHILDREN_END)) {
            return;
        }
        List<String> lines = lines();
        String first = lines.isEmpty() ? "" : lines.get(0).strip();
        // A negative number is that of a single-user backend.
        if (!first.matches("-?[0-9]{1,18}") || !isServerOfOurs(Math.abs(Long.parseLong(first)))) {
            Files.deleteIfExists(file());
        }
    }

    /** Whether any process still holds the shared memory that the file names by key and number. */
    private boolean isMemoryInUse() {
        List<String> lines = lines();
        String[] named = lines.size() > MEMORY_LINE ? words(lines.get(MEMORY_LINE)) : new String[0];
        if (named.length != 2 || !named[0].matches("[0-9]+")) {
            return false;
        }
        // The kernel shows the key as a signed number, PostgreSQL as an unsigned one.
        String key = Integer.toString(new BigInteger(named[0]).intValue());
        try (Stream<String> segments = Files.lines(Path.of("/proc/sysvipc/shm"))) {
            // key, number, permissions, size, creator, last user, how many hold it
            return segments.skip(1)
                    .map(PostmasterFile::words)
                    .anyMatch(segment ->
                            segment[0].equals(key) && segment[1].equals(named[1]) && !segment[6].equals("0"));
        } catch (IOException e) {
            return false;
        }
    }

    private static String[] words(String line) {
        return line.strip().split(" +");
    }

    /** True in doubt, as for a server whose directory was moved: then PostgreSQL refuses, which harms nobody. */
    private boolean isServerOfOurs(long pid) throws IOException {
        List<String> arguments = Processes.arguments(pid);
        if (arguments.isEmpty() || !arguments.get(0).endsWith("postgres")) {
            return false;
        }
        int option = arguments.indexOf("-D");
        Path other = option < 0 || option + 1 >= arguments.size() ? data : Path.of(arguments.get(option + 1));
        return !Files.exists(other) || Files.isSameFile(other, data);
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file());
        } catch (IOException e) {
            return List.of();
        }
    }

    private Path file() {
        return data.resolve("postmaster.pid");
    }
}
