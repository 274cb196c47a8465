package org.huying.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code postmaster.pid}, in which a running PostgreSQL says who it is and how far it has come. */
record PostmasterFile(Path data) {
    private static final int STATUS_LINE = 7;

    /** Whether the server with this process number says that it takes connections. */
    boolean isReady(long pid) {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE
                && lines.get(0).equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /**
     * Removes the file if its process number belongs to somebody else by now, or if it is empty; PostgreSQL would
     * refuse to start on either. Where the process is gone, PostgreSQL makes sure itself that nothing is left of it.
     * To be called when no server of ours runs on the directory.
     */
    void removeIfStale() throws IOException {
        List<String> lines = lines();
        String first = lines.isEmpty() ? "" : lines.get(0).strip();
        // A negative number is that of a single-user backend.
        boolean named = first.matches("-?[0-9]{1,18}");
        if (!named || (isAlive(first) && !isServerOfOurs(Math.abs(Long.parseLong(first))))) {
            Files.deleteIfExists(file());
        }
    }

    private static boolean isAlive(String pid) {
        return Processes.isRunning(Math.abs(Long.parseLong(pid)));
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
