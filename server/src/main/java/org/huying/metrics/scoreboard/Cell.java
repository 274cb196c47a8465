package org.huying.metrics.scoreboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.huying.metrics.GroupKey;
import org.huying.metrics.completion.Figure;
import org.jspecify.annotations.Nullable;

/** What everybody may see of a figure: all of these numbers, or none. */
record Cell(
        @Nullable Long cohort,
        @Nullable Long provisional,
        @Nullable Long matured,
        @Nullable Long denominator,
        @Nullable Long numerator,
        @Nullable Double rate,
        @Nullable Double rateLow,
        @Nullable Double rateHigh,
        @Nullable Double confirmedRate,
        @Nullable Long overdueUnresolved,
        @Nullable Double rateWorst,
        boolean suppressed) {
    private static final Cell SUPPRESSED =
            new Cell(null, null, null, null, null, null, null, null, null, null, null, true);

    /** A cell of a list. */
    record Named(@JsonProperty GroupKey key, @JsonUnwrapped Cell cell) {
        static Named of(Figure.Group group, boolean suppressed) {
            return new Named(group.key(), suppressed ? SUPPRESSED : shown(group.figure()));
        }
    }

    /** One that is no part of a total shown beside it. */
    static Cell of(Figure figure) {
        return Suppression.isSmall(figure.cohort()) ? SUPPRESSED : shown(figure);
    }

    private static Cell shown(Figure figure) {
        return new Cell(
                figure.cohort(),
                figure.provisional(),
                figure.matured(),
                figure.denominator(),
                figure.numerator(),
                figure.rate(),
                figure.rateLow(),
                figure.rateHigh(),
                figure.confirmedRate(),
                figure.overdueUnresolved(),
                figure.rateWorst(),
                false);
    }
}
