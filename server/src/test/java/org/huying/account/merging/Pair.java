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

    /** Of everybody here who is to be like the others. */
    static final String BORN = "1941-05-06";

    UUID elder(@Nullable UUID home, @Nullable String birthDate, boolean verified) {
        var elder = new JsonObject()
                .put("name", "端木" + UUID.randomUUID().toString().substring(0, 4))
                .put("birthDate", birthDate == null ? BORN : birthDate)
                .put("birthDateVerified", verified)
                .put("newPerson", true)
                .put("consentNote", "口头同意");
        if (home != null) {
            elder.put("householdId", home.toString());
        }
        return grid.post("/v1/residents", elder).withStatus(201).id();
    }

    UUID home() {
        return home(grid, 1);
    }

    static UUID home(Api by, int compound) {
        return by.post(
                        "/v1/households",
                        new JsonObject()
                                .put(
                                        "compoundId",
                                        DemoStructure.compound(compound).toString())
                                .put("address", "新 " + UUID.randomUUID()))
                .withStatus(201)
                .id();
    }

    /** Somebody with a login who was let into the household. */
    Api neighbour(UUID home, String role) {
        return neighbour("demo-new-" + UUID.randomUUID(), home, role);
    }

    /** The same who logs in by this code. */
    Api neighbour(String code, UUID home, String role) {
        var somebody = app.wechat(code);
        somebody.patch("/v1/me", new JsonObject().put("birthDate", BORN)).withStatus(200);
        var members = "/v1/households/" + home + "/members";
        var asked = somebody.post(members, new JsonObject().put("role", role)).withStatus(201);
        grid.post(members + "/" + asked.id() + "/approve").withStatus(200);
        return somebody;
    }

    static UUID idOf(Api person) {
        return UUID.fromString(person.get("/v1/me").withStatus(200).json().getString("id"));
    }

    /** Somebody whom the grid member knows by this number. */
    UUID onRecord(String name, String number, boolean verified, @Nullable UUID home) {
        var elder = new JsonObject()
                .put("name", name)
                .put("birthDate", BORN)
                .put("birthDateVerified", verified)
                .put("phone", number)
                .put("newPerson", true)
                .put("consentNote", "口头同意");
        if (home != null) {
            elder.put("householdId", home.toString());
        }
        return grid.post("/v1/residents", elder).withStatus(201).id();
    }

    /** Somebody with a login of this name, whom nobody knows. */
    Api newcomer(String name) {
        var newcomer = app.wechat("demo-new-" + UUID.randomUUID());
        newcomer.patch("/v1/me", new JsonObject().put("displayName", name)).withStatus(200);
        return newcomer;
    }

    static void bind(Api resident, String number) {
        resident.post("/v1/me/phone", new JsonObject().put("code", "demo-phone-" + number))
                .withStatus(200);
    }

    /** The one on record with this number, as whoever binds it is told of them. */
    static JsonObject offered(Api newcomer, String number) {
        var bound = newcomer.post("/v1/me/phone", new JsonObject().put("code", "demo-phone-" + number))
                .withStatus(200);
        assertThat(bound.json().getJsonArray("offers")).hasSize(1);
        return bound.json().getJsonArray("offers").getJsonObject(0);
    }

    static Reply claim(Api newcomer, JsonObject offer) {
        return claim(newcomer, UUID.fromString(offer.getString("residentId")), offer.getInteger("version"));
    }

    static Reply claim(Api newcomer, UUID record, int version) {
        return newcomer.post(
                "/v1/me/claims",
                new JsonObject().put("residentId", record.toString()).put("version", version));
    }

    /** A claim that waits. */
    static String pending(Api newcomer, String number) {
        var claimed = claim(newcomer, offered(newcomer, number)).withStatus(200).json();
        assertThat(claimed.getString("status")).isEqualTo("pending");
        return claimed.getString("claimId");
    }

    static Reply decline(Api by, String claim) {
        return by.post("/v1/claims/" + claim + "/decline", new JsonObject().put("reason", "请带身份证到社区来"));
    }

    static Reply withdraw(Api by, String claim) {
        return by.post("/v1/claims/" + claim + "/withdraw");
    }

    /** Ids of claims that the caller may settle. */
    static List<String> waiting(Api by) {
        return by.get("/v1/claims?limit=100").withStatus(200).items().stream()
                .map(each -> each.getString("id"))
                .toList();
    }

    static boolean isTold(Api who, String kind, UUID subject) {
        return who.get("/v1/notifications?limit=100").withStatus(200).items().stream()
                .anyMatch(each -> each.getString("kind").equals(kind)
                        && each.getString("subjectId").equals(subject.toString()));
    }

    int version(UUID resident) {
        return one(
                        "SELECT version FROM resident WHERE id = $1 AND district_id = $2",
                        resident,
                        DemoStructure.districtId())
                .getInteger("version");
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
