package org.huying.ticket.catalogue;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;

/** A day that differs from its weekday. */
record CalendarDay(LocalDate date, boolean working, String name) {
    static CalendarDay from(Row row) {
        return new CalendarDay(row.getLocalDate("day"), row.getBoolean("working"), row.getString("name"));
    }

    static CalendarDay from(JsonObject json) {
        return new CalendarDay(
                LocalDate.parse(json.getString("date")), json.getBoolean("working"), json.getString("name"));
    }
}
