package org.huying.notify;

import java.util.Locale;

/** What a WeChat message is about: residents consent by template, and WeChat knows each under an id of its own. */
public enum Template {
    BOOKING,
    TICKET,
    /** Households and mandates. */
    ACCOUNT;

    /** The name in the contract, the database and the settings. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Template of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
