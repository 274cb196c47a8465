package org.huying.authorization;

import io.vertx.core.json.JsonObject;
import org.huying.photo.image.Pictures;

/** Reporting, and looking at what was reported. */
final class TicketProbes {
    private TicketProbes() {}

    static void addTo(Probes probes) {
        probes.call(
                "submitTicket (household)",
                turn -> turn.post("/v1/tickets", named(turn, turn.at().tickets().aboutHousehold())));
        probes.call(
                "submitTicket (spot)",
                turn -> turn.post("/v1/tickets", turn.at().tickets().aboutSpot()));
        probes.show(
                "findSimilarTickets",
                turn -> turn.at().tickets().cleaning(),
                turn -> turn.post(
                        "/v1/tickets/similar",
                        new JsonObject()
                                .put("serviceItemCode", Tickets.CLEANING)
                                .put("householdId", turn.at().household().toString())
                                .put("text", "楼道里有油污")));
        probes.call("countTickets", turn -> turn.get("/v1/tickets/counts"));
        probes.list("listTickets", turn -> turn.at().tickets().shown(), turn -> "/v1/tickets?limit=100");
        probes.call("getTicket", turn -> turn.get(shown(turn)));
        probes.call("listTicketEvents", turn -> turn.get(shown(turn) + "/events"));
        probes.call("getTicketCompletion", turn -> turn.get(shown(turn) + "/completion"));
        probes.call(
                "getTicket (spot)",
                turn -> turn.get("/v1/tickets/"
                        + turn.at().once("spot", () -> turn.at().tickets().ofSpot())));
        probes.call("uploadPhoto", turn -> turn.caller().upload("/v1/photos", Pictures.jpeg(24, 16)));
        probes.call("getPhoto", turn -> turn.get(photo(turn)));
        probes.call("getPhotoThumbnail", turn -> turn.get(photo(turn) + "/thumbnail"));
    }

    /** Staff say in whose name. */
    private static JsonObject named(Turn turn, JsonObject report) {
        return turn.who() == Who.RESIDENT ? report : turn.at().tickets().onBehalf(report);
    }

    private static String shown(Turn turn) {
        return "/v1/tickets/" + turn.at().tickets().shown();
    }

    private static String photo(Turn turn) {
        return "/v1/photos/" + turn.at().tickets().photo();
    }
}
