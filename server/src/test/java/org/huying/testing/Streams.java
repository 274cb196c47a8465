package org.huying.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/**
 * What a program leaves that runs in this JVM.
 *
 * @param code what its process would end with
 * @param out  what it wrote to standard output
 * @param err  what it wrote to standard error, where the log goes too
 */
public record Streams(int code, String out, String err) {
    /** Runs it; whatever else prints meanwhile is taken for its own. */
    public static Streams of(IntSupplier program) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var standardOut = System.out;
        var standardErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            var code = program.getAsInt();
            return new Streams(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(standardOut);
            System.setErr(standardErr);
        }
    }
}
