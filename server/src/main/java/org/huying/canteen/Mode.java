package org.huying.canteen;

import java.util.Locale;

/** How a meal reaches the diner. */
public enum Mode {
    DINE_IN,
    PICKUP,
    DELIVERY;

    /** The name in contract and database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Mode of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
