package org.huying;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.huying.http.Contract;
import org.huying.testing.Counted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No regular expression takes time that grows with the square of what comes: twice as long a text, whatever it is made of,
 * has its characters looked at about twice as often. Finds the expressions where they stand: in the source, and in the
 * contract.
 */
class LinearWorkTest {
    private static final Path SOURCE = Path.of("src/main/java");
    private static final int LENGTH = 2_000;

    /** Twice, and what has to do with the ends. */
    private static final double GROWTH_MAX = 2.5;

    /** What little is done once has no growth to speak of. */
    private static final int FEW = 64;

    /** As the source writes it: the first argument, or what several texts make together. */
    private static final Pattern IN_SOURCE = Pattern.compile(
            "(?:\\.matches|\\.replaceAll|\\.replaceFirst|\\.split|Pattern\\.compile)\\(\\s*((?:\"(?:\\\\.|[^\"\\\\])*\"[\\s+]*)+)");

    private static final Pattern LITERAL = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"");

    /** Only ever read from files of our own, and from messages of at most a few words. */
    private static final Set<String> OF_OUR_OWN = Set.of(
            "-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----",
            "\\.?[0-9]*$",
            "<dcterms:created.*?</dcterms:created>");

    static Set<String> expressions() throws IOException {
        var found = new TreeSet<String>();
        try (var files = Files.walk(SOURCE)) {
            for (var file : files.filter(each -> each.toString().endsWith(".java"))
                    .filter(each -> !each.toString().contains("/demo/"))
                    .toList()) {
                var calls = IN_SOURCE.matcher(Files.readString(file));
                while (calls.find()) {
                    found.add(text(calls.group(1)));
                }
            }
        }
        found.removeAll(OF_OUR_OWN);
        collect(new JsonObject(Contract.load().asJson()), found);
        return found;
    }

    private static String text(String literals) throws IOException {
        var text = new StringBuilder();
        var each = LITERAL.matcher(literals);
        while (each.find()) {
            text.append(new ObjectMapper().readValue(each.group(), String.class));
        }
        return text.toString();
    }

    private static void collect(Object node, Set<String> found) {
        if (node instanceof JsonObject object) {
            if (object.getValue("pattern") instanceof String pattern) {
                found.add(pattern);
            }
            object.forEach(entry -> collect(entry.getValue(), found));
        } else if (node instanceof JsonArray array) {
            array.forEach(each -> collect(each, found));
        }
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void aTextTwiceAsLongIsLookedAtTwiceAsOften(String expression) {
        var pattern = Pattern.compile(expression, Pattern.CASE_INSENSITIVE);

        for (var piece : pieces(expression)) {
            for (var end : List.of("", "!", "\n")) {
                var once = looks(pattern, piece, LENGTH, end);
                var twice = looks(pattern, piece, 2 * LENGTH, end);
                assertThat(twice)
                        .as("%s on many [%s] and [%s]", expression, piece, end)
                        .isLessThanOrEqualTo((long) (GROWTH_MAX * once) + FEW);
            }
        }
    }

    /** Behind something else, so that no anchor catches it at once. Everything that it finds, as whoever replaces does; and whether it is the whole. */
    private static long looks(Pattern pattern, String piece, int length, String end) {
        var text = new Counted("x" + piece.repeat(length / piece.length()) + end);
        var found = pattern.matcher(text);
        while (found.find()) {
            // only counted
        }
        var unused = pattern.matcher(text).matches();
        return text.looks();
    }

    /** What anybody tries, and what the expression itself is made of. */
    private static Set<String> pieces(String expression) {
        var pieces = new LinkedHashSet<>(
                List.of(" ", "\t", "\u3000", "0", "a", "A", "灯", ".", "-", "=", ";", ",", "\"", "[", "\r", "\n", "x "));
        var letters = new ArrayList<String>();
        expression.chars().filter(c -> c >= ' ').distinct().forEach(c -> letters.add(Character.toString(c)));
        pieces.addAll(letters);
        letters.forEach(each -> pieces.addAll(List.of(each + " ", each + "0", "a" + each)));
        return pieces;
    }
}
