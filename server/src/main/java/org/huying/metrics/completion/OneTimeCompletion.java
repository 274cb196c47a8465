package org.huying.metrics.completion;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.huying.metrics.BySegment;
import org.huying.metrics.Frame;

/** The answer of the headline figure. */
public record OneTimeCompletion(
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
    public static final int DEFINITION = 1;
    public static final int WINDOW_DAYS = 7;
    public static final double TARGET = 0.98;

    static OneTimeCompletion of(Frame frame, BySegment<Tally> tallies, List<Figure.Group> groups) {
        return new OneTimeCompletion(
                DEFINITION,
                frame.query().from(),
                frame.query().to(),
                frame.asOf(),
                frame.settled(),
                WINDOW_DAYS,
                TARGET,
                Figure.of(tallies.total("main")),
                groups,
                Figure.of(tallies.total("consultation")),
                Figure.of(tallies.total("care")));
    }
}
