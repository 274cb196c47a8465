package org.huying.canteen.report;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * The meals of a canteen's month.
 *
 * @param unsettled how many are published and not over
 */
record MonthMeals(long unsettled) {
    /** No-shows are corrected until the end of the day after the meal; until then meals may also be planned. */
    private static final int CORRECTION_DAYS = 1;

    static MonthMeals from(Row row) {
        return new MonthMeals(row.getLong("unsettled"));
    }

    /** Whether nothing of the month can change any more. */
    boolean areFinal(YearMonth month, ZoneId zone, Instant now) {
        var today = now.atZone(zone).toLocalDate();
        return unsettled == 0 && today.isAfter(month.atEndOfMonth().plusDays(CORRECTION_DAYS));
    }
}
