package org.huying.roster;

import java.util.List;
import java.util.Locale;

/** Which files are taken, and what stands in them. */
enum Kind {
    HOUSEHOLDS(50_000, 500, List.of(Column.COMPOUND, Column.ADDRESS), List.of(Column.COMMUNITY)),
    RESIDENTS(
            50_000,
            500,
            List.of(Column.NAME, Column.BIRTH_DATE, Column.CONSENT),
            List.of(Column.VERIFIED, Column.PHONE, Column.COMMUNITY, Column.COMPOUND, Column.ADDRESS, Column.RELATION)),
    /** All at once: the rows of one account may stand anywhere. */
    STAFF(2_000, 2_000, List.of(Column.USERNAME, Column.NAME, Column.ROLE, Column.SCOPE), List.of());

    private final int rowsMax;
    private final int rowsAtOnce;

    @SuppressWarnings("ImmutableEnumChecker") // a list of List.of
    private final List<Column> required;

    @SuppressWarnings("ImmutableEnumChecker") // a list of List.of
    private final List<Column> optional;

    Kind(int rowsMax, int rowsAtOnce, List<Column> required, List<Column> optional) {
        this.rowsMax = rowsMax;
        this.rowsAtOnce = rowsAtOnce;
        this.required = required;
        this.optional = optional;
    }

    static Kind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    int rowsMax() {
        return rowsMax;
    }

    int rowsAtOnce() {
        return rowsAtOnce;
    }

    List<Column> required() {
        return required;
    }

    List<Column> optional() {
        return optional;
    }
}
