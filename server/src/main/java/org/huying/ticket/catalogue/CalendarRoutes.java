package org.huying.ticket.catalogue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;
import org.huying.place.Places;

/** The working calendar over HTTP. Due times that are set already stay as they are. */
public final class CalendarRoutes implements Operations.Binder {
    /** With less, a target would lie years ahead. */
    private static final Duration WEEK_MIN = Duration.ofHours(5);

    private final Database database;
    private final Clock clock;
    private final Places places;
    private final CalendarStore store = new CalendarStore();

    public CalendarRoutes(Database database, Clock clock, Places places) {
        this.database = database;
        this.clock = clock;
        this.places = places;
    }

    /** A year of the calendar as the contract shows it. */
    record View(int version, List<Integer> weekdays, List<HoursView> hours, int year, List<CalendarDay> days) {
        record HoursView(String from, String to) {}

        static View of(int version, WorkingWeek week, Year year, List<CalendarDay> days) {
            var hours = week.hours().stream()
                    .map(each -> new HoursView(each.from(), each.to()))
                    .toList();
            return new View(version, List.of(week.weekdayNumbers()), hours, year.getValue(), days);
        }
    }

    @Override
    public void bind(Operations operations) {
        operations.query("getWorkingCalendar", Access.signedIn(), this::get);
        operations.command("setWorkingWeek", Access.anyOf(Role.ADMIN), this::setWeek);
        operations.command("setCalendarDays", Access.anyOf(Role.ADMIN), this::setDays);
    }

    private Future<Answer> get(Call call) {
        var wanted = call.number("year");
        var districtId = call.caller().districtId();
        return database.read(client -> wanted == null
                ? thisYear(client, districtId).compose(year -> show(client, districtId, year))
                : show(client, districtId, Year.of(wanted)));
    }

    private Future<Answer> setWeek(Call call, SqlConnection transaction) {
        var week = WorkingWeek.from(call.body());
        Faults.refuse(faults(week));
        var districtId = call.caller().districtId();
        return change(transaction, call)
                .compose(counted -> store.setWeek(transaction, districtId, week))
                .compose(done -> thisYear(transaction, districtId))
                .compose(year -> show(transaction, districtId, year));
    }

    private Future<Answer> setDays(Call call, SqlConnection transaction) {
        var year = Year.of(call.requiredNumber("year"));
        var days = call.body().getJsonArray("days").stream()
                .map(each -> CalendarDay.from((JsonObject) each))
                .toList();
        Faults.refuse(faults(year, days));
        var districtId = call.caller().districtId();
        return change(transaction, call)
                .compose(counted -> store.setDays(transaction, districtId, year, days))
                .compose(done -> show(transaction, districtId, year));
    }

    private Future<Void> change(SqlConnection transaction, Call call) {
        return store.change(transaction, call.caller().districtId()).map(before -> {
            Versions.require(call.body().getInteger("version"), before, "calendar_changed");
            return null;
        });
    }

    private Future<Answer> show(SqlClient client, UUID districtId, Year year) {
        var version = store.version(client, districtId);
        var week = store.week(client, districtId);
        var days = store.daysOf(client, districtId, year);
        return Future.all(version, week, days)
                .map(all -> Answer.ok(View.of(version.result(), week.result(), year, days.result())));
    }

    private Future<Year> thisYear(SqlClient client, UUID districtId) {
        return places.zone(client, districtId).map(zone -> Year.from(LocalDate.ofInstant(clock.instant(), zone)));
    }

    private static List<Fault> faults(WorkingWeek week) {
        var hours = week.hours();
        var faults = new ArrayList<Fault>();
        for (var i = 0; i < hours.size(); i++) {
            var each = hours.get(i);
            if (each.fromMinute() >= each.toMinute()) {
                faults.add(new Fault("/hours/" + i + "/to", "hours_reversed"));
            } else if (i > 0 && hours.get(i - 1).toMinute() > each.fromMinute()) {
                faults.add(new Fault("/hours/" + i + "/from", "hours_overlap"));
            }
        }
        if (faults.isEmpty() && week.length().compareTo(WEEK_MIN) < 0) {
            faults.add(new Fault("/hours", "hours_too_few", Long.toString(WEEK_MIN.toHours())));
        }
        return faults;
    }

    private static List<Fault> faults(Year year, List<CalendarDay> days) {
        var faults = new ArrayList<Fault>();
        var seen = new HashSet<LocalDate>();
        for (var i = 0; i < days.size(); i++) {
            var date = days.get(i).date();
            if (date.getYear() != year.getValue()) {
                faults.add(new Fault("/days/" + i + "/date", "date_outside", year.toString()));
            } else if (!seen.add(date)) {
                faults.add(new Fault("/days/" + i + "/date", "date_repeated"));
            }
        }
        return faults;
    }
}
