package org.huying.metrics.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SuppressionTest {
    private static final int CELLS_MAX = 3;
    private static final int TOTAL_MAX = 26;

    @Test
    void cellsOfFewerThanFiveAreHidden() {
        assertThat(shown(4L, 5L, 21L)).containsExactly(null, null, 21L);
        assertThat(shown(10L, 20L)).containsExactly(10L, 20L);
        assertThat(shown(4L)).containsExactly((Long) null);
    }

    @Test
    void oneAloneTakesTheNextSmallestWithIt() {
        assertThat(shown(7L, 6L, 2L)).containsExactly(7L, null, null);
        assertThat(shown(7L, 7L, 2L, 11L)).containsExactly(null, null, null, 11L);
    }

    @Test
    void twoThatAreTooFewTogetherTakeAnotherWithThem() {
        assertThat(shown(5L, 2L, 6L, 2L)).containsExactly(null, null, 6L, null);
        assertThat(shown(0L, 0L, 5L, 20L)).containsExactly(null, null, null, null);
    }

    /**
     * Somebody who knows the rule and sees the total writes down every list that would be shown like this one. In them
     * each hidden cell has more than one size, and what is hidden is never fewer than five tickets.
     */
    @Test
    void noHiddenCellCanBeComputed() {
        for (var cells = 1; cells <= CELLS_MAX; cells++) {
            for (var total = 0L; total <= TOTAL_MAX; total++) {
                verify(total, cells);
            }
        }
    }

    @Test
    void ofManyCellsNeitherOneAloneNorFewTicketsAreHidden() {
        var random = new Random();
        for (var i = 0; i < 20_000; i++) {
            var sizes = random.longs(1 + random.nextInt(12), 0, 12).boxed().toList();

            var hidden = Suppression.of(sizes);

            var sum = hidden.stream().mapToLong(sizes::get).sum();
            var isAll = hidden.cardinality() == sizes.size();
            assertThat(IntStream.range(0, sizes.size()).filter(cell -> sizes.get(cell) < 5))
                    .allMatch(hidden::get);
            assertThat(hidden.isEmpty() || isAll || (hidden.cardinality() >= 2 && sum >= 5))
                    .as("%s: %s hidden", sizes, hidden)
                    .isTrue();
        }
    }

    private static void verify(long total, int cells) {
        Map<List<Long>, List<List<Long>>> bySight = new HashMap<>();
        for (var sizes : shares(total, cells)) {
            bySight.computeIfAbsent(shown(sizes), sight -> new ArrayList<>()).add(sizes);
        }
        bySight.forEach((sight, candidates) -> {
            var hidden = total
                    - sight.stream()
                            .filter(size -> size != null)
                            .mapToLong(size -> size)
                            .sum();
            if (total >= 5) {
                assertThat(hidden)
                        .as("%s of %d", sight, total)
                        .satisfiesAnyOf(
                                none -> assertThat(none).isZero(),
                                many -> assertThat(many).isGreaterThanOrEqualTo(5));
                for (var cell = 0; cell < cells; cell++) {
                    var at = cell;
                    assertThat(candidates.stream()
                                    .map(sizes -> sizes.get(at))
                                    .distinct()
                                    .count())
                            .as("cell %d of %s of %d, as in %s", cell, sight, total, candidates)
                            .isGreaterThan(sight.get(cell) == null ? 1 : 0);
                }
            } else {
                // there is nothing to hide behind
                assertThat(sight).containsOnlyNulls();
            }
        });
    }

    /** Every way to share a total out. */
    private static List<List<Long>> shares(long total, int parts) {
        if (parts == 1) {
            return List.of(List.of(total));
        }
        List<List<Long>> all = new ArrayList<>();
        for (var first = 0L; first <= total; first++) {
            for (var others : shares(total - first, parts - 1)) {
                var share = new ArrayList<>(List.of(first));
                share.addAll(others);
                all.add(share);
            }
        }
        return all;
    }

    private static List<@Nullable Long> shown(Long... sizes) {
        return shown(List.of(sizes));
    }

    private static List<@Nullable Long> shown(List<Long> sizes) {
        var hidden = Suppression.of(sizes);
        List<@Nullable Long> shown = new ArrayList<>();
        for (var i = 0; i < sizes.size(); i++) {
            shown.add(hidden.get(i) ? null : sizes.get(i));
        }
        return shown;
    }
}
