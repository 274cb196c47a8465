package org.huying.roster.workbook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Days as spreadsheets count them, by one of two systems: since the last day of 1899, with a 29 February 1900 that never was,
 * or since the first day of 1904.
 */
final class Serials {
    private static final BigDecimal LAST = BigDecimal.valueOf(2_958_466);
    private static final int NEVER_WAS = 60;
    private static final LocalDate ZERO_AFTER_IT = LocalDate.of(1899, 12, 30);
    private static final LocalDate ZERO_OF_1904 = LocalDate.of(1904, 1, 1);

    private Serials() {}

    /** Nothing where it is no day: a time alone, before the first, after the last, or the one that never was. */
    static Optional<LocalDate> day(BigDecimal serial, boolean is1904) {
        if (serial.signum() < 0 || serial.compareTo(LAST) >= 0) {
            return Optional.empty();
        }
        int days = serial.setScale(0, RoundingMode.FLOOR).intValueExact();
        if (is1904) {
            return serial.signum() > 0 && days == 0 ? Optional.empty() : Optional.of(ZERO_OF_1904.plusDays(days));
        }
        if (days == 0 || days == NEVER_WAS) {
            return Optional.empty();
        }
        return Optional.of(ZERO_AFTER_IT.plusDays(days < NEVER_WAS ? days + 1 : days));
    }
}
