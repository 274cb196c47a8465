package org.huying.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts a main class of this class path in a process of its own, so that a test can kill it. */
public final class OtherJvm {
    private static final String SETTINGS = "HUYING_";

    private OtherJvm() {}

    /** None of our own settings reach it, only those given. */
    public static Process start(Class<?> main, Map<String, String> settings, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith(SETTINGS));
        builder.environment().putAll(settings);
        return builder.start();
    }

    /** The first line that it prints with this beginning. */
    public static String awaitLine(Process process, String beginning) throws IOException {
        var output = process.inputReader();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException("the other process ended before it said: " + beginning);
    }
}
