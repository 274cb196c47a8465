package org.huying.canteen;

import io.vertx.sqlclient.Row;
import java.time.LocalTime;

/** When a canteen's meals of a period open for booking, close for it and end, unless a meal says otherwise. */
public record PeriodRule(
        Period period,
        int opensDaysBefore,
        LocalTime opensAt,
        int cutoffDaysBefore,
        LocalTime cutoffAt,
        LocalTime servingEndsAt) {
    public static PeriodRule from(Row row) {
        return new PeriodRule(
                Period.of(row.getString("period")),
                row.getInteger("opens_days_before"),
                row.getLocalTime("opens_at"),
                row.getInteger("cutoff_days_before"),
                row.getLocalTime("cutoff_at"),
                row.getLocalTime("serving_ends_at"));
    }
}
