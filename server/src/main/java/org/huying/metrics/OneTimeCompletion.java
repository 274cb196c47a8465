package org.huying.metrics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The answer of the headline figure. */
record OneTimeCompletion(
        int definition,
        LocalDate from,
        LocalDate to,
        Instant asOf,
        boolean settled,
        int windowDays,
        double target,
        Figure total,
        List<Figure.Group> groups,
        Figure consultation,
        Figure care) {
    static final int DEFINITION = 1;
    static final int WINDOW_DAYS = 7;
    static final double TARGET = 0.98;
}
