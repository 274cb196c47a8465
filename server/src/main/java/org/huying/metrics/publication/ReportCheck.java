package org.huying.metrics.publication;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.huying.http.JsonText;
import org.huying.metrics.completion.Figure;
import org.jspecify.annotations.Nullable;

/** Whether a report still is what the tickets say. */
record ReportCheck(UUID reportId, Instant checkedAt, boolean same, boolean digestSame, List<Difference> differences) {
    /** Which group. */
    record GroupRef(String by, String key) {}

    /** A number that is another by now; null where there was none. */
    record Difference(
            String segment,
            @Nullable GroupRef group,
            String figure,
            @Nullable Number published,
            @Nullable Number recomputed) {}

    static ReportCheck of(
            Report<PublishedFigures> report, PublishedFigures recomputed, ReportDigest digest, Instant now) {
        var differences = new ArrayList<Difference>();
        var published = report.figures();
        compare(differences, "main", null, published.total(), recomputed.total());
        compare(differences, "consultation", null, published.consultation(), recomputed.consultation());
        compare(differences, "care", null, published.care(), recomputed.care());
        for (var by : PublishedFigures.GROUPINGS) {
            var were = byKey(published.by(by));
            var are = byKey(recomputed.by(by));
            var keys = new TreeSet<>(were.keySet());
            keys.addAll(are.keySet());
            keys.forEach(key -> compare(differences, "main", new GroupRef(by, key), were.get(key), are.get(key)));
        }
        var digestSame = report.digest().equals(digest.digest());
        return new ReportCheck(report.id(), now, digestSame && differences.isEmpty(), digestSame, differences);
    }

    private static Map<String, Figure> byKey(List<Figure.Group> groups) {
        var byKey = new LinkedHashMap<String, Figure>();
        groups.forEach(group -> byKey.put(group.key().id(), group.figure()));
        return byKey;
    }

    private static void compare(
            List<Difference> differences,
            String segment,
            @Nullable GroupRef group,
            @Nullable Figure published,
            @Nullable Figure recomputed) {
        var were = numbers(published);
        var are = numbers(recomputed);
        var names = new TreeSet<>(were.keySet());
        names.addAll(are.keySet());
        for (var name : names) {
            if (!Objects.equals(were.get(name), are.get(name))) {
                differences.add(new Difference(segment, group, name, were.get(name), are.get(name)));
            }
        }
    }

    /** Every number of a figure under its name as in JSON, those within it as {@code broken.reopened}. */
    private static Map<String, Number> numbers(@Nullable Figure figure) {
        var numbers = new TreeMap<String, Number>();
        if (figure != null) {
            collect(numbers, "", new JsonObject(JsonText.write(figure)));
        }
        return numbers;
    }

    private static void collect(Map<String, Number> numbers, String prefix, JsonObject values) {
        values.forEach(entry -> {
            if (entry.getValue() instanceof JsonObject within) {
                collect(numbers, prefix + entry.getKey() + ".", within);
            } else if (entry.getValue() instanceof Number number) {
                numbers.put(prefix + entry.getKey(), number);
            }
        });
    }
}
