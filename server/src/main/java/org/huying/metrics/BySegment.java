package org.huying.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What was counted, by segment, and within it by group; the group "" is all of them. */
public final class BySegment<T> {
    private static final String ALL = "";
    private static final String MAIN = "main";

    private final Map<String, Map<String, T>> counted = new HashMap<>();
    private final Supplier<T> nothing;

    /**
     * Empty.
     *
     * @param nothing makes what stands where nothing was counted
     */
    public BySegment(Supplier<T> nothing) {
        this.nothing = nothing;
    }

    public void put(String segment, String group, T found) {
        counted.computeIfAbsent(segment, key -> new HashMap<>()).put(group, found);
    }

    public T of(String segment, String group) {
        return counted.computeIfAbsent(segment, key -> new HashMap<>()).computeIfAbsent(group, key -> nothing.get());
    }

    public T total(String segment) {
        return of(segment, ALL);
    }

    public T group(String group) {
        return of(MAIN, group);
    }

    /** In order. */
    public List<String> groups() {
        return counted.getOrDefault(MAIN, Map.of()).keySet().stream()
                .filter(key -> !key.equals(ALL))
                .sorted()
                .toList();
    }
}
