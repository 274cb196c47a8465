package org.huying.metrics.completion;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tickets counted by verdict and cause. */
final class Tally {
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Map<String, Long>> causes = new HashMap<>();
    private long confirmed;

    void add(String verdict, @Nullable String cause, boolean isConfirmed, long n) {
        counts.merge(verdict, n, Long::sum);
        if (cause != null) {
            causes.computeIfAbsent(verdict, key -> new HashMap<>()).merge(cause, n, Long::sum);
        }
        if (isConfirmed) {
            confirmed += n;
        }
    }

    long count(String verdict) {
        return counts.getOrDefault(verdict, 0L);
    }

    long confirmed() {
        return confirmed;
    }

    /** Every cause, also those that nothing had. */
    Map<String, Long> byCause(String verdict, List<String> all) {
        var known = causes.getOrDefault(verdict, Map.of());
        var counted = new LinkedHashMap<String, Long>();
        all.forEach(cause -> counted.put(cause, known.getOrDefault(cause, 0L)));
        return counted;
    }
}
