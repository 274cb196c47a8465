package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of docs/authorization.md. */
final class MatrixPage {
    private static final Path PAGE = Path.of("docs/authorization.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)`(?: \\(([^)]+)\\))? *\\|(.*)\\|[^|]*\\|$");
    private static final Set<String> RESULTS = Set.of("ok", "401", "403", "404", "422", "in", "out", "–");
    private static final String NONE = "–";

    /** One result for all objects, or one for each. */
    private record Cell(List<String> results) {
        String of(Which which) {
            return distinguishes()
                    ? results.get(
                            switch (which) {
                                case OWN -> 0;
                                case FOREIGN -> 1;
                                case FAR -> 2;
                            })
                    : results.get(0);
        }

        boolean distinguishes() {
            return results.size() > 1;
        }
    }

    /**
     * A line of it.
     *
     * @param variant what stands in brackets, or nothing
     */
    record Row(String operation, String variant, Map<Who, Cell> cells) {
        String name() {
            return variant.isEmpty() ? operation : operation + " (" + variant + ")";
        }

        /** The objects that there are; for an operation without one, a single call. */
        Set<Which> objects() {
            var objects = EnumSet.noneOf(Which.class);
            for (var which : Which.values()) {
                if (cells.values().stream()
                        .anyMatch(
                                cell -> cell.distinguishes() && !cell.of(which).equals(NONE))) {
                    objects.add(which);
                }
            }
            return objects.isEmpty() ? Set.of(Which.OWN) : objects;
        }

        /** What the caller is to get, or nothing where the page has a dash. */
        Stream<String> expected(Who who, Which which) {
            var result = Objects.requireNonNull(cells.get(who)).of(which);
            return result.equals(NONE) ? Stream.of() : Stream.of(result);
        }
    }

    private MatrixPage() {}

    static List<Row> rows() {
        var rows = new ArrayList<Row>();
        var matcher = ROW.matcher(text());
        while (matcher.find()) {
            rows.add(row(matcher.group(1), Objects.requireNonNullElse(matcher.group(2), ""), matcher.group(3)));
        }
        assertThat(rows.stream().map(Row::name)).doesNotHaveDuplicates();
        return rows;
    }

    private static Row row(String operation, String variant, String line) {
        var cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        assertThat(cells).as(operation).hasSize(Who.values().length);
        var byWho = new EnumMap<Who, Cell>(Who.class);
        var columns = cells.iterator();
        for (var who : Who.values()) {
            var results = List.of(columns.next().split(" ", -1));
            assertThat(RESULTS).as(operation).containsAll(results);
            assertThat(results.size()).as(operation).isIn(1, Which.values().length);
            byWho.put(who, new Cell(results));
        }
        return new Row(operation, variant, byWho);
    }

    private static String text() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
