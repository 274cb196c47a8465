package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.testing.TestDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The canteen's job from end to end, over HTTP. */
class BookingApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Test
    void twoHundredAtOnceForFiftyPlacesGiveExactlyFifty() {
        // given
        var meal = publish(20, 50);
        var callers = IntStream.range(0, 200)
                .mapToObj(i -> APP.wechat("demo-new-rush-" + i))
                .toList();

        // when
        var replies = callers.stream().map(caller -> caller.postLater("/v1/bookings", booking(meal))).toList().stream()
                .map(CompletableFuture::join)
                .toList();

        // then
        assertThat(replies.stream().filter(r -> r.status() == 201)).hasSize(50);
        assertThat(replies.stream().filter(r -> r.status() == 409))
                .hasSize(150)
                .allSatisfy(r -> assertThat(r.code()).isEqualTo("meal_full"));
        assertThat(new HashSet<>(replies.stream()
                        .filter(r -> r.status() == 201)
                        .map(r -> r.json().getString("code"))
                        .toList()))
                .hasSize(50);
    }

    @Test
    void aBookingIsConfirmedAndCheckedInOnceByItsCode() {
        // given
        var operator = APP.staff("canteen-operator-4");
        var meal = publish(0, 10);
        var booked = APP.resident(1).post("/v1/bookings", booking(meal));
        assertThat(booked.status()).as(booked.text()).isEqualTo(201);
        var confirmed = operator.post("/v1/meals/" + meal + "/confirm");
        assertThat(confirmed.json().getInteger("confirmed")).isEqualTo(1);
        var code = new JsonObject().put("code", booked.json().getString("code"));

        // when
        var served = operator.post("/v1/meals/" + meal + "/check-in", code);
        var again = operator.post("/v1/meals/" + meal + "/check-in", code);

        // then
        assertThat(served.json().getString("status")).isEqualTo("served");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("already_served");
        assertThat(again.json().getString("servedAt")).isNotNull();
    }

    @Test
    void aSecondAttemptNamesTheBookingThatStandsAndACancelledOneFreesTheWay() {
        // given
        var meal = publish(21, 10);
        var first = APP.resident(2).post("/v1/bookings", booking(meal));

        // when
        var second = APP.resident(2).post("/v1/bookings", booking(meal));

        // then
        assertThat(second.code()).isEqualTo("already_booked");
        assertThat(second.json().getString("bookingId")).isEqualTo(first.id().toString());
        assertThat(APP.resident(2)
                        .post("/v1/bookings/" + first.id() + "/cancel")
                        .status())
                .isEqualTo(200);
        assertThat(APP.resident(2).post("/v1/bookings", booking(meal)).status()).isEqualTo(201);
    }

    @Test
    void aFreedPortionGoesToTheFirstWhoWaits() {
        // given
        var meal = publish(22, 1);
        var first = APP.resident(3).post("/v1/bookings", booking(meal));
        var waiting = APP.resident(4).post("/v1/bookings", booking(meal).put("joinWaitlist", true));
        assertThat(waiting.json().getString("status")).isEqualTo("waitlisted");
        assertThat(waiting.json().getInteger("waitlistPosition")).isEqualTo(1);

        // when
        APP.resident(3).post("/v1/bookings/" + first.id() + "/cancel");

        // then
        var promoted = APP.resident(4).get("/v1/bookings/" + waiting.id());
        assertThat(promoted.json().getString("status")).isEqualTo("booked");
    }

    @Test
    void othersNeitherSeeNorTouchABooking() {
        // given
        var meal = publish(23, 10);
        var mine = APP.resident(5).post("/v1/bookings", booking(meal)).id();

        // then
        assertThat(APP.resident(6).get("/v1/bookings/" + mine).status()).isEqualTo(404);
        assertThat(APP.resident(6).post("/v1/bookings/" + mine + "/cancel").status())
                .isEqualTo(404);
        assertThat(APP.wechat("demo-far-1").get("/v1/bookings/" + mine).status())
                .isEqualTo(404);
        assertThat(APP.staff("canteen-operator-2")
                        .get("/v1/meals/" + meal + "/bookings")
                        .status())
                .isIn(403, 404);
    }

    @Test
    void onlyTheCanteensOperatorPublishes() {
        assertThat(create(APP.resident(1), 24).status()).isEqualTo(403);
        assertThat(create(APP.staff("canteen-operator-2"), 24).status()).isEqualTo(403);
        assertThat(create(APP.staff("far-supervisor"), 24).status()).isEqualTo(404);
        assertThat(create(APP.staff("canteen-operator-1"), 24).status()).isEqualTo(201);
        assertThat(create(APP.staff("canteen-operator-1"), 24).code()).isEqualTo("meal_exists");
    }

    private static Reply create(Api caller, int daysAhead) {
        return caller.post(
                "/v1/canteens/" + DemoStructure.canteen(1) + "/meals",
                new JsonObject()
                        .put("date", day(daysAhead).toString())
                        .put("period", "lunch")
                        .put("capacity", 5)
                        .put("dishes", dishes())
                        .put("publish", true));
    }

    /** Today's meals of canteen 1 are taken up by the demo; a day on which only this test publishes, or canteen 4's dinner. */
    @Test
    void theFunnelShowsOnTheManagementPort() throws Exception {
        // given
        APP.resident(5).post("/v1/bookings", booking(publish(25, 10)));

        // when
        var metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(APP.managementUri().resolve("/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();

        // then
        assertThat(metrics)
                .containsPattern("huying_bookings_batch_size_count [1-9]")
                .containsPattern("huying_bookings_queue_wait_seconds_count [1-9]")
                .contains("huying_bookings_queued 0.0");
    }

    private static String publish(int daysAhead, int capacity) {
        var canteen = daysAhead == 0 ? 4 : 1;
        var now = APP.clock().instant();
        var end = TestDay.at(daysAhead, "23:59:59");
        var cutoff = now.plusSeconds(600);
        var reply = APP.staff("canteen-operator-" + canteen)
                .post(
                        "/v1/canteens/" + DemoStructure.canteen(canteen) + "/meals",
                        new JsonObject()
                                .put("date", day(daysAhead).toString())
                                .put("period", "dinner")
                                .put("capacity", capacity)
                                .put("bookingOpensAt", now.minusSeconds(3600).toString())
                                .put("cutoffAt", (cutoff.isBefore(end) ? cutoff : end).toString())
                                .put("servingEndsAt", end.toString())
                                .put("dishes", dishes())
                                .put("publish", true));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.id().toString();
    }

    private static LocalDate day(int ahead) {
        return LocalDate.ofInstant(APP.clock().instant(), ZONE).plusDays(ahead);
    }

    private static JsonArray dishes() {
        return new JsonArray(List.of(new JsonObject().put("name", "番茄鸡蛋").put("priceFen", 800)));
    }

    private static JsonObject booking(String meal) {
        return new JsonObject().put("mealId", meal).put("mode", "dine_in");
    }
}
