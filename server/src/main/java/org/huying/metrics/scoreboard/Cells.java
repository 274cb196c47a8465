package org.huying.metrics.scoreboard;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.huying.metrics.completion.Completion;
import org.huying.metrics.completion.Figure;
import org.huying.place.Places;

/** The two lists of a page. */
record Cells(List<Cell.Named> firms, List<Cell.Named> compounds) {
    /** A firm has tickets where it serves, as far as anybody knows, or where it really has. */
    static Cells of(
            List<Figure.Group> firms,
            List<Figure.Group> compounds,
            List<Completion.Crossing> crossings,
            List<Places.Served> services) {
        var firmNumbers = numbers(firms);
        var compoundNumbers = numbers(compounds);
        var possible =
                services.stream().map(each -> new Completion.Crossing(each.organizationId(), each.compoundId(), 0));
        var hidden = BoardSuppression.of(
                sizes(firms),
                sizes(compounds),
                Stream.concat(crossings.stream(), possible)
                        .map(each -> new Exposure.Crossing(
                                firmNumbers.getOrDefault(each.organizationId().toString(), Exposure.NONE),
                                compoundNumbers.getOrDefault(each.placeId().toString(), Exposure.NONE),
                                each.tickets()))
                        .toList());
        return new Cells(
                shown(firms, hidden.get(0, firms.size())),
                shown(compounds, hidden.get(firms.size(), firms.size() + compounds.size())));
    }

    private static Map<String, Integer> numbers(List<Figure.Group> groups) {
        Map<String, Integer> numbers = new HashMap<>();
        groups.forEach(group -> numbers.put(group.key().id(), numbers.size()));
        return numbers;
    }

    private static List<Long> sizes(List<Figure.Group> groups) {
        return groups.stream().map(group -> group.figure().cohort()).toList();
    }

    private static List<Cell.Named> shown(List<Figure.Group> groups, BitSet hidden) {
        List<Cell.Named> cells = new ArrayList<>();
        for (var i = 0; i < groups.size(); i++) {
            cells.add(Cell.Named.of(groups.get(i), hidden.get(i)));
        }
        return cells;
    }
}
