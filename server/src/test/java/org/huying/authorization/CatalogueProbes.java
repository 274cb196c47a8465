package org.huying.authorization;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.UUID;

/** The catalogue and the working calendar. */
final class CatalogueProbes {
    private static final String ITEMS = "/v1/service-items";
    private static final String CALENDAR = "/v1/working-calendar";

    private CatalogueProbes() {}

    static void addTo(Probes probes, Stage stage) {
        probes.list("listServiceItems", CatalogueProbes::item, turn -> ITEMS + "?limit=100");
        probes.call("getServiceItem", turn -> turn.get(ITEMS + "/" + item(turn)));
        probes.call("createServiceItem", turn -> turn.post(ITEMS, item("item-" + UUID.randomUUID())));
        probes.call(
                "changeServiceItem",
                turn -> turn.put(ITEMS + "/" + item(turn), targets().put("version", 1)));
        probes.call("getWorkingCalendar", turn -> turn.get(CALENDAR));
        probes.call("setWorkingWeek", turn -> turn.put(CALENDAR, week()));
        var year = stage.today().getYear();
        probes.call(
                "setCalendarDays",
                turn -> turn.put(CALENDAR + "/years/" + year, new JsonObject().put("days", new JsonArray())));
    }

    /** Which the other district has not. */
    private static String item(Turn turn) {
        return turn.at().once("item", () -> {
            var code = "only-" + turn.at().which().name().toLowerCase(Locale.ROOT);
            turn.at().as(Who.ADMIN).post(ITEMS, item(code)).withStatus(201);
            return code;
        });
    }

    private static JsonObject item(String code) {
        return targets().put("code", code).put("kind", "repair");
    }

    private static JsonObject targets() {
        return new JsonObject()
                .put("name", "维修")
                .put("responseHours", 2)
                .put("resolutionHours", 24)
                .put("calendar", "all_hours")
                .put("evidenceRequired", false)
                .put("reportable", true);
    }

    private static JsonObject week() {
        var hours = new JsonObject().put("from", "09:00").put("to", "17:00");
        return new JsonObject()
                .put("weekdays", new JsonArray().add(1).add(2).add(3).add(4).add(5))
                .put("hours", new JsonArray().add(hours));
    }
}
