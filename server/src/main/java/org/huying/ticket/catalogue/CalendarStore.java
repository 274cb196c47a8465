package org.huying.ticket.catalogue;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** Working weeks, and the days that differ from them. */
final class CalendarStore {
    Future<WorkingWeek> week(SqlClient client, UUID districtId) {
        return client.preparedQuery(CalendarSql.WEEK)
                .execute(Tuple.of(districtId))
                .map(Rows.first(WorkingWeek::from))
                .map(found -> found.orElse(WorkingWeek.USUAL));
    }

    Future<Void> setWeek(SqlClient client, UUID districtId, WorkingWeek week) {
        return client.preparedQuery(CalendarSql.SET_WEEK)
                .execute(Tuple.of(districtId, week.weekdayNumbers(), week.hoursAsJson()))
                .mapEmpty();
    }

    Future<Integer> version(SqlClient client, UUID districtId) {
        return client.preparedQuery(CalendarSql.VERSION)
                .execute(Tuple.of(districtId))
                .map(rows -> rows.iterator().next().getInteger("version"));
    }

    /** Counts a change that comes, and nobody else changes it until the transaction has ended; gives the version of before. */
    Future<Integer> change(SqlClient client, UUID districtId) {
        return client.preparedQuery(CalendarSql.CHANGE)
                .execute(Tuple.of(districtId))
                .map(rows -> rows.iterator().next().getInteger("version"));
    }

    Future<List<CalendarDay>> daysSince(SqlClient client, UUID districtId, LocalDate first) {
        return days(client, districtId, first, null);
    }

    Future<List<CalendarDay>> daysOf(SqlClient client, UUID districtId, Year year) {
        return days(client, districtId, year.atDay(1), year.plusYears(1).atDay(1));
    }

    /** Puts these in the place of all that the year had. */
    Future<Void> setDays(SqlClient client, UUID districtId, Year year, List<CalendarDay> days) {
        return client.preparedQuery(CalendarSql.CLEAR_DAYS)
                .execute(Tuple.of(districtId, year.atDay(1), year.plusYears(1).atDay(1)))
                .compose(cleared -> client.preparedQuery(CalendarSql.ADD_DAYS)
                        .execute(Tuple.tuple()
                                .addUUID(districtId)
                                .addValue(days.stream().map(CalendarDay::date).toArray(LocalDate[]::new))
                                .addValue(
                                        days.stream().map(CalendarDay::working).toArray(Boolean[]::new))
                                .addValue(days.stream().map(CalendarDay::name).toArray(String[]::new))))
                .mapEmpty();
    }

    private static Future<List<CalendarDay>> days(
            SqlClient client, UUID districtId, LocalDate from, @Nullable LocalDate until) {
        return client.preparedQuery(CalendarSql.DAYS)
                .execute(Tuple.of(districtId, from, until))
                .map(Rows.list(CalendarDay::from));
    }
}
