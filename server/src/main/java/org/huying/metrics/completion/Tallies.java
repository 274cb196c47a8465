package org.huying.metrics.completion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tallies by segment, and within it by group; the group "" is all of them. */
final class Tallies {
    private static final String ALL = "";
    private static final String MAIN = "main";

    private final Map<String, Map<String, Tally>> bySegment = new HashMap<>();

    Tally of(String segment, String group) {
        return bySegment.computeIfAbsent(segment, key -> new HashMap<>()).computeIfAbsent(group, key -> new Tally());
    }

    Figure total(String segment) {
        return Figure.of(of(segment, ALL));
    }

    Figure group(String group) {
        return Figure.of(of(MAIN, group));
    }

    /** In order. */
    List<String> groups() {
        return bySegment.getOrDefault(MAIN, Map.of()).keySet().stream()
                .filter(key -> !key.equals(ALL))
                .sorted()
                .toList();
    }
}
