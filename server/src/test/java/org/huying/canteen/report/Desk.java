package org.huying.canteen.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.jspecify.annotations.Nullable;

/** A canteen of the demo seen from its counter, over HTTP. Meals are booked until 10:00 and served until 13:00. */
record Desk(TestApp app, int number) {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** What the programme pays from an age to another; without {@code toAge} to any age. */
    record PolicyBand(int fromAge, @Nullable Integer toAge, int amountFen) {}

    UUID canteen() {
        return DemoStructure.canteen(number);
    }

    Api operator() {
        return app.staff("canteen-operator-" + number);
    }

    void setClock(LocalDate date, String time) {
        app.clock().set(instant(date, time));
    }

    private static Instant instant(LocalDate date, String time) {
        return date.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
    }

    // ---- what has no operation yet ----

    void sql(String statement, @Nullable Object... values) {
        TestApp.await(
                app.database().read(client -> client.preparedQuery(statement).execute(Tuple.from(values))));
    }

    /** A new resident of the district. */
    UUID diner(String name, @Nullable LocalDate verifiedBirthDate) {
        var id = Ids.next();
        sql("INSERT INTO person (id, created_at) VALUES ($1, now())", id);
        sql(
                """
                INSERT INTO resident (district_id, id, name_sealed, birth_date_sealed, birth_date_verified, created_at)
                VALUES ($1, $2, $3, $4, $5, now())
                """,
                DemoStructure.districtId(),
                id,
                app.cipher().seal(name),
                app.cipher().seal(verifiedBirthDate == null ? null : verifiedBirthDate.toString()),
                verifiedBirthDate != null);
        return id;
    }

    void policy(LocalDate from, List<PolicyBand> bands) {
        for (var band : bands) {
            sql("""
                    INSERT INTO subsidy_policy (district_id, canteen_id, effective_from, from_age, to_age, amount_fen)
                    VALUES ($1, $2, $3, $4, $5, $6)
                    """, DemoStructure.districtId(), canteen(), from, band.fromAge(), band.toAge(), band.amountFen());
        }
    }

    // ---- meals and bookings ----

    /** Published, with room for 500; {@code more} has the last word. */
    String meal(LocalDate date, String period, JsonObject more) {
        var asked = new JsonObject()
                .put("date", date.toString())
                .put("period", period)
                .put("capacity", 500)
                .put("bookingOpensAt", instant(date.minusDays(7), "00:00").toString())
                .put("cutoffAt", instant(date, "10:00").toString())
                .put("servingEndsAt", instant(date, "13:00").toString())
                .put("dishes", new JsonArray())
                .put("priceFen", 1200)
                .put("publish", true)
                .mergeIn(more);
        return ok(operator().post("/v1/canteens/" + canteen() + "/meals", asked))
                .id()
                .toString();
    }

    static JsonObject dish(String name, int priceFen, List<String> tags, List<String> allergens) {
        return new JsonObject()
                .put("name", name)
                .put("priceFen", priceFen)
                .put("tags", new JsonArray(tags))
                .put("allergens", new JsonArray(allergens));
    }

    static JsonObject dishes(JsonObject... dishes) {
        return new JsonObject().put("dishes", new JsonArray(List.of(dishes)));
    }

    /** To eat there, by the operator for the diner, the morning before the cut-off; {@code more} has the last word. */
    JsonObject book(String meal, UUID diner, JsonObject more) {
        var asked = new JsonObject()
                .put("mealId", meal)
                .put("dinerId", diner.toString())
                .put("mode", "dine_in")
                .mergeIn(more);
        return ok(operator().post("/v1/bookings", asked)).json();
    }

    JsonObject serve(JsonObject booking) {
        var id = new JsonObject().put("bookingId", booking.getString("id"));
        return ok(operator().post("/v1/meals/" + booking.getString("mealId") + "/check-in", id))
                .json();
    }

    void correct(JsonObject booking) {
        ok(operator().post("/v1/bookings/" + booking.getString("id") + "/serve"));
    }

    void cancel(JsonObject booking) {
        ok(operator().post("/v1/bookings/" + booking.getString("id") + "/cancel", new JsonObject().put("reason", "退")));
    }

    void close(String meal) {
        ok(operator().post("/v1/meals/" + meal + "/close"));
    }

    void cancelMeal(String meal) {
        ok(operator().post("/v1/meals/" + meal + "/cancel", new JsonObject().put("reason", "停电")));
    }

    /** Page by page. */
    List<JsonObject> bookings(String meal) {
        var found = new ArrayList<JsonObject>();
        String cursor = null;
        do {
            var page = ok(operator()
                    .get("/v1/meals/" + meal + "/bookings?limit=7" + (cursor == null ? "" : "&cursor=" + cursor)));
            found.addAll(page.items());
            cursor = page.json().getString("nextCursor");
        } while (cursor != null);
        return found;
    }

    static Reply ok(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
        return reply;
    }
}
