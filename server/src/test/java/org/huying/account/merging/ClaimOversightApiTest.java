package org.huying.account.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Eventually;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No claim waits for nobody: who is told of it and who settles it, and that nobody is their own witness. */
class ClaimOversightApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final List<String> OTHERS = List.of(
            "grid-member-1",
            "grid-member-2",
            "community-supervisor-1",
            "community-supervisor-2",
            "community-supervisor-3",
            "town-supervisor");

    private final Pair pair = new Pair(APP);

    private void waitsOnlyFor(String claim, String... usernames) {
        for (var username : OTHERS) {
            assertThat(Pair.waiting(APP.staff(username)).contains(claim))
                    .as(username)
                    .isEqualTo(List.of(usernames).contains(username));
        }
        assertThat(Pair.waiting(APP.staff("district-supervisor"))).contains(claim);
    }

    private static boolean isTold(String username, UUID record) {
        return Pair.isTold(APP.staff(username), "resident_claimed", record);
    }

    /** Of a list that an administrator hands in, without a home. */
    private UUID imported(String name, String number) {
        var file = ("姓名,出生日期,证件核验,电话,小区,地址,与户主关系,同意说明\n" + name + ",1941-05-06,是," + number + ",,,,名册\n")
                .getBytes(StandardCharsets.UTF_8);
        var admin = APP.staff("admin");
        var check = admin.upload("/v1/imports?kind=residents&dryRun=true", file)
                .withStatus(201)
                .id();
        APP.runInnerJobs();
        var digest = admin.get("/v1/imports/" + check).json().getString("digest");
        admin.upload("/v1/imports?kind=residents&digest=" + digest, file).withStatus(201);
        APP.runInnerJobs();
        var found = APP.staff("canteen-operator-1")
                .get("/v1/residents?query=" + number)
                .items();
        assertThat(found).hasSize(1);
        return UUID.fromString(found.get(0).getString("id"));
    }

    private static void grant(String username, String role, UUID place) {
        await(APP.database()
                .inTransaction(transaction -> transaction
                        .preparedQuery("INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id)"
                                + " VALUES ($1, $2, $3, 'place', $4)")
                        .execute(Tuple.of(DemoStructure.districtId(), DemoStructure.staff(username), role, place))));
    }

    @Test
    void whoWasImportedWithoutAHomeIsForTheSupervisorOfTheDistrict() {
        // given
        var record = imported("淳于缇萦", "13920000301");
        var claimant = pair.newcomer("缇萦");
        var claim = Pair.pending(claimant, "13920000301");

        // then
        waitsOnlyFor(claim);
        APP.runInnerJobs();
        assertThat(isTold("district-supervisor", record)).isTrue();
        assertThat(OTHERS).noneMatch(username -> isTold(username, record));
        for (var username : OTHERS) {
            assertThat(Pair.decline(APP.staff(username), claim).status())
                    .as(username)
                    .isEqualTo(404);
            assertThat(pair.merge(APP.staff(username), record, Pair.idOf(claimant))
                            .status())
                    .as(username)
                    .isEqualTo(404);
        }
        // whoever imported them does not look after them
        assertThat(Pair.decline(APP.staff("admin"), claim).status()).isEqualTo(404);
        assertThat(pair.merge(APP.staff("admin"), record, Pair.idOf(claimant)).status())
                .isEqualTo(403);

        // when
        pair.merge(APP.staff("district-supervisor"), record, Pair.idOf(claimant))
                .withStatus(200);

        // then
        assertThat(claimant.get("/v1/me").json().getString("displayName")).isEqualTo("淳于缇萦");
        assertThat(Pair.waiting(APP.staff("district-supervisor"))).doesNotContain(claim);
    }

    @Test
    void whoLivesWhereThereIsNoGridMemberIsForTheSupervisorsAboveThem() {
        // given: the one of community 3 now works in community 1
        moveGridMember(3, 1);
        var record = pair.onRecord("葛洪", "13920000310", true, null);
        pair.all(
                "INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,"
                        + " approved_at) VALUES ($1, gen_random_uuid(), $2, $3, 'owner', 'approved', now(), now())",
                DemoStructure.districtId(),
                DemoStructure.household(5),
                record);

        // when
        var claim = Pair.pending(pair.newcomer("洪"), "13920000310");

        // then: who reads goes by grants that are a second old at most
        Eventually.until(
                "the move is known",
                () -> !Pair.waiting(APP.staff("grid-member-2")).contains(claim));
        waitsOnlyFor(claim, "community-supervisor-3", "town-supervisor");
        APP.runInnerJobs();
        for (var username : List.of("community-supervisor-3", "town-supervisor", "district-supervisor")) {
            assertThat(isTold(username, record)).as(username).isTrue();
        }
        Pair.decline(APP.staff("community-supervisor-3"), claim).withStatus(200);
        moveGridMember(1, 3);
    }

    private void moveGridMember(int from, int to) {
        pair.all(
                "UPDATE role_grant SET scope_id = $3 WHERE staff_id = $1 AND scope_id = $2",
                DemoStructure.staff("grid-member-2"),
                DemoStructure.community(from),
                DemoStructure.community(to));
    }

    @Test
    void theSupervisorOfTheDistrictDeclinesItToo() {
        imported("扁鹊", "13920000302");
        var claimant = pair.newcomer("鹊");
        var claim = Pair.pending(claimant, "13920000302");

        assertThat(Pair.withdraw(APP.staff("district-supervisor"), claim).status())
                .isEqualTo(403);
        Pair.decline(APP.staff("district-supervisor"), claim).withStatus(200);

        assertThat(claimant.get("/v1/me/claims").text()).contains("declined");
    }

    @Test
    void supervisorsSeeThoseOfTheirPlaceAndOnlyThose() {
        // given: one who lives in community 1, and one whom its grid member registered without a home
        pair.onRecord("华佗", "13920000303", true, pair.home());
        var lives = Pair.pending(pair.newcomer("佗"), "13920000303");
        pair.onRecord("张机", "13920000304", true, null);
        var registered = Pair.pending(pair.newcomer("机"), "13920000304");

        // then
        waitsOnlyFor(lives, "grid-member-1", "community-supervisor-1", "town-supervisor");
        waitsOnlyFor(registered, "grid-member-1", "community-supervisor-1", "town-supervisor");
        Pair.decline(pair.supervisor, registered).withStatus(200);
    }

    @Test
    void whereTheGridMemberWroteTheNumberDownTheSupervisorSettlesIt() {
        // given
        var record = pair.onRecord("孙思邈", "13920000305", true, pair.home());
        pair.grid
                .patch("/v1/residents/" + record, new JsonObject().put("phone", "13920000306"))
                .withStatus(200);
        var claimant = pair.newcomer("思邈");
        var claim = Pair.pending(claimant, "13920000306");

        // then
        waitsOnlyFor(claim, "community-supervisor-1", "town-supervisor");
        APP.runInnerJobs();
        assertThat(isTold("community-supervisor-1", record)).isTrue();
        assertThat(isTold("grid-member-1", record)).isFalse();
        assertThat(Pair.decline(pair.grid, claim).status()).isEqualTo(403);
        pair.merge(pair.supervisor, record, Pair.idOf(claimant)).withStatus(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNumberThatCameByAMergeIsNobodysOwnWitness(boolean isIntoTheElder) {
        // given: an elder without a number, and an entry of the same name with the number of whoever made it
        var number = isIntoTheElder ? "13920000321" : "13920000322";
        var name = "钱乙" + isIntoTheElder;
        var elder = pair.onRecord(name, "13920000320", true, pair.home());
        if (isIntoTheElder) {
            pair.all("UPDATE resident SET phone_sealed = NULL, phone_index = NULL WHERE id = $1", elder);
        }
        var made = pair.onRecord(name, number, false, null);
        var record = isIntoTheElder ? elder : made;
        pair.merge(pair.grid, isIntoTheElder ? made : elder, record).withStatus(200);

        // when
        var accomplice = pair.newcomer("路人");
        var claim = Pair.pending(accomplice, number);

        // then
        waitsOnlyFor(claim, "community-supervisor-1", "town-supervisor");
        assertThat(Pair.decline(pair.grid, claim).status()).isEqualTo(403);
        assertThat(pair.merge(pair.grid, record, Pair.idOf(accomplice)).status())
                .isEqualTo(422);
        Pair.decline(pair.supervisor, claim).withStatus(200);
    }

    @Test
    void whereTheRegistrarWroteAnotherNumberDownTheSupervisorIsToldOfWhoHasNoHome() {
        // given
        var record = pair.onRecord("孙思邈", "13920000313", true, null);
        pair.grid
                .patch("/v1/residents/" + record, new JsonObject().put("phone", "13920000314"))
                .withStatus(200);

        // when
        var claim = Pair.pending(pair.newcomer("思邈"), "13920000314");
        APP.runInnerJobs();

        // then
        waitsOnlyFor(claim, "community-supervisor-1", "town-supervisor");
        assertThat(isTold("community-supervisor-1", record)).isTrue();
        assertThat(isTold("community-supervisor-2", record)).isFalse();
        assertThat(isTold("grid-member-1", record)).isFalse();
    }

    @Test
    void aSupervisorWhoIsAGridMemberTooIsNotTheirOwnWitness() {
        // given: supervisor of community 2 and grid member of it
        grant("community-supervisor-2", "grid_member", DemoStructure.community(2));
        var both = APP.staff("community-supervisor-2");
        var record = DemoStructure.elder(3);
        both.patch("/v1/residents/" + record, new JsonObject().put("phone", "13920000307"))
                .withStatus(200);
        var accomplice = pair.newcomer("路人");
        var claim = Pair.pending(accomplice, "13920000307");

        // then
        assertThat(Pair.waiting(both)).doesNotContain(claim);
        assertThat(Pair.decline(both, claim).status()).isEqualTo(403);
        assertThat(pair.merge(both, record, Pair.idOf(accomplice)).status()).isEqualTo(422);
        assertThat(Pair.waiting(APP.staff("grid-member-2"))).contains(claim);
    }

    @Test
    void twoEntriesThatBelongNowhereAreMergedByTheSupervisorOfTheDistrict() {
        var once = imported("李时珍", "13920000308");
        var twice = imported("李 时珍子", "13920000309");

        assertThat(pair.merge(APP.staff("town-supervisor"), once, twice).status())
                .isEqualTo(404);
        pair.merge(APP.staff("district-supervisor"), once, twice).withStatus(200);
    }

    @Test
    void theOwnerWhoActsForThemTheGridMemberAndWhoRegisteredThemAreToldOfTheClaimAndOfTheMerge() {
        // given: registered by a colleague of the grid member of where they live
        var home = pair.home();
        var record = pair.onRecord("左丘明", "13920000017", true, home);
        pair.all(
                "UPDATE resident SET registered_by_id = $2 WHERE id = $1",
                record,
                DemoStructure.staff("grid-member-2"));
        var owner = pair.neighbour(home, "owner");
        var tenant = pair.neighbour(home, "tenant");
        var daughter = pair.newcomer("左丘女");
        var offer = pair.grid
                .post(
                        "/v1/mandates",
                        new JsonObject()
                                .put("grantorId", record.toString())
                                .put("scope", new JsonArray().add("booking"))
                                .put("consentNote", "口头同意"))
                .withStatus(201);
        daughter.post(
                        "/v1/mandates/accept",
                        new JsonObject().put("inviteCode", offer.json().getString("inviteCode")))
                .withStatus(200);
        var claimant = pair.newcomer("左丘");

        // when
        Pair.pending(claimant, "13920000017");
        APP.runInnerJobs();

        // then
        for (var told : List.of(owner, daughter, pair.grid, APP.staff("grid-member-2"))) {
            assertThat(Pair.isTold(told, "resident_claimed", record)).isTrue();
        }
        assertThat(Pair.isTold(claimant, "resident_claimed", record)).isFalse();
        assertThat(Pair.isTold(tenant, "resident_claimed", record)).isFalse();

        // when
        var id = Pair.idOf(claimant);
        pair.merge(pair.grid, record, id).withStatus(200);
        APP.runInnerJobs();

        // then
        for (var told : List.of(owner, daughter, claimant)) {
            assertThat(Pair.isTold(told, "resident_merged", id)).isTrue();
        }
        assertThat(Pair.isTold(tenant, "resident_merged", id)).isFalse();
        assertThat(Pair.isTold(pair.grid, "resident_merged", id)).isFalse();
    }
}
