package org.huying.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.huying.testing.Streams;

/** The tour of README.md, out of its own text: steps with a blank line between them, each known by its comment. */
final class Tour {
    private static final String ADDRESS = "http://127.0.0.1:8080";
    private static final String MARK = "@@@@ ";
    private static final String CALL = "@@ ";
    private static final Pattern BLOCK =
            Pattern.compile("## A tour of five minutes\n.*?\n```sh\n(.*?)\n```\n", Pattern.DOTALL);

    private final Path directory;
    private final Map<String, String> printed = new LinkedHashMap<>();

    private Tour(Path directory) {
        this.directory = directory;
    }

    /**
     * Walks all of it in a shell whose clock nobody looks at.
     *
     * @param directory in which it leaves its files
     * @param settings  by which its scripts find the database
     * @param programs  that run in this JVM instead of by their scripts, which are slow to start, once the rest is walked
     */
    static Tour walk(
            Path directory, URI service, Map<String, String> settings, Map<String, ToIntFunction<String[]>> programs)
            throws IOException {
        var tour = new Tour(directory);
        Files.createSymbolicLink(directory.resolve("scripts"), Script.CHECKOUT.resolve("scripts"));
        var script = Script.file(Files.writeString(directory.resolve("tour.sh"), marked(service, programs.keySet())))
                .in(directory)
                .with("TZ", "America/New_York");
        settings.forEach(script::with);
        var ended = script.run();
        assertThat(ended.err()).doesNotContain("jq:", "curl:", "line ", "Exception", "No such file");
        assertThat(ended.code()).isZero();
        for (var part : ended.out().split(MARK, -1)) {
            var end = part.indexOf('\n');
            if (end > 0) {
                tour.printed.put(
                        part.substring(0, end),
                        run(part.substring(end + 1), programs).strip());
            }
        }
        return tour;
    }

    /** The steps as they stand in the README. */
    static List<String> steps() throws IOException {
        var block = BLOCK.matcher(Files.readString(Script.CHECKOUT.resolve("README.md")));
        assertThat(block.find())
                .as("a block of commands below the tour's heading")
                .isTrue();
        return List.of(block.group(1).split("\n\n"));
    }

    private static String marked(URI service, Set<String> programs) throws IOException {
        assertThat(String.join("\n", steps())).containsOnlyOnce(ADDRESS);
        var text = new StringBuilder();
        for (var step : steps()) {
            var comment = step.lines().findFirst().orElseThrow().replace("'", "’");
            text.append("echo '").append(MARK).append(comment).append("'\n");
            var commands = step.replace(ADDRESS, service.toString());
            for (var program : programs) {
                commands = commands.replaceAll("(?m)^" + program + "\\b", "echo '" + CALL + "'" + program);
            }
            text.append(commands).append("\n");
        }
        return text.toString();
    }

    /** What a step printed, with what its programs print where they were called. */
    private static String run(String printed, Map<String, ToIntFunction<String[]>> programs) {
        var text = new StringBuilder();
        for (var line : printed.lines().toList()) {
            if (line.startsWith(CALL)) {
                var words = List.of(line.substring(CALL.length()).split(" ", -1));
                var program = Objects.requireNonNull(programs.get(words.get(0)));
                var arguments = words.subList(1, words.size()).toArray(String[]::new);
                var ended = Streams.of(() -> program.applyAsInt(arguments));
                assertThat(ended.code()).as(line + ": " + ended.err()).isZero();
                text.append(ended.out());
            } else {
                text.append(line).append("\n");
            }
        }
        return text.toString();
    }

    /** What a step printed. */
    String step(String comment) {
        var step = printed.keySet().stream()
                .filter(each -> each.startsWith("# " + comment.replace("'", "’")))
                .toList();
        assertThat(step).as("steps that begin with: %s", comment).hasSize(1);
        return Objects.requireNonNull(printed.get(step.get(0)));
    }

    Map<String, String> printed() {
        return printed;
    }

    byte[] file(String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name));
    }
}
