package org.huying.account.merging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.huying.testing.Api;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the list to the person: whoever binds the number of somebody on record may say that it is them. */
class ClaimApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final Pair pair = new Pair(APP);

    private void book(Api who, UUID diner, int canteen, String period) {
        pair.book(who, diner, canteen, period).withStatus(201);
    }

    @Test
    void whoIsOnRecordWithNothingButTheirNumberAndNameIsThatOneAtOnce() {
        // given
        var record = pair.onRecord("上官 Li", "139-2000-0001", false, null);
        var newcomer = pair.newcomer("上官 ＬＩ");
        var id = Pair.idOf(newcomer);

        // when
        var offer = Pair.offered(newcomer, "13920000001");
        var claimed = Pair.claim(newcomer, offer).withStatus(200);

        // then
        assertThat(offer.getString("residentId")).isEqualTo(record.toString());
        assertThat(offer.getString("confirmedBy")).isEqualTo("number");
        assertThat(offer.getString("name")).doesNotContain("Li");
        assertThat(claimed.json().getString("status")).isEqualTo("merged");
        assertThat(Pair.idOf(newcomer)).isEqualTo(id);
        assertThat(APP.staff("canteen-operator-1")
                        .get("/v1/residents?query=13920000001")
                        .items())
                .extracting(each -> each.getString("id"))
                .containsExactly(id.toString());
        assertThat(Pair.claim(newcomer, offer).status()).isEqualTo(404);
    }

    @Test
    void whereTheRecordCarriesMoreTheGridMemberConfirmsAndItIsOnePersonOfOneHomeWithOneSubsidy() {
        // given: on the list with a home, a daughter of the house, and a lunch; then the elder comes by WeChat
        var home = pair.home();
        var record = pair.onRecord("东方朔", "13920000002", true, home);
        var daughter = pair.neighbour(home, "owner");
        book(pair.grid, record, 1, "lunch");
        var newcomer = pair.newcomer("东方");
        var id = Pair.idOf(newcomer);
        book(newcomer, id, 2, "lunch");
        book(newcomer, id, 1, "dinner");

        // when
        var offer = Pair.offered(newcomer, "13920000002");
        var claimed = Pair.claim(newcomer, offer).withStatus(200);

        // then: nothing yet but that it is told
        assertThat(offer.getString("confirmedBy")).isEqualTo("grid_member");
        assertThat(claimed.json().getString("status")).isEqualTo("pending");
        assertThat(newcomer.get("/v1/me").json().getJsonArray("households")).isEmpty();
        APP.runInnerJobs();
        assertThat(daughter.get("/v1/notifications").withStatus(200).text()).contains("resident_claimed");
        var waiting = pair.grid.get("/v1/claims").withStatus(200).items().stream()
                .filter(each -> each.getString("residentId").equals(record.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(waiting.getString("claimantId")).isEqualTo(id.toString());
        assertThat(APP.staff("grid-member-2").get("/v1/claims").withStatus(200).text())
                .doesNotContain(record.toString());
        assertThat(pair.merge(APP.staff("grid-member-2"), record, id).status()).isEqualTo(404);

        // when
        pair.merge(pair.grid, record, id).withStatus(200);

        // then
        assertThat(newcomer.get("/v1/me").json().getString("displayName")).isEqualTo("东方朔");
        assertThat(newcomer.get("/v1/me").json().getJsonArray("households")).hasSize(1);
        var standing = pair.standing(id);
        assertThat(standing).hasSize(3);
        assertThat(standing.stream()
                        .filter(each -> each.getString("period").equals("lunch"))
                        .filter(each -> each.getInteger("subsidy_fen") > 0))
                .hasSize(1);
        assertThat(pair.grid.get("/v1/claims").text()).doesNotContain(record.toString());
        assertThat(pair.all("SELECT 1 FROM household_member WHERE household_id = $1 AND role = 'owner'", home))
                .hasSize(1);
        pair.assertMealsAreInOrder();
    }

    @Test
    void aDaughterWhoseNumberStandsOnHerFathersRecordDoesNotBecomeHim() {
        // given: he has no phone, so hers was written down
        var home = pair.home();
        var father = pair.onRecord("公孙策", "13920000003", true, home);
        var daughter = pair.newcomer("公孙小策");

        // when: she is offered to be him, and says nothing
        var offer = Pair.offered(daughter, "13920000003");

        // then: two people, each with a subsidy of their own at most
        assertThat(offer.getString("confirmedBy")).isEqualTo("grid_member");
        book(pair.grid, father, 3, "lunch");
        book(daughter, Pair.idOf(daughter), 3, "lunch");
        assertThat(pair.standing(father))
                .singleElement()
                .satisfies(each -> assertThat(each.getInteger("subsidy_fen")).isPositive());
        assertThat(pair.standing(Pair.idOf(daughter)))
                .singleElement()
                .satisfies(each -> assertThat(each.getInteger("subsidy_fen")).isZero());
        assertThat(pair.merge(pair.grid, father, Pair.idOf(daughter)).faultsAndCodes())
                .containsExactly("/intoResidentId resident_unknown");
    }

    @Test
    void anElderWithoutALoginWhoIsThereTwiceIsOneDiner() {
        var once = pair.onRecord("淳于越", "13920000004", true, null);
        var twice = pair.onRecord("淳于 越", "13920000004", true, pair.home());
        book(pair.grid, once, 3, "dinner");
        book(pair.grid, twice, 4, "lunch");
        book(pair.grid, once, 2, "lunch");

        pair.merge(pair.grid, once, twice).withStatus(200);

        var standing = pair.standing(twice);
        assertThat(standing.stream().filter(each -> each.getString("period").equals("lunch")))
                .hasSize(2)
                .filteredOn(each -> each.getInteger("subsidy_fen") > 0)
                .hasSize(1);
        assertThat(APP.staff("canteen-operator-1")
                        .get("/v1/residents?query=13920000004")
                        .items())
                .hasSize(1);
    }

    @Test
    void aNumberThatOthersWroteDownClaimsNothing() {
        // given: the grid member wrote it down, and the number of the record changed after the claim
        var home = pair.home();
        var record = pair.onRecord("宇文化", "13920000005", true, home);
        var resident = pair.neighbour(home, "tenant");
        var id = Pair.idOf(resident);
        pair.grid
                .patch("/v1/residents/" + id, new JsonObject().put("phone", "13920000005"))
                .withStatus(200);
        var written = new JsonObject().put("residentId", record.toString()).put("version", pair.version(record));
        assertThat(Pair.claim(resident, written).status()).isEqualTo(404);
        var newcomer = pair.newcomer("宇文");
        assertThat(Pair.claim(newcomer, Pair.offered(newcomer, "13920000005"))
                        .json()
                        .getString("status"))
                .isEqualTo("pending");

        // when
        pair.grid
                .patch("/v1/residents/" + record, new JsonObject().put("phone", "13920000006"))
                .withStatus(200);

        // then
        assertThat(pair.grid.get("/v1/claims").withStatus(200).text()).doesNotContain(record.toString());
        assertThat(pair.merge(pair.grid, record, Pair.idOf(newcomer)).status()).isEqualTo(422);
    }

    @Test
    void itIsWhoLooksAfterTheOneOnRecordThatConfirms() {
        // given: the one who claims lives in community 1, the one on record in community 2
        var other = APP.staff("grid-member-2");
        var elsewhere = Pair.home(other, 4);
        var record = other.post(
                        "/v1/residents",
                        new JsonObject()
                                .put("name", "百里奚")
                                .put("birthDate", "1941-05-06")
                                .put("birthDateVerified", true)
                                .put("phone", "13920000008")
                                .put("consentNote", "口头同意")
                                .put("householdId", elsewhere.toString()))
                .withStatus(201)
                .id();
        var claimant = pair.neighbour(pair.home(), "tenant");
        Pair.claim(claimant, Pair.offered(claimant, "13920000008")).withStatus(200);

        // then
        assertThat(pair.merge(pair.grid, record, Pair.idOf(claimant)).status()).isEqualTo(404);
        assertThat(pair.merge(pair.grid, Pair.idOf(claimant), record).faultsAndCodes())
                .containsExactly("/intoResidentId resident_unknown");
        pair.merge(other, record, Pair.idOf(claimant)).withStatus(200);
    }

    @Test
    void whatWasOfferedIsWhatIsClaimed() {
        var record = pair.onRecord("钟离春", "13920000007", false, null);
        var newcomer = pair.newcomer("钟离春");
        var offer = Pair.offered(newcomer, "13920000007");
        pair.grid
                .patch("/v1/residents/" + record, new JsonObject().put("name", "钟离秋"))
                .withStatus(200);

        assertThat(Pair.claim(newcomer, offer).code()).isEqualTo("resident_changed");
    }

    @Test
    void whoeverWroteTheNumberDownConfirmsNoClaimByIt() {
        // given: no number until the grid member puts one down, which somebody then binds
        var record = pair.onRecord("淳于髡", "13920000011", true, pair.home());
        pair.grid
                .patch("/v1/residents/" + record, new JsonObject().put("phone", "13920000012"))
                .withStatus(200);
        var accomplice = pair.newcomer("路人");
        assertThat(Pair.claim(accomplice, Pair.offered(accomplice, "13920000012"))
                        .json()
                        .getString("status"))
                .isEqualTo("pending");

        // then
        assertThat(pair.merge(pair.grid, record, Pair.idOf(accomplice)).status())
                .isEqualTo(422);
    }

    @Test
    void aBindingIsKeptWhicheverOfTheTwoGoes() {
        // given
        var record = pair.onRecord("端木赐", "13920000020", true, pair.home());
        var claimant = pair.newcomer("赐");
        Pair.pending(claimant, "13920000020");

        // when
        pair.merge(pair.grid, Pair.idOf(claimant), record).withStatus(200);

        // then
        assertThat(pair.one("SELECT phone_bound_at IS NOT NULL AS bound FROM resident WHERE id = $1", record)
                        .getBoolean("bound"))
                .isTrue();
    }

    @Test
    void whoBindsANumberDoesNotTryNamesBeforeTheyClaim() {
        // given
        var record = pair.onRecord("澹台子羽", "13920000021", false, null);
        var guesser = pair.newcomer("猜");
        Pair.offered(guesser, "13920000021");

        // when: under another name, once more, and after another number
        guesser.patch("/v1/me", new JsonObject().put("displayName", "澹台子羽")).withStatus(200);
        var again = Pair.offered(guesser, "13920000021");
        Pair.bind(guesser, "13920000022");
        var after = Pair.offered(guesser, "13920000021");

        // then
        assertThat(again.getString("confirmedBy")).isEqualTo("grid_member");
        assertThat(after.getString("confirmedBy")).isEqualTo("grid_member");
        assertThat(after.getString("residentId")).isEqualTo(record.toString());
        assertThat(Pair.claim(guesser, after).json().getString("status")).isEqualTo("pending");
    }

    @Test
    void whoIsNotCalledSoTheFirstTimeDoesNotTryOtherNames() {
        // given
        pair.onRecord("澹台灭明", "13920000013", false, null);
        var guesser = pair.newcomer("猜");
        var offer = Pair.offered(guesser, "13920000013");
        assertThat(Pair.claim(guesser, offer).json().getString("status")).isEqualTo("pending");

        // when
        guesser.patch("/v1/me", new JsonObject().put("displayName", "澹台灭明")).withStatus(200);

        // then
        assertThat(Pair.claim(guesser, offer).json().getString("status")).isEqualTo("pending");
    }

    @Test
    void aCancelledBookingIsSomethingThatTheRecordCarries() {
        var record = pair.onRecord("百里视", "13920000014", false, null);
        var booking = pair.book(pair.grid, record, 2, "dinner").withStatus(201).id();
        pair.grid.post("/v1/bookings/" + booking + "/cancel").withStatus(200);
        var newcomer = pair.newcomer("百里视");

        var offer = Pair.offered(newcomer, "13920000014");

        assertThat(offer.getString("confirmedBy")).isEqualTo("grid_member");
        assertThat(Pair.claim(newcomer, offer).json().getString("status")).isEqualTo("pending");
    }

    @Test
    void anEntryThatWasMergedIntoTheRecordIsSomethingThatItCarries() {
        var record = pair.onRecord("百里术", "13920000015", false, null);
        pair.merge(pair.grid, pair.onRecord("百里 术", "13920000016", false, null), record)
                .withStatus(200);
        var newcomer = pair.newcomer("百里术");

        var offer = Pair.offered(newcomer, "13920000015");

        assertThat(offer.getString("confirmedBy")).isEqualTo("grid_member");
        assertThat(Pair.claim(newcomer, offer).json().getString("status")).isEqualTo("pending");
    }

    @Test
    void nobodyClaimsMoreThanTenTimesAnHour() {
        var newcomer = pair.newcomer("试");
        for (int n = 0; n < 10; n++) {
            assertThat(Pair.claim(newcomer, UUID.randomUUID(), 1).status()).isEqualTo(404);
        }

        assertThat(Pair.claim(newcomer, UUID.randomUUID(), 1).status()).isEqualTo(429);
    }

    @Test
    void inTheDemoAClaimWaitsForTheGridMember() {
        var claimant = APP.wechat("demo-new-claimant");
        var own = claimant.get("/v1/me/claims").withStatus(200).items();
        assertThat(own).hasSize(1);
        var record = UUID.fromString(own.get(0).getString("residentId"));
        assertThat(Pair.waiting(pair.grid)).contains(own.get(0).getString("id"));

        pair.merge(pair.grid, record, Pair.idOf(claimant)).withStatus(200);

        assertThat(claimant.get("/v1/me").json().getString("displayName")).isEqualTo("章桂生");
    }
}
