package org.huying.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line of the table: all rounds of one measurement, of which the median is shown. */
record Row(String name, List<LoadResult> results) {
    Row(String name) {
        this(name, new ArrayList<>());
    }

    void add(LoadResult result) {
        results.add(result);
    }

    void print(Row... baselines) {
        var ratios = Arrays.stream(baselines)
                .map(baseline -> median().perSecond() / baseline.median().perSecond())
                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                .collect(Collectors.joining(" | "));
        System.out.println(median().line(name) + "   " + median().cpuEach() + "   ratio " + ratios);
    }

    private LoadResult median() {
        return results.stream()
                .sorted(Comparator.comparingDouble(LoadResult::perSecond))
                .toList()
                .get(results.size() / 2);
    }
}
