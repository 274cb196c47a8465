package org.huying.authorization;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Bookings, seen from everywhere. */
final class BookingProbes {
    private BookingProbes() {}

    static void addTo(Probes probes) {
        probes.list(
                "listBookings",
                turn -> bookingOf(turn, Set.of(Who.GRID_MEMBER, Who.CANTEEN_OPERATOR)),
                turn -> "/v1/bookings?limit=100");
        probes.call(
                "createBooking (diner)",
                turn -> turn.post(
                        "/v1/bookings",
                        turn.at()
                                .meals()
                                .forResident(Meals.order(turn.own().meals().published()))));
        probes.call("createBooking (meal)", turn -> turn.post("/v1/bookings", order(turn)));
        probes.call("getBooking", turn -> turn.get(booking(turn)));
        probes.call("getBookingQrCode", turn -> turn.get(booking(turn) + "/qr-code"));
        probes.call(
                "cancelBooking", turn -> turn.post(booking(turn) + "/cancel", new JsonObject().put("reason", "不来了")));
        probes.call("confirmBooking", turn -> turn.post(booking(turn) + "/confirm"));
        probes.call(
                "serveBooking",
                turn -> turn.post("/v1/bookings/" + turn.at().meals().missed() + "/serve"));
    }

    private static JsonObject order(Turn turn) {
        return turn.own().meals().forResident(Meals.order(turn.at().meals().published()));
    }

    private static String booking(Turn turn) {
        return "/v1/bookings/" + bookingOf(turn, Set.of(Who.GRID_MEMBER));
    }

    /** By the resident, or for them by those of these who ask for their own. */
    private static String bookingOf(Turn turn, Set<Who> makers) {
        var meals = turn.at().meals();
        return turn.isOwn() && makers.contains(turn.who()) ? meals.bookingBy(turn.who()) : meals.booking();
    }
}
