package org.huying.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.testing.Streams;

/**
 * A script of the project, run as people run it, but on the classes of this build: the build holds the lock that
 * {@code scripts/build} would wait for.
 */
final class Script {
    /** The checkout; tests run in the module's directory. */
    static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    private static final long MINUTES_MAX = 5;

    private final List<String> command;
    private final Map<String, String> settings = new HashMap<>();
    private String input = "";
    private Path directory = CHECKOUT;

    private Script(List<String> command) {
        this.command = command;
    }

    static Script named(String name, String... arguments) {
        return of(CHECKOUT.resolve("scripts").resolve(name), arguments);
    }

    /** One that lies elsewhere. */
    static Script of(Path script, String... arguments) {
        var command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(arguments));
        return new Script(command);
    }

    /** Any other text for bash. */
    static Script file(Path file) {
        return new Script(List.of("bash", "-u", "-o", "pipefail", file.toString()));
    }

    Script with(String setting, Object value) {
        settings.put(setting, value.toString());
        return this;
    }

    Script in(Path there) {
        directory = there;
        return this;
    }

    Script reading(String text) {
        input = text;
        return this;
    }

    /** Returns when it has ended by itself. */
    Streams run() {
        try {
            var files = Files.createTempDirectory("script");
            var in = Files.writeString(files.resolve("in"), input);
            var out = files.resolve("out");
            var err = files.resolve("err");
            var process = builder()
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " does not end: " + Files.readString(err));
            }
            var ended = new Streams(process.exitValue(), Files.readString(out), Files.readString(err));
            for (var file : List.of(in, out, err, files)) {
                Files.delete(file);
            }
            return ended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** To be started by whoever ends it; none of our own settings reach it. */
    ProcessBuilder builder() {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HUYING_"));
        builder.environment().put("BUILT_CLASSPATH", classPath());
        builder.environment()
                .put("PATH", quickJava() + ":" + builder.environment().get("PATH"));
        builder.environment().putAll(settings);
        return builder;
    }

    /** Whether the programs are here; where everything is to be tested, they must be. */
    static void require(String... programs) {
        for (var program : programs) {
            var isHere = Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
            if ("true".equals(System.getenv("CI"))) {
                assertThat(isHere).as("%s is needed by the suite", program).isTrue();
            }
            if (!isHere) {
                System.err.println("SKIPPED: " + program + " is not installed");
            }
            assumeTrue(isHere, program + " is not installed");
        }
    }

    private static String classPath() {
        var ours = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        // scripts go elsewhere
        return Stream.of(ours.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Where the Java of this JVM is, started for a few seconds only; said in no variable, since it would print that. */
    private static Path quickJava() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var directory = Path.of("target", "quick-java").toAbsolutePath();
        var file = directory.resolve("java");
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    file,
                    "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto \"$@\"\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory;
    }
}
