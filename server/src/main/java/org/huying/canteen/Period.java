package org.huying.canteen;

import java.util.Locale;

/** The meals of a day, in their order. */
public enum Period {
    BREAKFAST(false),
    LUNCH(true),
    DINNER(true);

    private final boolean subsidised;

    Period(boolean subsidised) {
        this.subsidised = subsidised;
    }

    /** The name in contract and database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Period of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    boolean isSubsidised() {
        return subsidised;
    }
}
