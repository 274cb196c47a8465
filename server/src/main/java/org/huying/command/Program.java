package org.huying.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/**
 * A program of the project, run once: whatever it fails with, it ends with one sentence on standard error. What nobody
 * foresaw goes with all its detail into a file of its own, which the sentence names.
 *
 * @param name        as it is called in scripts
 * @param plainSpoken failures whose messages are made to be read by whoever started the program
 */
public record Program(String name, List<Class<? extends RuntimeException>> plainSpoken) {
    /** It could not be done, or told. */
    public static final int NOT_DONE = 2;

    /** The work itself; what it returns is the exit code. */
    @FunctionalInterface
    public interface Work {
        int run() throws Exception;
    }

    /** The exit code: the work's own, or {@link #NOT_DONE} after a sentence. */
    public int run(Work work) {
        try {
            return work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            complain("interrupted");
        } catch (Exception | OutOfMemoryError e) {
            complain(inWords(e));
        }
        return NOT_DONE;
    }

    private void complain(String sentence) {
        System.err.println(name + ": " + sentence);
    }

    private String inWords(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            var cause = each;
            if (plainSpoken.stream().anyMatch(type -> type.isInstance(cause))) {
                return String.valueOf(cause.getMessage());
            }
        }
        return Failures.inWords(failure).orElseGet(() -> unforeseen(failure));
    }

    private String unforeseen(Throwable failure) {
        try {
            var file = Files.createTempFile("huying-" + name + "-", ".txt");
            try (var writer = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                failure.printStackTrace(writer);
            }
            return "it failed in a way that was not foreseen; the details are in " + file;
        } catch (IOException e) {
            return "it failed in a way that was not foreseen, and the details cannot be written to "
                    + System.getProperty("java.io.tmpdir");
        }
    }
}
