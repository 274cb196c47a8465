package org.huying.metrics.scoreboard;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which cells of both lists of a page are kept back: those of each list for itself, and then as many more as it takes until
 * nothing that is shown in either list bounds a hidden cell more narrowly than by five tickets, or than the total does.
 */
final class BoardSuppression {
    /** How many cells are tried for the one that hides another best; after that the smallest is taken. */
    private static final int TRIES_MAX = 40;

    private final List<Long> firms;
    private final List<Long> sizes;
    private final Exposure exposure;
    private final BitSet hidden = new BitSet();

    /** As wide as each cell can be covered, and needs to be. */
    private final long[] needed;

    private BoardSuppression(List<Long> firms, List<Long> compounds, List<Exposure.Crossing> crossings) {
        this.firms = firms;
        this.sizes = Stream.concat(firms.stream(), compounds.stream()).toList();
        this.exposure = new Exposure(firms, compounds, crossings);
        this.needed = new long[sizes.size()];
    }

    /**
     * Numbers of hidden cells, firms first, then compounds.
     *
     * @param firms     tickets in the cohort of each cell
     * @param compounds likewise
     * @param crossings how the same tickets lie in both lists
     */
    static BitSet of(List<Long> firms, List<Long> compounds, List<Exposure.Crossing> crossings) {
        var suppression = new BoardSuppression(firms, compounds, crossings);
        suppression.hide();
        return suppression.hidden;
    }

    private void hide() {
        var all = new BitSet();
        all.set(0, sizes.size());
        Arrays.setAll(needed, cell -> exposure.width(cell, all, Suppression.CELL_MIN));
        hideWithinLists();
        var exposed = exposed();
        while (exposed >= 0 && hidden.cardinality() < sizes.size()) {
            hidden.set(bestCover(exposed));
            hideWithinLists();
            exposed = exposed();
        }
    }

    private void hideWithinLists() {
        var compounds = sizes.subList(firms.size(), sizes.size());
        var ofFirms = Suppression.of(firms, hidden.get(0, firms.size()));
        var ofCompounds = Suppression.of(compounds, hidden.get(firms.size(), sizes.size()));
        hidden.or(ofFirms);
        ofCompounds.stream().forEach(cell -> hidden.set(firms.size() + cell));
    }

    /** The first hidden cell that what is shown gives away; below zero where there is none. */
    private int exposed() {
        return hidden.stream()
                .filter(cell -> width(cell) < needed[cell])
                .findFirst()
                .orElse(-1);
    }

    private long width(int cell) {
        return exposure.width(cell, hidden, Suppression.CELL_MIN);
    }

    /** The smallest shown cell without which the exposed one is covered, or else the one that covers it furthest. */
    private int bestCover(int exposed) {
        var shown = IntStream.range(0, sizes.size())
                .filter(cell -> !hidden.get(cell))
                .boxed()
                .sorted(Comparator.comparing(sizes::get))
                .limit(TRIES_MAX)
                .toList();
        var best = shown.get(0);
        var bestWidth = width(exposed);
        for (var cell : shown) {
            hidden.set(cell);
            var width = width(exposed);
            hidden.clear(cell);
            if (width > bestWidth) {
                best = cell;
                bestWidth = width;
            }
            if (width >= needed[exposed]) {
                break;
            }
        }
        return best;
    }
}
