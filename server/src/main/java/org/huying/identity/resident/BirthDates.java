package org.huying.identity.resident;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import org.huying.kernel.Faults;

/** Which birth dates are believed. */
final class BirthDates {
    /** Also what spreadsheets and forms show for nothing. */
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    /** Nobody has become older but one, and mistyped dates are many. */
    private static final int OLDEST_YEARS = 120;

    private BirthDates() {}

    static boolean isLikely(LocalDate birthDate, Instant now, ZoneId zone) {
        return !birthDate.isBefore(EARLIEST) && !birthDate.isAfter(LocalDate.ofInstant(now, zone));
    }

    /** Whether it may count as seen on a document, which subsidies rest on: for every way by which it comes to count so. */
    static boolean isVerifiable(LocalDate birthDate, Instant now, ZoneId zone) {
        return isLikely(birthDate, now, zone)
                && !birthDate.equals(EARLIEST)
                && Period.between(birthDate, LocalDate.ofInstant(now, zone)).getYears() < OLDEST_YEARS;
    }

    static void requireVerifiable(LocalDate birthDate, Instant now, ZoneId zone) {
        if (!isVerifiable(birthDate, now, zone)) {
            throw Faults.of("/birthDate", "birth_date_unverifiable");
        }
    }

    static void requireLikely(LocalDate birthDate, Instant now, ZoneId zone) {
        if (!isLikely(birthDate, now, zone)) {
            throw Faults.of("/birthDate", "birth_date_unlikely");
        }
    }
}
