package org.huying.authorization;

import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;

/** Meals, as their canteen runs them. */
final class MealProbes {
    private MealProbes() {}

    static void addTo(Probes probes, Stage stage) {
        var today = stage.today();
        probes.call("listMeals", turn -> turn.get(canteen(turn) + "/meals?from=" + today + "&to=" + today));
        probes.call("createMeal", turn -> turn.post(canteen(turn) + "/meals", draft(turn)));
        var monday = today.plusYears(3).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        probes.call(
                "copyWeek",
                turn -> turn.post(
                        canteen(turn) + "/weeks/" + monday + "/copy",
                        new JsonObject().put("toMonday", monday.plusWeeks(1).toString())));
        probes.call("changeMeal", turn -> turn.patch(meal(turn), new JsonObject().put("capacity", 30)));
        probes.call(
                "publishMeal",
                turn -> turn.post("/v1/meals/" + turn.at().meals().draft() + "/publish"));
        probes.call("closeMeal", turn -> turn.post("/v1/meals/" + mealToClose(turn) + "/close"));
        probes.call("cancelMeal", turn -> turn.post(meal(turn) + "/cancel", new JsonObject().put("reason", "停电")));
        probes.call("listMealBookings", turn -> turn.get(meal(turn) + "/bookings"));
        probes.call("getKitchenSheet", turn -> turn.get(meal(turn) + "/kitchen-sheet"));
        probes.call("confirmMealBookings", turn -> turn.post(meal(turn) + "/confirm"));
        probes.call(
                "checkIn",
                turn -> turn.post(
                        "/v1/meals/" + turn.at().meals().servedToday() + "/check-in",
                        new JsonObject().put("bookingId", turn.at().meals().bookingOfToday())));
        probes.call("getSettlement", turn -> turn.get(canteen(turn) + "/settlements/" + YearMonth.from(today)));
    }

    private static String canteen(Turn turn) {
        return "/v1/canteens/" + turn.at().canteen();
    }

    private static String meal(Turn turn) {
        return "/v1/meals/" + turn.at().meals().published();
    }

    private static String mealToClose(Turn turn) {
        return turn.at().once("meal to close", () -> turn.at().meals().ofToday("breakfast"));
    }

    private static JsonObject draft(Turn turn) {
        return turn.at().meals().fresh().put("publish", false);
    }
}
