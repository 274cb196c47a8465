package org.huying.identity.resident;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.huying.kernel.Faults;

/** Which birth dates are believed. */
final class BirthDates {
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    private BirthDates() {}

    static boolean isLikely(LocalDate birthDate, Instant now, ZoneId zone) {
        return !birthDate.isBefore(EARLIEST) && !birthDate.isAfter(LocalDate.ofInstant(now, zone));
    }

    static void requireLikely(LocalDate birthDate, Instant now, ZoneId zone) {
        if (!isLikely(birthDate, now, zone)) {
            throw Faults.of("/birthDate", "birth_date_unlikely");
        }
    }
}
