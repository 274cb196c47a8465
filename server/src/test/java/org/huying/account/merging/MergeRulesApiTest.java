package org.huying.account.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may say that two residents are one person, what they must have seen, and who is told. */
class MergeRulesApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final Pair pair = new Pair(APP);

    @Test
    void whatWasSeenIsWhatIsMerged() {
        var gone = pair.elder(null, null, true);
        var stays = pair.elder(null, null, true);
        var seen = pair.into(gone, stays);
        pair.grid
                .patch("/v1/residents/" + stays, new JsonObject().put("name", "端木改名"))
                .withStatus(200);
        var other = pair.grid.post("/v1/residents/" + gone + "/merge", seen);
        assertThat(other.code()).isEqualTo("other_resident_changed");
        pair.grid
                .patch("/v1/residents/" + gone, new JsonObject().put("name", "端木改了"))
                .withStatus(200);
        var own = pair.grid.post("/v1/residents/" + gone + "/merge", seen);
        assertThat(own.code()).isEqualTo("resident_changed");
        assertThat(pair.merge(pair.grid, gone, gone).faultsAndCodes()).containsExactly("/intoResidentId same_resident");
        var born = pair.elder(null, "1941-05-07", true);
        assertThat(pair.merge(pair.grid, born, stays).code()).isEqualTo("birth_dates_differ");
    }

    @Test
    void nobodyGainsSightOfSomebodyByIt() {
        // given: a ward, and somebody of another community
        var ward = pair.elder(null, null, true);
        var stranger = DemoStructure.resident(27);

        // then
        assertThat(pair.merge(pair.grid, ward, stranger).faultsAndCodes())
                .containsExactly("/intoResidentId resident_unknown");
        assertThat(pair.merge(pair.grid, stranger, ward).status()).isEqualTo(404);
        assertThat(pair.merge(APP.resident(25), DemoStructure.resident(25), ward)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void twoWhoLogInAreForTheSupervisor() {
        var home = pair.home();
        var one = Pair.idOf(pair.neighbour(home, "owner"));
        var other = Pair.idOf(pair.neighbour(home, "family"));

        assertThat(pair.merge(pair.grid, one, other).status()).isEqualTo(403);
        pair.merge(pair.supervisor, one, other).withStatus(200);
        assertThat(pair.one("SELECT role FROM household_member WHERE household_id = $1", home)
                        .getString("role"))
                .isEqualTo("owner");
    }

    @Test
    void erasingTheOneWhoStaysErasesWhatWasMergedIntoIt() {
        var home = pair.home();
        var registered = pair.elder(home, null, true);
        var father = pair.neighbour(home, "family");
        var fatherId = Pair.idOf(father);
        pair.merge(pair.grid, registered, fatherId).withStatus(200);

        assertThat(father.get("/v1/me/export").status()).isEqualTo(200);
        father.post("/v1/me/erase", new JsonObject().put("confirm", "erase")).withStatus(204);

        assertThat(pair.all("SELECT 1 FROM resident WHERE id IN ($1, $2) AND erased_at IS NULL", registered, fatherId))
                .isEmpty();
        assertThat(pair.all(
                        "SELECT 1 FROM job WHERE kind = 'erase_again' AND subject_id IN ($1, $2)",
                        registered,
                        fatherId))
                .hasSize(2);
    }

    @Test
    void thePersonAndTheOwnerOfTheirHomeAreTold() {
        var home = pair.home();
        var registered = pair.elder(home, null, true);
        var father = pair.neighbour(home, "family");
        var owner = pair.neighbour(home, "owner");
        pair.merge(pair.grid, registered, Pair.idOf(father)).withStatus(200);
        APP.runInnerJobs();

        assertThat(father.get("/v1/notifications").withStatus(200).text()).contains("resident_merged");
        assertThat(owner.get("/v1/notifications").withStatus(200).text()).contains("resident_merged");
    }

    @Test
    void ofTwoMergesAtOnceTheOneOrTheOtherWay() {
        var one = pair.elder(null, null, true);
        var other = pair.elder(null, null, true);
        var there = pair.grid.postLater("/v1/residents/" + one + "/merge", pair.into(one, other));
        var back = pair.grid.postLater("/v1/residents/" + other + "/merge", pair.into(other, one));

        assertThat(Stream.of(there, back).map(each -> each.join().status()).filter(status -> status == 200))
                .hasSize(1);
        assertThat(pair.all("SELECT 1 FROM resident WHERE id IN ($1, $2) AND erased_at IS NULL", one, other))
                .hasSize(1);
    }

    @Test
    void aPlaceThatIsFreedGoesToWhoWaits() {
        // given: room for two, and one who waits
        var gone = pair.elder(null, null, true);
        var stays = pair.elder(null, null, true);
        var third = pair.elder(null, null, true);
        var day = pair.day().plusDays(9);
        var meal = APP.staff("canteen-operator-1")
                .post(
                        "/v1/canteens/" + DemoStructure.canteen(1) + "/meals",
                        new JsonObject()
                                .put("date", day.toString())
                                .put("period", "lunch")
                                .put("capacity", 2)
                                .put("priceFen", 1200)
                                .put("dishes", new JsonArray())
                                .put("bookingOpensAt", day.minusDays(20) + "T00:00:00Z")
                                .put("publish", true))
                .withStatus(201)
                .id();
        var bookings = Stream.of(stays, gone, third)
                .map(diner -> pair.grid
                        .post(
                                "/v1/bookings",
                                new JsonObject()
                                        .put("mealId", meal.toString())
                                        .put("mode", "dine_in")
                                        .put("joinWaitlist", true)
                                        .put("dinerId", diner.toString()))
                        .withStatus(201)
                        .id())
                .toList();

        // when
        pair.merge(pair.grid, gone, stays).withStatus(200);

        // then
        assertThat(bookings.stream()
                        .map(each -> pair.one("SELECT status FROM booking WHERE id = $1", each)
                                .getString("status")))
                .containsExactly("booked", "cancelled", "booked");
        pair.assertMealsAreInOrder();
    }

    @Test
    void aLoginMovesIntoNobodyWhoIsKnownInAnotherDistrict() {
        // given: two logins of one home, one of them known in the other district too
        var home = pair.home();
        var code = "demo-new-" + UUID.randomUUID();
        var both = Pair.idOf(pair.neighbour(code, home, "owner"));
        APP.anyone()
                .post(
                        "/v1/auth/wechat",
                        new JsonObject()
                                .put("code", code)
                                .put(
                                        "districtId",
                                        DemoStructure.far().districtId().toString()))
                .withStatus(200);
        var one = Pair.idOf(pair.neighbour(home, "family"));

        // then: whichever way
        assertThat(pair.merge(pair.supervisor, one, both).code()).isEqualTo("known_elsewhere");
        assertThat(pair.merge(pair.supervisor, both, one).code()).isEqualTo("merge_other_way");
        // what has no login goes
        pair.merge(pair.grid, pair.elder(home, null, true), both).withStatus(200);
    }

    @Test
    void ofTwoLoginsASupervisorMustBeAboveBoth() {
        // given: supervisor of community 2, who looks after community 1 as its grid member
        await(APP.database()
                .inTransaction(transaction -> transaction
                        .preparedQuery("INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id)"
                                + " VALUES ($1, $2, 'grid_member', 'place', $3)")
                        .execute(Tuple.of(
                                DemoStructure.districtId(),
                                DemoStructure.staff("community-supervisor-2"),
                                DemoStructure.community(1)))));
        var caller = APP.staff("community-supervisor-2");
        var here = Pair.idOf(pair.neighbour(pair.home(), "tenant"));
        var other = pair.newcomer("同名");
        other.patch("/v1/me", new JsonObject().put("birthDate", Pair.BORN)).withStatus(200);
        var there = APP.staff("grid-member-2");
        var members = "/v1/households/" + Pair.home(there, 4) + "/members";
        var asked = other.post(members, new JsonObject().put("role", "tenant")).withStatus(201);
        there.post(members + "/" + asked.id() + "/approve").withStatus(200);
        var elsewhere = Pair.idOf(other);

        // then
        assertThat(pair.merge(caller, here, elsewhere).status()).isEqualTo(403);
        assertThat(pair.merge(pair.supervisor, here, elsewhere).status()).isEqualTo(422);
        pair.merge(APP.staff("town-supervisor"), here, elsewhere).withStatus(200);
    }

    @Test
    void twoWhoHaveNothingInCommonAreMergedOnlyWhereThatWasSeen() {
        // given
        var one = pair.onRecord("钟离权", "13920000501", false, null);
        var stranger = pair.elder(null, "1950-02-03", true);

        // when
        var refused = pair.merge(pair.grid, one, stranger);

        // then
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("residents_unlike");
        var seen = pair.into(one, stranger).put("unlike", true);
        pair.grid.post("/v1/residents/" + one + "/merge", seen).withStatus(200);
    }

    @ParameterizedTest
    @CsvSource({"钟离 权, 13920000599, 1950-02-03", "何仙姑, 139 2000 0502, 1950-02-03", "何仙姑, 13920000599, 1941-05-06"})
    void aNameANumberOrABirthDateIsEnoughInWhateverSpelling(String name, String number, String born) {
        var one = pair.onRecord("钟离权", "13920000502", false, null);
        var other = pair.grid
                .post(
                        "/v1/residents",
                        new JsonObject()
                                .put("name", name)
                                .put("birthDate", born)
                                .put("birthDateVerified", true)
                                .put("phone", number)
                                .put("newPerson", true)
                                .put("consentNote", "口头同意"))
                .withStatus(201)
                .id();

        pair.merge(pair.grid, one, other).withStatus(200);
    }

    @Test
    void whatIsVerifiedAndDiffersIsNoOnePersonHoweverUnlike() {
        var one = pair.elder(null, "1950-02-03", true);
        var other = pair.elder(null, "1951-02-03", true);
        var asked = pair.into(one, other).put("unlike", true);

        assertThat(pair.grid.post("/v1/residents/" + one + "/merge", asked).code())
                .isEqualTo("birth_dates_differ");
    }

    @Test
    void inTheDemoSomebodyIsThereTwiceAndWaitsToBeMerged() {
        var found = pair.grid
                .get("/v1/residents?query=" + URLEncoder.encode("欧阳·秀珍", StandardCharsets.UTF_8))
                .items();
        assertThat(found).hasSize(2);
        var ids = found.stream()
                .map(each -> UUID.fromString(each.getString("id")))
                .toList();

        pair.merge(pair.grid, ids.get(1), ids.get(0)).withStatus(200);
    }
}
