package org.huying.roster;

import java.util.Locale;

/** What becomes of a row; in a dry run, what would. */
enum Outcome {
    CREATED,
    CHANGED,
    UNCHANGED,
    BAD,
    /** It may be about somebody who is here, or the same as another row: that is for somebody to decide. */
    DOUBTFUL,
    /** By decision. */
    LEFT_OUT;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether somebody has to look at what stands in the row. */
    boolean isToBeSeen() {
        return this == BAD || this == DOUBTFUL || this == LEFT_OUT;
    }

    boolean isToBeWritten() {
        return this == CREATED || this == CHANGED;
    }
}
