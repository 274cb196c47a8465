package org.huying.metrics.service;

import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Blocks of figures by segment, and within it by group; the group "" is all of them. */
final class Blocks {
    private static final String ALL = "";
    private static final String MAIN = "main";

    private final Map<String, Map<String, ServiceFigure>> bySegment = new HashMap<>();

    /** A group may have a cohort without a backlog, or the other way round: what it lacks is nought. */
    void add(Row row) {
        bySegment
                .computeIfAbsent(row.getString("segment"), key -> new HashMap<>())
                .put(row.getString("key"), ServiceFigure.of(name -> orNought(row.getLong(name))));
    }

    ServiceFigure total(String segment) {
        return of(segment, ALL);
    }

    ServiceFigure group(String group) {
        return of(MAIN, group);
    }

    /** In order. */
    List<String> groups() {
        return bySegment.getOrDefault(MAIN, Map.of()).keySet().stream()
                .filter(key -> !key.equals(ALL))
                .sorted()
                .toList();
    }

    private ServiceFigure of(String segment, String group) {
        var figure = bySegment.getOrDefault(segment, Map.of()).get(group);
        return figure == null ? ServiceFigure.of(name -> 0) : figure;
    }

    private static long orNought(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
