package org.huying.account.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.jspecify.annotations.Nullable;

/** People of community 1 that are there twice, and what is asked about them. */
final class Pair {
    final Api grid;
    final Api supervisor;
    private final TestApp app;

    Pair(TestApp app) {
        this.app = app;
        grid = app.staff("grid-member-1");
        supervisor = app.staff("community-supervisor-1");
    }

    UUID elder(@Nullable UUID home, @Nullable String birthDate, boolean verified) {
        var elder = new JsonObject()
                .put("name", "端木" + UUID.randomUUID().toString().substring(0, 4))
                .put("birthDate", birthDate == null ? "1941-05-06" : birthDate)
                .put("birthDateVerified", verified)
                .put("newPerson", true)
                .put("consentNote", "口头同意");
        if (home != null) {
            elder.put("householdId", home.toString());
        }
        return grid.post("/v1/residents", elder).withStatus(201).id();
    }

    UUID home() {
        return grid.post(
                        "/v1/households",
                        new JsonObject()
                                .put("compoundId", DemoStructure.compound(1).toString())
                                .put("address", "新 " + UUID.randomUUID()))
                .withStatus(201)
                .id();
    }

    /** Somebody with a login who was let into the household. */
    Api neighbour(UUID home, String role) {
        var somebody = app.wechat("demo-new-" + UUID.randomUUID());
        var members = "/v1/households/" + home + "/members";
        var asked = somebody.post(members, new JsonObject().put("role", role)).withStatus(201);
        grid.post(members + "/" + asked.id() + "/approve").withStatus(200);
        return somebody;
    }

    static UUID idOf(Api person) {
        return UUID.fromString(person.get("/v1/me").withStatus(200).json().getString("id"));
    }

    int version(UUID resident) {
        return one("SELECT version FROM resident WHERE id = $1", resident).getInteger("version");
    }

    JsonObject into(UUID gone, UUID stays) {
        return new JsonObject()
                .put("version", version(gone))
                .put("intoResidentId", stays.toString())
                .put("intoResidentVersion", version(stays))
                .put("reason", "同一人登记了两次");
    }

    Reply merge(Api caller, UUID gone, UUID stays) {
        return caller.post("/v1/residents/" + gone + "/merge", into(gone, stays));
    }

    LocalDate day() {
        return LocalDate.ofInstant(app.clock().instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(2);
    }

    Reply book(Api caller, UUID diner, int canteen, String period) {
        return caller.post(
                "/v1/bookings",
                new JsonObject()
                        .put(
                                "mealId",
                                DemoStructure.meal(canteen, day(), period).toString())
                        .put("mode", "dine_in")
                        .put("joinWaitlist", true)
                        .put("dinerId", diner.toString()));
    }

    JsonObject one(String sql, Object... values) {
        var rows = all(sql, values);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    List<JsonObject> all(String sql, Object... values) {
        return await(app.database()
                .read(client ->
                        client.preparedQuery(sql).execute(Tuple.from(values)).map(Rows.list(Row::toJson))));
    }

    List<JsonObject> standing(UUID diner) {
        return all(
                "SELECT id::text, meal_id::text, period, status, subsidy_fen FROM booking"
                        + " WHERE diner_id = $1 AND status NOT IN ('cancelled', 'expired') ORDER BY id",
                diner);
    }

    /** What the meals say they hold is what their bookings hold. */
    void assertMealsAreInOrder() {
        assertThat(all(
                        "SELECT m.id::text FROM meal m WHERE m.taken <> (SELECT coalesce(sum(b.portions), 0) FROM booking b"
                                + " WHERE b.meal_id = m.id AND b.status IN ('booked', 'confirmed', 'served', 'no_show'))"
                                + " OR m.waiting <> (SELECT count(*) FROM booking b WHERE b.meal_id = m.id"
                                + " AND b.status = 'waitlisted')"))
                .isEmpty();
    }
}
