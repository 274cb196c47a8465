package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;

/** A canteen of the demo district as its operator runs it, over HTTP. */
final class CanteenApi {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final TestApp app;
    private final int number;

    CanteenApi(TestApp app, int number) {
        this.app = app;
        this.number = number;
    }

    Api operator() {
        return app.staff("canteen-operator-" + number);
    }

    UUID id() {
        return DemoStructure.canteen(number);
    }

    /** The day so many days from the test's today. */
    LocalDate day(int ahead) {
        return LocalDate.ofInstant(app.clock().instant(), ZONE).plusDays(ahead);
    }

    static Instant at(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
    }

    /** A meal as it is asked for: open for a week, cut off at ten, over at one; with one dish of eight yuan. */
    JsonObject meal(LocalDate day, String period, int capacity) {
        return new JsonObject()
                .put("date", day.toString())
                .put("period", period)
                .put("capacity", capacity)
                .put("bookingOpensAt", at(day.minusDays(30), "00:00").toString())
                .put("cutoffAt", at(day, "10:00").toString())
                .put("servingEndsAt", at(day, "13:00").toString())
                .put("dishes", new JsonArray().add(dish("番茄鸡蛋", 800)))
                .put("publish", true);
    }

    static JsonObject dish(String name, int priceFen) {
        return new JsonObject().put("name", name).put("priceFen", priceFen);
    }

    /** Publishes a meal of the day and period. */
    String publish(LocalDate day, String period, int capacity) {
        return create(meal(day, period, capacity)).id().toString();
    }

    /** A meal that is to come about. */
    Reply create(JsonObject meal) {
        var reply = operator().post("/v1/canteens/" + id() + "/meals", meal);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply;
    }

    Reply change(String meal, JsonObject change) {
        return operator().patch("/v1/meals/" + meal, change);
    }

    /** How the meal is shown to its operator. */
    JsonObject shown(String meal, LocalDate day) {
        return operator().get("/v1/canteens/" + id() + "/meals?limit=100&from=" + day + "&to=" + day).items().stream()
                .filter(each -> each.getString("id").equals(meal))
                .findFirst()
                .orElseThrow();
    }

    static JsonObject order(String meal) {
        return new JsonObject().put("mealId", meal).put("mode", "dine_in");
    }

    /** A booking that is to come about, booked or waitlisted. */
    Reply book(Api caller, JsonObject order) {
        var reply = caller.post("/v1/bookings", order);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply;
    }

    String statusOf(Reply booking) {
        return operator().get("/v1/bookings/" + booking.id()).json().getString("status");
    }

    Reply checkIn(String meal, Reply booking) {
        return operator()
                .post(
                        "/v1/meals/" + meal + "/check-in",
                        new JsonObject().put("bookingId", booking.id().toString()));
    }
}
