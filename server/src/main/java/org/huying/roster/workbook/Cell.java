package org.huying.roster.workbook;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a cell.
 *
 * @param text   as it is shown, dates as ISO has them; of a number all digits that count
 * @param date   the day of a date, or the one that a plain whole number would be
 * @param isDate whether it is shown as a date or a time
 * @param hasDay whether, shown so, the day of the month is to be seen
 * @param slip   why nothing can be made of it; else null
 */
public record Cell(
        String text,
        @Nullable LocalDate date,
        boolean isDate,
        boolean hasDay,
        @Nullable String slip) {
    public static final Cell EMPTY = text("");

    public static Cell text(String text) {
        return new Cell(text, null, false, false, null);
    }

    static Cell number(String text, @Nullable LocalDate date) {
        return new Cell(text, date, false, true, null);
    }

    static Cell date(LocalDate date, boolean hasDay) {
        return new Cell(date.toString(), date, true, hasDay, null);
    }

    static Cell slip(String text, String code) {
        return new Cell(text, null, false, false, code);
    }

    boolean isEmpty() {
        return text.isEmpty() && slip == null;
    }
}
