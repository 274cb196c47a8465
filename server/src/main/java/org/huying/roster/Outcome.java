package org.huying.roster;

import java.util.Locale;

/** What becomes of a row; in a dry run, what would. */
enum Outcome {
    CREATED,
    CHANGED,
    UNCHANGED,
    BAD;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    boolean isToBeWritten() {
        return this == CREATED || this == CHANGED;
    }
}
