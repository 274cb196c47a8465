package org.huying.ticket.catalogue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Year;
import java.util.UUID;

/** What a new district can be asked for, and when it works: the bodies of the operations by which it is changed later. */
public final class StarterCatalogue {
    private final Catalogue catalogue;
    private final CalendarStore calendar = new CalendarStore();

    public StarterCatalogue(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Writes them down for a district that has none.
     *
     * @param starter with {@code serviceItems}, {@code workingWeek} and {@code calendarYears}
     */
    public Future<Void> give(SqlConnection transaction, UUID districtId, JsonObject starter) {
        var years = starter.getJsonObject("calendarYears");
        Future<Void> done =
                calendar.setWeek(transaction, districtId, WorkingWeek.from(starter.getJsonObject("workingWeek")));
        for (var year : years.fieldNames()) {
            var days = years.getJsonObject(year).getJsonArray("days").stream()
                    .map(each -> CalendarDay.from((JsonObject) each))
                    .toList();
            done = done.compose(before -> calendar.setDays(transaction, districtId, Year.parse(year), days));
        }
        for (var each : starter.getJsonArray("serviceItems")) {
            var item = ServiceItem.first((JsonObject) each);
            done = done.compose(before -> catalogue.add(transaction, districtId, item));
        }
        return done;
    }
}
