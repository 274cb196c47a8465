package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every canteen operation once over HTTP; each answer is held against the contract. */
class CanteenContractTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String CANTEEN = "/v1/canteens/" + DemoStructure.canteen(2);

    private static String day(int ahead) {
        return LocalDate.ofInstant(APP.clock().instant(), ZONE).plusDays(ahead).toString();
    }

    private static Reply draft(int daysAhead, JsonObject more) {
        var meal = new JsonObject()
                .put("date", day(daysAhead))
                .put("period", "dinner")
                .put("capacity", 2)
                .put("bookingOpensAt", APP.clock().instant().minusSeconds(60).toString())
                .put("dishes", dishes())
                .mergeIn(more);
        return APP.staff("canteen-operator-2").post(CANTEEN + "/meals", meal);
    }

    private static String published(int daysAhead) {
        return draft(daysAhead, new JsonObject().put("publish", true)).id().toString();
    }

    private static JsonArray dishes() {
        var soup = new JsonObject().put("name", "汤").put("priceFen", 300).put("quota", 1);
        var rice = new JsonObject()
                .put("name", "饭")
                .put("priceFen", 500)
                .putNull("quota")
                .put("tags", new JsonArray().add("soft"))
                .put("allergens", new JsonArray().add("大豆"));
        return new JsonArray().add(rice).add(soup);
    }

    private static JsonObject booking(String meal) {
        return new JsonObject().put("mealId", meal).put("mode", "pickup");
    }

    private static JsonObject riceFor(String meal) {
        var dish =
                APP
                        .resident(1)
                        .get(CANTEEN + "/meals?from=" + day(0) + "&to=" + day(60) + "&limit=100")
                        .items()
                        .stream()
                        .filter(m -> m.getString("id").equals(meal))
                        .findFirst()
                        .orElseThrow()
                        .getJsonArray("dishes")
                        .getJsonObject(0);
        return booking(meal)
                .put(
                        "dishes",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("dishId", dish.getString("id"))
                                        .put("portions", 1)));
    }

    @Test
    void canteensAndMealsAreListedInPages() {
        // given
        var meal = draft(40, new JsonObject());
        var operator = APP.staff("canteen-operator-2");
        var range = "/meals?from=" + day(0) + "&to=" + day(60);

        // when
        var canteens = APP.resident(1).get("/v1/canteens?limit=3");
        var rest = APP.resident(1).get("/v1/canteens?cursor=" + canteens.json().getString("nextCursor"));
        var unpublished = APP.resident(1).get(CANTEEN + range + "&limit=100");
        var published = operator.post("/v1/meals/" + meal.id() + "/publish");
        var first = APP.resident(1).get(CANTEEN + range + "&limit=1");
        var second = APP.resident(1)
                .get(CANTEEN + range + "&limit=1&cursor=" + first.json().getString("nextCursor"));
        var unchanged =
                APP.resident(1).with("If-None-Match", first.header("ETag")).get(CANTEEN + range + "&limit=1");

        // then
        assertThat(canteens.items()).hasSize(3);
        assertThat(rest.items()).hasSize(1);
        assertThat(meal.json().getString("status")).isEqualTo("draft");
        assertThat(unpublished.items())
                .noneMatch(m -> m.getString("id").equals(meal.id().toString()));
        assertThat(published.json().getString("status")).isEqualTo("published");
        assertThat(second.items().get(0).getString("id"))
                .isNotEqualTo(first.items().get(0).getString("id"));
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(APP.resident(1)
                        .get(CANTEEN + "/meals?from=" + day(1) + "&to=" + day(0))
                        .status())
                .isEqualTo(422);
        assertThat(APP.resident(1)
                        .get("/v1/canteens/" + UUID.randomUUID() + range)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatIsWrongWithAMealIsSaidAtOnce() {
        // given
        var wrong = new JsonObject().put("capacity", 0).put("period", "supper");

        // when
        var malformed = draft(41, wrong);
        var broken = draft(41, new JsonObject().put("cutoffAt", "2020-01-01T00:00:00Z"));
        var exists = List.of(draft(41, new JsonObject()), draft(41, new JsonObject()));

        // then
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.faults()).containsExactlyInAnyOrder("/capacity", "/period");
        assertThat(broken.code()).isEqualTo("cutoff_not_after_opening");
        assertThat(broken.faults()).containsExactly("/cutoffAt");
        assertThat(exists).extracting(Reply::status).containsExactly(201, 409);
    }

    @Test
    void aKeyBooksOnce() {
        // given
        var meal = published(42);
        var caller = APP.resident(10).with("Idempotency-Key", "lunch-1");

        // when
        var first = caller.post("/v1/bookings", riceFor(meal));
        var again = caller.post("/v1/bookings", riceFor(meal));
        var other = caller.post("/v1/bookings", booking(meal));

        // then
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void refusalsOfABookingHaveTheirCodes() {
        // given
        var meal = published(43);
        var booked = APP.resident(11).post("/v1/bookings", booking(meal));

        // when
        var soldOut = APP.resident(12).post("/v1/bookings", booking(meal));
        APP.resident(12).post("/v1/bookings", riceFor(meal));
        var full = APP.resident(13).post("/v1/bookings", riceFor(meal));
        var waiting = APP.resident(13).post("/v1/bookings", riceFor(meal).put("joinWaitlist", true));
        var twice = APP.resident(11).post("/v1/bookings", booking(meal));
        var forAnother = APP.resident(14)
                .post("/v1/bookings", booking(meal).put("dinerId", booked.json().getString("dinerId")));
        var nowhere =
                APP.resident(14).post("/v1/bookings", booking(UUID.randomUUID().toString()));

        // then
        assertThat(soldOut.code()).isEqualTo("dish_sold_out");
        assertThat(full.code()).isEqualTo("meal_full");
        assertThat(waiting.json().getString("status")).isEqualTo("waitlisted");
        assertThat(waiting.json().getInteger("waitlistPosition")).isEqualTo(1);
        assertThat(twice.code()).isEqualTo("already_booked");
        assertThat(twice.json().getString("bookingId")).isEqualTo(booked.id().toString());
        assertThat(forAnother.status()).isEqualTo(403);
        assertThat(nowhere.status()).isEqualTo(404);
    }

    @Test
    void theCounterHasItsOperations() {
        // given
        var operator = APP.staff("canteen-operator-2");
        var meal = published(44);
        var booked = APP.resident(15).post("/v1/bookings", riceFor(meal));
        var path = "/v1/bookings/" + booked.id();

        // when
        var confirmed = operator.post(path + "/confirm");
        var wrongDay = operator.post(
                "/v1/meals/" + meal + "/check-in",
                new JsonObject().put("bookingId", booked.id().toString()));
        var unknown = operator.post("/v1/meals/" + meal + "/check-in", new JsonObject().put("code", "xyz"));
        var early = operator.post("/v1/meals/" + meal + "/close");
        APP.clock().advance(Duration.ofDays(44));
        var closed = operator.post("/v1/meals/" + meal + "/close");
        APP.clock().advance(Duration.ofDays(-1));
        var tooEarly = operator.post(path + "/serve");
        APP.clock().advance(Duration.ofDays(1));
        var missed = operator.get("/v1/meals/" + meal + "/bookings?status=no_show");
        var corrected = operator.post(path + "/serve");
        var again = operator.post(path + "/serve");
        var noMore = operator.post(path + "/cancel", new JsonObject().put("reason", "?"));
        APP.clock().advance(Duration.ofDays(-44));
        var own = APP.resident(15).get("/v1/bookings?status=served&from=" + day(44) + "&to=" + day(44));

        // then
        assertThat(confirmed.json().getString("status")).isEqualTo("confirmed");
        assertThat(wrongDay.code()).isEqualTo("not_meal_day");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(early.code()).isEqualTo("not_meal_day");
        assertThat(tooEarly.code()).isEqualTo("not_meal_day");
        assertThat(closed.json().getString("status")).isEqualTo("closed");
        assertThat(missed.items()).hasSize(1).allMatch(b -> b.getString("dinerName") != null);
        assertThat(corrected.json().getString("status")).isEqualTo("served");
        assertThat(again.code()).isEqualTo("already_served");
        assertThat(noMore.code()).isEqualTo("action_not_allowed");
        assertThat(noMore.json().getString("bookingStatus")).isEqualTo("served");
        assertThat(own.items()).hasSize(1);
    }

    @Test
    void aMealIsCancelledWithAReason() {
        // given
        var operator = APP.staff("canteen-operator-2");
        var meal = published(45);
        var booked = APP.resident(16).post("/v1/bookings", riceFor(meal)).id();

        // when
        var without = operator.post("/v1/meals/" + meal + "/cancel");
        var cancelled = operator.post("/v1/meals/" + meal + "/cancel", new JsonObject().put("reason", "停电"));
        var again = operator.post("/v1/meals/" + meal + "/publish");

        // then
        assertThat(without.faults()).containsExactly("/reason");
        assertThat(cancelled.json().getString("cancelReason")).isEqualTo("停电");
        assertThat(again.json().getString("mealStatus")).isEqualTo("cancelled");
        assertThat(APP.resident(16).get("/v1/bookings/" + booked).json().getString("status"))
                .isEqualTo("cancelled");
    }
}
