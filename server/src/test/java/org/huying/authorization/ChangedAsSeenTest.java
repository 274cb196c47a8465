package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is changed or replaced is what was seen: of two who change the same, the one who has not seen the other's change hears so. */
@Tag("long")
class ChangedAsSeenTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String DAY = "2031-05-01";
    private static final String POLICIES = "/v1/canteens/" + DemoStructure.canteen(1) + "/subsidy-policies";

    /**
     * Something that two may change.
     *
     * @param seenAt where its version is shown
     * @param method of the change
     * @param change to something else for every number from 1 to 4
     */
    private record Case(
            String what, String actor, String seenAt, String method, String path, IntFunction<JsonObject> change) {
        Reply send(JsonObject body) {
            var as = APP.staff(actor);
            return method.equals("PUT") ? as.put(path, body) : as.patch(path, body);
        }

        CompletableFuture<Reply> later(JsonObject body) {
            return APP.staff(actor)
                    .with("Content-Type", "application/json")
                    .send(method, path, BodyPublishers.ofString(body.encode()));
        }

        int version() {
            return ChangedAsSeenTest.version(APP.staff(actor).get(seenAt));
        }

        JsonObject body(int n, int version) {
            return change.apply(n).put("version", version);
        }
    }

    @TestFactory
    Stream<DynamicTest> theSecondOfTwoHearsOfTheFirst() {
        return cases().map(each -> DynamicTest.dynamicTest(each.what(), () -> {
            var seen = each.version();
            each.send(each.body(1, seen)).withStatus(200);
            var present = each.version();

            var refused = each.send(each.body(2, seen));

            assertThat(refused.withStatus(409).code()).isEqualTo(each.what() + "_changed");
            assertThat(version(refused)).isEqualTo(present).isGreaterThan(seen);
            assertThat(each.version()).isEqualTo(present);
            each.send(each.body(2, present)).withStatus(200);
            each.send(each.change().apply(1)).withStatus(200);
        }));
    }

    @TestFactory
    Stream<DynamicTest> ofTwoAtOnceWhoHaveSeenTheSameOneSucceeds() {
        return cases().map(each -> DynamicTest.dynamicTest(each.what(), () -> {
            var seen = each.version();
            var one = each.later(each.body(3, seen));
            var other = each.later(each.body(4, seen));

            assertThat(Stream.of(one.join().status(), other.join().status())).containsExactlyInAnyOrder(200, 409);
        }));
    }

    private static Stream<Case> cases() {
        var canteen = "/v1/canteens/" + DemoStructure.canteen(1);
        return Stream.of(
                named("place", "/v1/places/" + DemoStructure.compound(2)),
                named("organization", "/v1/organizations/" + DemoStructure.firm(2)),
                named("canteen", canteen),
                named("account", "/v1/staff/" + DemoStructure.staff("worker-2")),
                replaced("subsidy_policy", POLICIES, POLICIES + "/" + DAY, n -> bands(100 * n)),
                replaced("calendar", "/v1/working-calendar", "/v1/working-calendar", ChangedAsSeenTest::week),
                replaced(
                        "calendar",
                        "/v1/working-calendar?year=2031",
                        "/v1/working-calendar/years/2031",
                        ChangedAsSeenTest::days),
                replaced("retention", "/v1/retention-settings", "/v1/retention-settings", ChangedAsSeenTest::retention),
                meal());
    }

    private static Case named(String what, String path) {
        return new Case(what, "admin", path, "PATCH", path, n -> new JsonObject().put("name", what + n));
    }

    private static Case replaced(String what, String seenAt, String path, IntFunction<JsonObject> change) {
        return new Case(what, "admin", seenAt, "PUT", path, change);
    }

    /** Its version is shown in the list of its canteen: as there is one meal of the day, it is the first. */
    private static Case meal() {
        var operator = APP.staff("canteen-operator-1");
        var day = today().plusDays(25).toString();
        var meals = "/v1/canteens/" + DemoStructure.canteen(1) + "/meals";
        var range = meals + "?from=" + day + "&to=" + day;
        var planned = operator.get(range).items();
        var id = planned.isEmpty()
                ? operator.post(meals, draft(day)).withStatus(201).json().getString("id")
                : planned.get(0).getString("id");
        return new Case(
                "meal",
                "canteen-operator-1",
                range,
                "PATCH",
                "/v1/meals/" + id,
                n -> new JsonObject().put("priceFen", 1300 + n));
    }

    @Test
    void aPolicyIsTakenBackAsItWasSeen() {
        var admin = APP.staff("admin");
        var day = POLICIES + "/2032-05-01";
        admin.put(day, bands(300)).withStatus(200);
        var seen = version(admin.get(POLICIES));
        admin.put(day, bands(400)).withStatus(200);

        var refused = admin.delete(day + "?version=" + seen);

        assertThat(refused.withStatus(409).code()).isEqualTo("subsidy_policy_changed");
        admin.delete(day + "?version=" + version(refused)).withStatus(204);
    }

    @Test
    void aPlaceThatIsMovedIsAnotherAndThoseBelowItAreNot() {
        var admin = APP.staff("admin");
        var community = admin.post(
                        "/v1/places",
                        new JsonObject()
                                .put("level", "community")
                                .put("parentId", DemoStructure.place("town").toString())
                                .put("name", "新社区"))
                .withStatus(201);
        var path = "/v1/places/" + DemoStructure.compound(3);
        var seen = version(admin.get(path));
        var moved = new JsonObject().put("parentId", community.id().toString());

        admin.patch(path, moved.copy().put("version", seen)).withStatus(200);

        assertThat(admin.patch(path, new JsonObject().put("name", "丙").put("version", seen))
                        .withStatus(409)
                        .code())
                .isEqualTo("place_changed");
        assertThat(version(admin.get("/v1/places/" + community.id()))).isEqualTo(1);
    }

    @Test
    void whatIsDoneToAnAccountIsDoneToTheOneThatWasSeen() {
        var admin = APP.staff("admin");
        var path = "/v1/staff/" + DemoStructure.staff("worker-3");
        for (var deed : List.of("suspend", "resume", "reset-password")) {
            var seen = version(admin.get(path));
            admin.patch(path, new JsonObject().put("name", "改于" + deed)).withStatus(200);
            var body = deed.equals("suspend") ? new JsonObject().put("reason", "调离") : new JsonObject();

            var refused = admin.post(path + "/" + deed, body.copy().put("version", seen));

            assertThat(refused.withStatus(409).code()).as(deed).isEqualTo("account_changed");
            var done = admin.post(path + "/" + deed, body.copy().put("version", version(refused)));
            assertThat(version(done.withStatus(200))).isGreaterThan(version(refused));
        }
    }

    @Test
    void aMealIsClosedAndCancelledAsItWasSeen() {
        var operator = APP.staff("canteen-operator-1");
        for (var deed : List.of("close", "cancel")) {
            var day = deed.equals("close") ? 27 : 28;
            var draft = operator.post(
                            "/v1/canteens/" + DemoStructure.canteen(1) + "/meals",
                            draft(today().plusDays(day).toString()).put("publish", true))
                    .withStatus(201);
            var path = "/v1/meals/" + draft.id();
            operator.patch(path, new JsonObject().put("priceFen", 1500)).withStatus(200);
            var body = deed.equals("cancel") ? new JsonObject().put("reason", "停电") : new JsonObject();

            var refused = operator.post(path + "/" + deed, body.copy().put("version", version(draft)));

            assertThat(refused.withStatus(409).code()).as(deed).isEqualTo("meal_changed");
        }
    }

    private static JsonObject draft(String day) {
        return new JsonObject()
                .put("date", day)
                .put("period", "lunch")
                .put("capacity", 10)
                .put("priceFen", 1200)
                .put("dishes", new JsonArray())
                .put("publish", false);
    }

    private static JsonObject bands(int fen) {
        return new JsonObject()
                .put(
                        "bands",
                        new JsonArray().add(new JsonObject().put("fromAge", 60).put("amountFen", fen)));
    }

    private static JsonObject week(int n) {
        return new JsonObject()
                .put("weekdays", new JsonArray(List.of(1, 2, 3, 3 + n)))
                .put(
                        "hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "09:00").put("to", "17:00")));
    }

    private static JsonObject days(int n) {
        var holiday = new JsonObject().put("date", DAY).put("working", false).put("name", "劳动节" + n);
        return new JsonObject().put("days", new JsonArray().add(holiday));
    }

    private static JsonObject retention(int n) {
        return new JsonObject()
                .put("closedTicketTextsMonths", 24 + n)
                .put("photosMonths", 24)
                .put("bookingDetailsMonths", 12)
                .put("notificationsDays", 180)
                .put("sessionsDays", 60);
    }

    private static LocalDate today() {
        return APP.clock().instant().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
    }

    private static int version(Reply reply) {
        var shown = reply.json();
        return shown.containsKey("version")
                ? shown.getInteger("version")
                : reply.items().get(0).getInteger("version");
    }
}
