package org.huying.metrics.scoreboard;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Which cells of a list are kept back when their sum is known. What is hidden together can be had by subtraction, so it
 * must not be one cell, nor fewer than five tickets, nor such that there is only one way to share it out among the cells
 * that are hidden, even for somebody who knows this rule.
 */
final class Suppression {
    /** Fewer tickets than these say too much of each. */
    static final long CELL_MIN = 5;

    private final long[] sizes;

    private final BitSet hidden = new BitSet();

    private Suppression(List<Long> sizes, BitSet hiddenAlready) {
        this.hidden.or(hiddenAlready);
        this.sizes = sizes.stream().mapToLong(size -> size).toArray();
    }

    static boolean isSmall(long size) {
        return size < CELL_MIN;
    }

    /** @param sizes tickets in the cohort of each cell, none in two of them */
    static BitSet of(List<Long> sizes) {
        return of(sizes, new BitSet());
    }

    /** @param hiddenAlready those that are hidden for other reasons */
    static BitSet of(List<Long> sizes, BitSet hiddenAlready) {
        var suppression = new Suppression(sizes, hiddenAlready);
        suppression.hide();
        return suppression.hidden;
    }

    private void hide() {
        for (var i = 0; i < sizes.length; i++) {
            if (isSmall(sizes[i])) {
                hidden.set(i);
            }
        }
        if (hidden.isEmpty()) {
            return;
        }
        while (hidden.cardinality() < sizes.length && canBeHad()) {
            hideSmallestShown();
        }
    }

    /** Whether what is hidden gives itself away. */
    private boolean canBeHad() {
        var parts = hidden.stream().mapToLong(i -> sizes[i]).toArray();
        var shownMin = shownMin();
        return parts.length < 2
                || isSmall(LongStream.of(parts).sum())
                || LongStream.of(parts).allMatch(part -> part == (isSmall(part) ? 0 : CELL_MIN))
                || LongStream.of(parts).allMatch(part -> part == (isSmall(part) ? CELL_MIN - 1 : shownMin));
    }

    /** Together with those that are as small: which of them it was would tell something. */
    private void hideSmallestShown() {
        var size = shownMin();
        shown().filter(i -> sizes[i] == size).forEach(hidden::set);
    }

    private long shownMin() {
        return shown().mapToLong(i -> sizes[i]).min().orElse(Long.MAX_VALUE);
    }

    private IntStream shown() {
        return IntStream.range(0, sizes.length).filter(i -> !hidden.get(i));
    }
}
