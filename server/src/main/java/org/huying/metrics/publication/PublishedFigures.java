package org.huying.metrics.publication;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.huying.http.JsonText;
import org.huying.metrics.GroupKey;
import org.huying.metrics.completion.Figure;
import org.huying.metrics.completion.OneTimeCompletion;

/**
 * The figures of a month.
 *
 * @param total  without consultation and care
 * @param groups of the total, by what they are groups of, under the names of the day
 */
public record PublishedFigures(Figure total, Figure consultation, Figure care, Map<String, List<Figure.Group>> groups) {
    static final List<String> GROUPINGS = List.of("organization", "serviceItem", "place", "channel");

    /** The same without the groups. */
    record Totals(Figure total, Figure consultation, Figure care) {}

    /** @param answers one for each grouping, in order */
    static PublishedFigures of(List<OneTimeCompletion> answers) {
        var groups = new LinkedHashMap<String, List<Figure.Group>>();
        for (var i = 0; i < GROUPINGS.size(); i++) {
            groups.put(GROUPINGS.get(i), answers.get(i).groups());
        }
        var any = answers.get(0);
        return new PublishedFigures(any.total(), any.consultation(), any.care(), groups);
    }

    static PublishedFigures from(JsonObject kept) {
        var totals = totalsFrom(kept);
        var keptGroups = kept.getJsonObject("groups");
        var groups = new LinkedHashMap<String, List<Figure.Group>>();
        GROUPINGS.forEach(grouping -> groups.put(
                grouping,
                keptGroups.getJsonArray(grouping).stream()
                        .map(group -> group((JsonObject) group))
                        .toList()));
        return new PublishedFigures(totals.total(), totals.consultation(), totals.care(), groups);
    }

    static Totals totalsFrom(JsonObject kept) {
        return new Totals(
                figure(kept.getJsonObject("total")),
                figure(kept.getJsonObject("consultation")),
                figure(kept.getJsonObject("care")));
    }

    public List<Figure.Group> by(String grouping) {
        return groups.getOrDefault(grouping, List.of());
    }

    JsonObject toKeep() {
        return new JsonObject(JsonText.write(this));
    }

    private static Figure.Group group(JsonObject kept) {
        var key = kept.getJsonObject("key");
        return new Figure.Group(new GroupKey(key.getString("id"), key.getString("name")), figure(kept));
    }

    private static Figure figure(JsonObject kept) {
        return new Figure(
                kept.getLong("cohort"),
                kept.getLong("provisional"),
                kept.getLong("matured"),
                counts(kept.getJsonObject("excluded")),
                kept.getLong("denominator"),
                kept.getLong("numerator"),
                kept.getDouble("rate"),
                kept.getDouble("rateLow"),
                kept.getDouble("rateHigh"),
                kept.getLong("confirmedNumerator"),
                kept.getDouble("confirmedRate"),
                counts(kept.getJsonObject("broken")),
                kept.getLong("overdueUnresolved"),
                kept.getDouble("rateWorst"),
                kept.getLong("withdrawn"),
                kept.getLong("duplicate"));
    }

    private static Map<String, Long> counts(JsonObject kept) {
        var counts = new LinkedHashMap<String, Long>();
        kept.fieldNames().stream().sorted().forEach(name -> counts.put(name, kept.getLong(name)));
        return counts;
    }
}
