package org.huying.authorization;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.testing.Api;

/** Makes meals of a side's canteen, and bookings of its resident. */
record Meals(Side side) {
    private static final List<String> PERIODS = List.of("breakfast", "lunch", "dinner");
    private static final AtomicInteger DAYS = new AtomicInteger();

    String published() {
        return create(fresh().put("publish", true));
    }

    String draft() {
        return create(fresh().put("publish", false));
    }

    /** Of a day and period that nothing has. */
    JsonObject fresh() {
        var turn = DAYS.incrementAndGet();
        return meal(today().plusDays(1 + turn / PERIODS.size()), PERIODS.get(turn % PERIODS.size()));
    }

    /** Of each period there is one. */
    String ofToday(String period) {
        return create(meal(today(), period).put("publish", true));
    }

    /** With a booking that can be handed over. */
    String servedToday() {
        return side.once("meal served today", () -> ofToday("lunch"));
    }

    String bookingOfToday() {
        return side.once("booking of today", () -> book(side.as(Who.RESIDENT), order(servedToday())));
    }

    /** Made by the grid member for the resident, who did not come. */
    String missed() {
        return side.once("missed booking", () -> {
            var meal = ofToday("dinner");
            var booking = book(side.as(Who.GRID_MEMBER), forResident(order(meal)));
            side.as(Who.CANTEEN_OPERATOR).post("/v1/meals/" + meal + "/close").withStatus(200);
            return booking;
        });
    }

    /** By the resident themself. */
    String booking() {
        return book(side.as(Who.RESIDENT), order(published()));
    }

    /** For the resident. */
    String bookingBy(Who who) {
        return book(side.as(who), forResident(order(published())));
    }

    static JsonObject order(String meal) {
        return new JsonObject().put("mealId", meal).put("mode", "dine_in");
    }

    JsonObject forResident(JsonObject order) {
        return order.put("dinerId", side.resident().toString());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(side.app().clock().instant(), Stage.ZONE);
    }

    private static JsonObject meal(LocalDate day, String period) {
        return new JsonObject()
                .put("date", day.toString())
                .put("period", period)
                .put("capacity", 20)
                .put("bookingOpensAt", at(day.minusYears(3), "00:00"))
                .put("cutoffAt", at(day, "10:00"))
                .put("servingEndsAt", at(day, "23:59:59"))
                .put(
                        "dishes",
                        new JsonArray().add(new JsonObject().put("name", "番茄鸡蛋").put("priceFen", 800)));
    }

    private static String at(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time)).atZone(Stage.ZONE).toInstant().toString();
    }

    private String create(JsonObject meal) {
        return side.as(Who.CANTEEN_OPERATOR)
                .post("/v1/canteens/" + side.canteen() + "/meals", meal)
                .withStatus(201)
                .id()
                .toString();
    }

    private static String book(Api booker, JsonObject order) {
        return booker.post("/v1/bookings", order).withStatus(201).id().toString();
    }
}
