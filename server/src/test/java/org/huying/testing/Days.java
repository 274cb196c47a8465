package org.huying.testing;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Days, and hours of theirs, on which what is taken for granted is not so. */
public final class Days {
    /** Where the month, the year, the week or the date of UTC is another than one thinks, and where February is long. */
    public static final List<LocalDateTime> AWKWARD = List.of(
            LocalDateTime.parse("2027-02-28T10:00"), // the last of 28, a Sunday
            LocalDateTime.parse("2027-03-01T01:30"), // a first, a Monday; in UTC the month before
            LocalDateTime.parse("2028-02-29T23:30"), // the last of 29
            LocalDateTime.parse("2028-03-01T07:59:30"), // the day after; in UTC the day before for half a minute more
            LocalDateTime.parse("2026-11-30T20:15"), // the last of 30, a Monday, past every cut-off
            LocalDateTime.parse("2026-12-01T00:00"), // a first, from its first millisecond on
            LocalDateTime.parse("2026-08-31T23:30"), // the last of 31, before a month of 30
            LocalDateTime.parse("2026-11-29T04:45"), // a Sunday, when logs are closed late
            LocalDateTime.parse("2026-12-31T23:59:30"),
            LocalDateTime.parse("2027-01-01T00:05"));

    private Days() {}

    /** Those that are a date as well, each once. */
    public static List<LocalDate> dates() {
        return AWKWARD.stream().map(LocalDateTime::toLocalDate).distinct().toList();
    }
}
