package org.huying.canteen.report;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The meals of a canteen's month.
 *
 * @param unsettled how many are published and not over
 * @param lastDate  without meals null
 */
record MonthMeals(long unsettled, @Nullable LocalDate lastDate) {
    /** No-shows are corrected until the end of the day after the meal. */
    private static final int CORRECTION_DAYS = 1;

    static MonthMeals from(Row row) {
        return new MonthMeals(row.getLong("unsettled"), row.getLocalDate("last_date"));
    }

    /** Whether nothing of the month can change any more. */
    boolean areFinal(YearMonth month, ZoneId zone, Instant now) {
        var today = now.atZone(zone).toLocalDate();
        return unsettled == 0
                && today.isAfter(month.atEndOfMonth())
                && (lastDate == null || today.isAfter(lastDate.plusDays(CORRECTION_DAYS)));
    }
}
