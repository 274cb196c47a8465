package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is approved is what was seen: whoever names a version that is another by now hears so, and nothing is done. */
@Tag("long")
class ApprovedAsSeenTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final UUID HOME = DemoStructure.household(1);

    @Test
    void aBirthDateIsVerifiedAsItWasSeen() {
        // given
        var resident = APP.wechat("demo-new-seen");
        var path = "/v1/residents/" + lodged(resident);
        own(resident, "birthDate", "1950-01-02");
        var grid = APP.staff("grid-member-1");
        var seen = version(grid.get(path));

        // when
        own(resident, "birthDate", "1940-01-02");
        var verified = grid.patch(path, verifying(seen));

        // then
        assertThat(verified.withStatus(409).code()).isEqualTo("resident_changed");
        assertThat(grid.get(path).json().getBoolean("birthDateVerified")).isFalse();
        assertThat(grid.patch(path, new JsonObject().put("birthDateVerified", true))
                        .withStatus(422)
                        .code())
                .isEqualTo("version_required");
        assertThat(grid.patch(path, verifying(seen).put("birthDate", "1950-01-02"))
                        .status())
                .isEqualTo(409);
        assertThat(version(grid.post(path + "/unmask", new JsonObject().put("reason", "核对证件"))))
                .isEqualTo(verified.json().getInteger("version"));
        grid.patch(path, verifying(version(verified))).withStatus(200);
    }

    @Test
    void whoChangesAndWhoVerifiesAtOnceDoNotBothSucceed() {
        for (var round = 0; round < 6; round++) {
            var resident = APP.wechat("demo-new-seen-race-" + round);
            var path = "/v1/residents/" + lodged(resident);
            own(resident, "birthDate", "1950-01-02");
            var grid = APP.staff("grid-member-1");
            var body = verifying(version(grid.get(path))).encode();

            var changed = send(resident, "/v1/me", "{\"birthDate\":\"1940-01-02\"}");
            var verified = send(grid, path, body);

            assertThat(Stream.of(changed.join().status(), verified.join().status()))
                    .containsExactlyInAnyOrder(200, 409);
        }
    }

    @Test
    void aMemberIsTakenInUnderTheNameThatWasSeen() {
        // given
        var resident = APP.wechat("demo-new-renamed");
        own(resident, "displayName", "王小明");
        var members = "/v1/households/" + HOME + "/members";
        var id = resident.post(members, new JsonObject().put("role", "tenant"))
                .withStatus(201)
                .id();
        var approve = members + "/" + id + "/approve";
        var grid = APP.staff("grid-member-1");
        var seen = grid.get("/v1/membership-requests?limit=100").items().stream()
                .filter(each -> each.getString("id").equals(id.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(seen.getString("name")).isEqualTo("王小明");

        // when
        own(resident, "displayName", "李大方");

        // then
        for (var body :
                new JsonObject[] {new JsonObject(), new JsonObject().put("version", seen.getInteger("version"))}) {
            var refused = grid.post(approve, body);
            assertThat(refused.withStatus(409).code()).isEqualTo("membership_changed");
            assertThat(version(refused)).isEqualTo(seen.getInteger("version") + 1);
        }
        own(resident, "birthDate", "1950-01-02");
        grid.post(approve, new JsonObject().put("version", seen.getInteger("version") + 1))
                .withStatus(200);
        assertThat(grid.post(approve).code()).isEqualTo("membership_approved");
    }

    @Test
    void aRequestThatIsAsItWasMadeIsApprovedWithoutSayingSo() {
        var resident = APP.wechat("demo-new-plain");
        own(resident, "displayName", "赵平");
        var members = "/v1/households/" + HOME + "/members";
        var id = resident.post(members, new JsonObject().put("role", "tenant"))
                .withStatus(201)
                .id();
        own(resident, "birthDate", "1950-01-02");
        APP.staff("grid-member-1").post(members + "/" + id + "/approve").withStatus(200);
    }

    @Test
    void aMealIsPublishedAsItWasSeen() {
        var operator = APP.staff("canteen-operator-1");
        var draft = planned(operator, 20, new JsonObject().put("publish", false));
        var meal = "/v1/meals/" + draft.id();
        operator.patch(meal, new JsonObject().put("priceFen", 9900)).withStatus(200);

        var refused = operator.post(meal + "/publish", new JsonObject().put("version", version(draft)));

        assertThat(refused.withStatus(409).code()).isEqualTo("meal_changed");
        var published = operator.post(meal + "/publish", new JsonObject().put("version", version(refused)));
        assertThat(published.withStatus(200).json().getString("status")).isEqualTo("published");
    }

    @Test
    void theBookingsOfAMealAreConfirmedAsTheyWereListed() {
        var operator = APP.staff("canteen-operator-1");
        var meal = "/v1/meals/"
                + planned(operator, 10, new JsonObject().put("publish", true)).id();
        var first = booked(1, meal).id();
        booked(2, meal);
        var list = meal + "/bookings";
        var seen = operator.get(list + "?limit=1").json().getString("digest");

        for (var change : new Runnable[] {
            () -> booked(3, meal),
            () -> APP.resident(1).post("/v1/bookings/" + first + "/cancel").withStatus(200)
        }) {
            var before = seen;
            change.run();
            var refused = operator.post(meal + "/confirm", new JsonObject().put("digest", before));
            assertThat(refused.withStatus(409).code()).isEqualTo("bookings_changed");
            seen = refused.json().getString("digest");
            assertThat(seen).isNotEqualTo(before);
            assertThat(operator.get(list).json().getString("digest")).isEqualTo(seen);
        }
        var listed = operator.get(list + "?status=booked").items();
        operator.post("/v1/bookings/" + listed.get(0).getString("id") + "/confirm")
                .withStatus(200);
        var confirmed = operator.post(meal + "/confirm", new JsonObject().put("digest", seen));
        assertThat(confirmed.withStatus(200).json().getInteger("confirmed")).isEqualTo(1);
        booked(4, meal);
        assertThat(operator.post(meal + "/confirm").withStatus(200).json().getInteger("confirmed"))
                .isEqualTo(1);
    }

    @Test
    void theOtherTicketOfAMergeIsTheOneThatWasSeen() {
        var into = "/v1/tickets/" + reported("三楼的灯");
        var path = "/v1/tickets/" + reported("四楼的灯") + "/merge";
        var dispatcher = APP.staff("dispatcher-1");
        var seen = version(dispatcher.get(into));
        commented(into);

        var body = new JsonObject().put("intoTicketId", into.substring(into.lastIndexOf('/') + 1));
        var refused = dispatcher.post(path, body.copy().put("intoTicketVersion", seen));

        assertThat(refused.withStatus(409).code()).isEqualTo("other_ticket_changed");
        assertThat(version(refused)).isEqualTo(seen + 1);
        dispatcher.post(path, body.copy().put("intoTicketVersion", seen + 1)).withStatus(200);
    }

    @Test
    void theOtherTicketOfALinkIsTheOneThatWasSeen() {
        var first = "/v1/tickets/" + reported("五楼的灯");
        APP.staff("dispatcher-1").post(first + "/accept").withStatus(200);
        APP.staff("dispatcher-1")
                .post(
                        first + "/resolve",
                        new JsonObject().put("outcome", "fixed").put("note", "已修好"))
                .withStatus(200);
        APP.clock().advance(Duration.ofMinutes(20));
        var again = "/v1/tickets/" + reported("六楼的灯");
        var supervisor = APP.staff("town-supervisor");
        var seen = version(supervisor.get(again));
        commented(again);

        var body = new JsonObject().put("ticketId", again.substring(again.lastIndexOf('/') + 1));
        var refused = supervisor.post(first + "/link", body.copy().put("ticketVersion", seen));

        assertThat(refused.withStatus(409).code()).isEqualTo("other_ticket_changed");
        assertThat(version(refused)).isEqualTo(seen + 1);
        supervisor
                .post(first + "/link", body.copy().put("ticketVersion", seen + 1))
                .withStatus(200);
    }

    /** Each action, when something was said in between; then with the version that there is now. */
    @TestFactory
    Stream<DynamicTest> everyActionOnATicketIsOnWhatWasSeen() {
        Map<String, JsonObject> walk = new LinkedHashMap<>();
        walk.put("dispatcher-1 accept", new JsonObject());
        walk.put(
                "dispatcher-1 assign",
                new JsonObject()
                        .put("assigneeId", DemoStructure.staff("worker-1").toString()));
        walk.put("worker-1 start", new JsonObject());
        walk.put("worker-1 request-info", new JsonObject().put("message", "几号楼"));
        walk.put("resident provide-info", new JsonObject().put("message", "三号楼"));
        walk.put("worker-1 resolve", new JsonObject().put("outcome", "fixed").put("note", "已修好"));
        walk.put("resident reopen", new JsonObject().put("reason", "又坏了"));
        walk.put(
                "dispatcher-1 resolve", new JsonObject().put("outcome", "fixed").put("note", "再修好"));
        walk.put("resident confirm", new JsonObject());
        walk.put("grid-member-1 follow-up", new JsonObject().put("solved", true).put("note", "满意"));
        walk.put(
                "town-supervisor exclude",
                new JsonObject().put("reason", "test").put("note", "测试"));
        walk.put("town-supervisor include", new JsonObject().put("note", "误标"));
        walk.put("resident rate", new JsonObject().put("rating", 5));
        walk.put("dispatcher-1 comment", new JsonObject().put("text", "归档"));
        var ticket = "/v1/tickets/" + reported();
        return walk.entrySet().stream()
                .map(step -> DynamicTest.dynamicTest(step.getKey(), () -> {
                    var words = step.getKey().split(" ", -1);
                    var actor = words[0].equals("resident") ? APP.resident(1) : APP.staff(words[0]);
                    var seen = version(actor.get(ticket));
                    commented(ticket);
                    var path = ticket + "/" + words[1];

                    var refused = actor.post(path, step.getValue().copy().put("version", seen));

                    assertThat(refused.withStatus(409).code()).isEqualTo("ticket_changed");
                    assertThat(version(refused)).isEqualTo(seen + 1);
                    var done = actor.post(path, step.getValue().copy().put("version", seen + 1));
                    assertThat(version(done.withStatus(200))).isGreaterThan(seen + 1);
                }));
    }

    /** So many days ahead. */
    private static Reply planned(Api operator, int days, JsonObject how) {
        var today = APP.clock().instant().atZone(ZoneId.of("Asia/Shanghai"));
        var opensAt = today.minusDays(1).toOffsetDateTime().toString();
        return operator.post(
                        "/v1/canteens/" + DemoStructure.canteen(1) + "/meals",
                        how.copy()
                                .put("date", today.toLocalDate().plusDays(days).toString())
                                .put("period", "lunch")
                                .put("capacity", 10)
                                .put("bookingOpensAt", opensAt)
                                .put("priceFen", 1200)
                                .put("dishes", new JsonArray()))
                .withStatus(201);
    }

    private static Reply booked(int resident, String meal) {
        return APP.resident(resident)
                .post(
                        "/v1/bookings",
                        new JsonObject()
                                .put("mealId", meal.substring(meal.lastIndexOf('/') + 1))
                                .put("mode", "dine_in"))
                .withStatus(201);
    }

    private static void commented(String ticket) {
        APP.resident(1)
                .post(ticket + "/comment", new JsonObject().put("text", "补充一句"))
                .withStatus(200);
    }

    private static UUID reported() {
        return reported("楼道灯不亮");
    }

    private static UUID reported(String description) {
        return APP.resident(1)
                .post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "light-out")
                                .put("householdId", HOME.toString())
                                .put("description", description))
                .withStatus(201)
                .id();
    }

    /** Where grid member 1 answers for them. */
    private static UUID lodged(Api resident) {
        var members = "/v1/households/" + HOME + "/members";
        var member =
                resident.post(members, new JsonObject().put("role", "family")).withStatus(201);
        APP.staff("grid-member-1")
                .post(members + "/" + member.id() + "/approve")
                .withStatus(200);
        return UUID.fromString(member.json().getString("residentId"));
    }

    private static void own(Api resident, String field, String value) {
        resident.patch("/v1/me", new JsonObject().put(field, value)).withStatus(200);
    }

    private static JsonObject verifying(int version) {
        return new JsonObject().put("birthDateVerified", true).put("version", version);
    }

    private static int version(Reply reply) {
        return reply.json().getInteger("version");
    }

    private static java.util.concurrent.CompletableFuture<Reply> send(Api as, String path, String body) {
        return as.with("Content-Type", "application/json").send("PATCH", path, BodyPublishers.ofString(body));
    }
}
