package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Grant.Scope;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 1: a right never rests on a relation that its holder can make alone. For each relation, who would misuse it. */
class SelfMadeRightsTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final JsonObject WHY = new JsonObject().put("reason", "上门核实");

    private final Accounts accounts = new Accounts(APP);
    /** Of community 1. */
    private final Api grid = APP.staff("grid-member-1");
    /** Of communities 2 and 3. */
    private final Api otherGrid = APP.staff("grid-member-2");

    private final UUID household = newHousehold();

    private static UUID idOf(Api person) {
        return UUID.fromString(person.get("/v1/me").json().getString("id"));
    }

    private UUID newHousehold() {
        var made = new JsonObject()
                .put("compoundId", DemoStructure.compound(1).toString())
                .put("address", "新 " + UUID.randomUUID());
        return grid.post("/v1/households", made).withStatus(201).id();
    }

    private static UUID elder(Api registrar, String name, UUID home) {
        var elder = new JsonObject()
                .put("name", name)
                .put("birthDate", "1941-05-06")
                .put("birthDateVerified", true)
                .put("phone", "10066660001")
                .put("consentNote", "口头同意，女儿在场");
        if (home != null) {
            elder.put("householdId", home.toString());
        }
        return registrar.post("/v1/residents", elder).withStatus(201).id();
    }

    private static Reply enter(Api staff, UUID household, UUID resident) {
        var member = new JsonObject().put("role", "family").put("residentId", resident.toString());
        return staff.post("/v1/households/" + household + "/members", member);
    }

    private Reply agree(Api who, Reply entered) {
        return who.post("/v1/households/" + household + "/members/" + entered.id() + "/approve");
    }

    private static JsonObject spot(UUID compound) {
        return new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("placeId", compound.toString())
                .put("description", "门口路灯不亮");
    }

    private static Reply search(Api staff, String name) {
        return staff.post("/v1/residents/search", new JsonObject().put("query", name));
    }

    private static void assertHasNoPowerOver(Api staff, UUID resident, String name) {
        var path = "/v1/residents/" + resident;
        var mandate = new JsonObject()
                .put("grantorId", resident.toString())
                .put("scope", new JsonArray().add("ticket"))
                .put("consentNote", "口头同意");
        assertThat(staff.get(path).status()).isEqualTo(404);
        assertThat(staff.post(path + "/unmask", WHY).status()).isEqualTo(404);
        assertThat(staff.patch(path, new JsonObject().put("birthDateVerified", true)).status())
                .isEqualTo(404);
        assertThat(staff.post(path + "/erase", WHY).status()).isEqualTo(404);
        assertThat(staff.get(path + "/acts").status()).isEqualTo(404);
        assertThat(staff.post("/v1/mandates", mandate).status()).isEqualTo(404);
        assertThat(staff.get("/v1/mandates?residentId=" + resident).status()).isEqualTo(404);
        assertThat(staff.post("/v1/bookings", lunch(1).put("dinerId", resident.toString())).status())
                .isEqualTo(403);
        assertThat(search(staff, name).items())
                .extracting(each -> each.getString("id"))
                .doesNotContain(resident.toString());
    }

    private static void assertLooksAfter(Api staff, UUID resident) {
        assertThat(staff.get("/v1/residents/" + resident).status()).isEqualTo(200);
        assertThat(staff.get("/v1/residents/" + resident + "/acts").status()).isEqualTo(200);
        assertThat(staff.post("/v1/residents/" + resident + "/unmask", WHY).status()).isEqualTo(200);
    }

    private static JsonObject lunch(int canteen) {
        var day = LocalDate.ofInstant(APP.clock().instant(), Stage.ZONE).plusDays(2);
        return Meals.order(DemoStructure.meal(canteen, day, "lunch").toString());
    }

    private static List<String> requests(Api staff) {
        return staff.get("/v1/membership-requests?limit=100").withStatus(200).items().stream()
                .map(each -> each.getString("id"))
                .toList();
    }

    private static void sql(String statement, Object... values) {
        await(APP.database().inTransaction(tx -> tx.preparedQuery(statement).execute(Tuple.from(values))));
    }

    @Test
    void whoeverIsEnteredIntoAHouseholdIsNobodysUntilTheyAgree() {
        // given
        var resident = DemoStructure.resident(3);
        var name = APP.resident(3).get("/v1/me").json().getString("displayName");

        // when
        var entered = enter(grid, household, resident).withStatus(201);

        // then
        assertThat(entered.json().getString("status")).isEqualTo("pending");
        assertThat(entered.json().getString("awaits")).isEqualTo("consent");
        assertThat(entered.text()).doesNotContain(name.substring(0, 1));
        assertThat(grid.get("/v1/households/" + household + "/members").text()).doesNotContain(name.substring(0, 1));
        assertHasNoPowerOver(grid, resident, name);
        for (var nobody : List.of("grid-member-1", "dispatcher-1", "community-supervisor-1")) {
            assertThat(agree(APP.staff(nobody), entered).status()).as(nobody).isEqualTo(403);
            assertThat(requests(APP.staff(nobody))).doesNotContain(entered.id().toString());
        }
        var report = spot(household).put("householdId", household.toString());
        report.remove("placeId");
        assertThat(grid.post("/v1/tickets", report.copy().put("onBehalfOfId", resident.toString()))
                        .faultsAndCodes())
                .containsExactly("/onBehalfOfId on_behalf_of_unfit");
        assertThat(APP.resident(3).post("/v1/tickets", report).status()).isEqualTo(404);

        // when
        var mine = APP.resident(3).get("/v1/me").json().getJsonArray("households").stream()
                .map(JsonObject.class::cast)
                .filter(each -> "consent".equals(each.getString("awaits")))
                .toList();
        assertThat(mine)
                .extracting(each -> each.getString("membershipId"))
                .containsExactly(entered.id().toString());
        agree(APP.resident(3), entered).withStatus(200);

        // then
        assertLooksAfter(grid, resident);
        assertThat(APP.resident(3).post("/v1/tickets", report).status()).isEqualTo(201);
    }

    @Test
    void whoIsInChargeOfAnElderTodayAgreesForThemAndIsNamed() {
        // given
        var elder = elder(otherGrid, "公孙大娘", DemoStructure.household(3));
        var entered = enter(grid, household, elder).withStatus(201);
        assertHasNoPowerOver(grid, elder, "公孙大娘");
        assertThat(requests(otherGrid)).contains(entered.id().toString());

        // when
        agree(otherGrid, entered).withStatus(200);

        // then
        assertLooksAfter(grid, elder);
        assertLooksAfter(otherGrid, elder);
        assertThat(grid.get("/v1/residents/" + elder + "/acts").items())
                .extracting(each -> each.getString("kind") + " " + each.getString("byId"))
                .contains(
                        "household_joined " + DemoStructure.staff("grid-member-1"),
                        "household_agreed " + DemoStructure.staff("grid-member-2"));
    }

    @Test
    void whoIsInChargeDeclinesAndTheEntryIsGone() {
        var elder = elder(otherGrid, "公孙二娘", DemoStructure.household(3));
        var entered = enter(grid, household, elder).withStatus(201);
        var path = "/v1/households/" + household + "/members/" + entered.id();

        assertThat(APP.resident(3).delete(path).status()).isEqualTo(404);
        otherGrid.delete(path).withStatus(204);

        assertThat(agree(otherGrid, entered).status()).isEqualTo(404);
        assertHasNoPowerOver(grid, elder, "公孙二娘");
    }

    @Test
    void somebodyWithoutAHomeAgreesThemselvesOrWithoutALoginTheSupervisorOfThePlace() {
        // given
        var newcomer = APP.wechat("demo-new-without-a-home");
        var entered = enter(grid, household, idOf(newcomer)).withStatus(201);
        var nobodys = elder(accountOf(Role.GRID_MEMBER, "community-3"), "公孙三娘", null);
        sql("DELETE FROM role_grant WHERE scope_id = $1 AND staff_id = $2", DemoStructure.place("community-3"), left);
        var orphan = enter(grid, household, nobodys).withStatus(201);

        // then
        assertThat(agree(APP.staff("community-supervisor-1"), entered).status()).isEqualTo(403);
        assertThat(agree(APP.staff("community-supervisor-2"), orphan).status()).isEqualTo(404);
        assertHasNoPowerOver(grid, nobodys, "公孙三娘");
        agree(newcomer, entered).withStatus(200);
        agree(APP.staff("community-supervisor-1"), orphan).withStatus(200);
        assertLooksAfter(grid, nobodys);
    }

    private UUID left = new UUID(0, 0);

    private Api accountOf(Role role, String place) {
        var account = accounts.of(DemoStructure.here(), role, Scope.PLACE, DemoStructure.place(place));
        left = account.id();
        return accounts.api(account);
    }

    @Test
    void whoRegisteredAnElderLooksAfterThemAsLongAsNobodyElseDoes() {
        // given
        var elder = elder(otherGrid, "公孙四娘", null);
        assertLooksAfter(otherGrid, elder);
        assertThat(otherGrid.post("/v1/bookings", lunch(2).put("dinerId", elder.toString())).status())
                .isEqualTo(201);
        var entered = enter(grid, household, elder).withStatus(201);
        assertHasNoPowerOver(grid, elder, "公孙四娘");

        // when
        agree(otherGrid, entered).withStatus(200);

        // then
        assertLooksAfter(grid, elder);
        assertHasNoPowerOver(otherGrid, elder, "公孙四娘");
    }

    @Test
    void registeringTheSameNameAndNumberAgainCapturesNobody() {
        var elder = elder(otherGrid, "公孙五娘", DemoStructure.household(3));

        var twin = elder(grid, "公孙五娘", household);

        assertHasNoPowerOver(grid, elder, "公孙五娘");
        assertLooksAfter(grid, twin);
        var mandate = new JsonObject()
                .put("grantorId", twin.toString())
                .put("scope", new JsonArray().add("booking"))
                .put("consentNote", "口头同意");
        assertThat(grid.post("/v1/mandates", mandate).status()).isEqualTo(201);
    }

    @Test
    void aHomeThatOneEnteredAloneInFormerTimesGivesOneNothing() {
        // given
        var resident = DemoStructure.resident(5);
        var name = APP.resident(5).get("/v1/me").json().getString("displayName");
        var now = APP.clock().instant().atOffset(ZoneOffset.UTC);
        sql(
                """
                INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,
                    approved_at, approved_by_id, entered_by_id)
                VALUES ($1, $2, $3, $4, 'family', 'approved', $5, $5, $6, $6)
                """,
                DemoStructure.districtId(),
                Ids.next(),
                household,
                resident,
                now,
                DemoStructure.staff("grid-member-1"));

        // then
        assertHasNoPowerOver(grid, resident, name);
        var report = spot(household).put("householdId", household.toString()).put("onBehalfOfId", resident.toString());
        report.remove("placeId");
        assertShowsNobody(grid, grid.post("/v1/tickets", report).withStatus(201), name);
        // another grid member of the place did not make it
        assertLooksAfter(accountOf(Role.GRID_MEMBER, "community-1"), resident);
    }

    @Test
    void aReportInTheNameOfAStrangerShowsItsFilerNobody() {
        var name = APP.resident(9).get("/v1/me").json().getString("displayName");
        var hotline = accountOf(Role.HOTLINE_AGENT, "community-1");
        for (var filer : List.of(grid, hotline)) {
            var report = spot(DemoStructure.compound(1))
                    .put("onBehalfOfId", DemoStructure.resident(9).toString());
            assertShowsNobody(filer, filer.post("/v1/tickets", report).withStatus(201), name);
            var theirs = report.copy().put("onBehalfOfId", DemoStructure.resident(7).toString());
            var known = filer.post("/v1/tickets", theirs).withStatus(201);
            assertThat(known.json().getJsonObject("reporter")).isNotNull();
            assertThat(filer.post("/v1/tickets/" + known.id() + "/unmask", WHY).status())
                    .isEqualTo(200);
        }
    }

    private static void assertShowsNobody(Api filer, Reply ticket, String name) {
        var path = "/v1/tickets/" + ticket.id();
        assertThat(ticket.json().getJsonObject("reporter")).isNull();
        for (var text : List.of(
                filer.get(path).withStatus(200).text(),
                filer.get(path + "/events").withStatus(200).text(),
                filer.get("/v1/tickets?limit=100").withStatus(200).text())) {
            assertThat(text).doesNotContain(name);
        }
        assertThat(filer.get(path).json().getJsonObject("reporter")).isNull();
        assertThat(filer.get(path + "/events").items().get(0).getJsonObject("shown").getJsonObject("names").fieldNames())
                .noneMatch(ref -> ref.startsWith("resident"));
        assertThat(filer.post(path + "/unmask", WHY).status()).isEqualTo(403);
    }

    @Test
    void staffWhoAreResidentsDecideNothingAboutThemselves() {
        // given
        var resident = APP.wechat("demo-new-staff-and-resident");
        var id = idOf(resident);
        var username = "both-" + id;
        sql(
                "INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)",
                DemoStructure.districtId(),
                id,
                APP.cipher().seal("双重身份"));
        for (var role : List.of("grid_member", "supervisor")) {
            sql(
                    "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id)"
                            + " VALUES ($1, $2, $3, 'place', $4)",
                    DemoStructure.districtId(),
                    id,
                    role,
                    DemoStructure.community(1));
        }
        sql("""
                INSERT INTO staff_login (username, person_id, password_hash)
                SELECT $1, $2, password_hash FROM staff_login WHERE username = 'admin'
                """, username, id);
        var staff = APP.staff(username);

        // when
        var asked = resident.post(
                        "/v1/households/" + household + "/members", new JsonObject().put("role", "tenant"))
                .withStatus(201);

        // then
        assertThat(agree(staff, asked).status()).isEqualTo(403);
        assertThat(agree(resident, asked).status()).isEqualTo(403);
        assertThat(requests(staff)).doesNotContain(asked.id().toString());
        assertThat(enter(staff, newHousehold(), id).status()).isEqualTo(403);
        agree(grid, asked).withStatus(200);
        var verified = new JsonObject().put("birthDate", "1940-01-01").put("birthDateVerified", true);
        assertThat(staff.patch("/v1/residents/" + id, verified).status()).isEqualTo(403);
        assertThat(staff.post("/v1/residents/" + id + "/unmask", WHY).status()).isEqualTo(403);
        assertThat(staff.post("/v1/residents/" + id + "/erase", WHY).status()).isEqualTo(403);
    }

    @Test
    void aBookingForSomebodyShowsTheOperatorThatBookingAndNoMore() {
        // given
        var operator = APP.staff("canteen-operator-3");
        var resident = DemoStructure.resident(11);
        var name = APP.resident(11).get("/v1/me").json().getString("displayName");
        var elsewhere = APP.resident(11).post("/v1/bookings", lunch(2)).withStatus(201);

        // when
        var made = operator.post("/v1/bookings", lunch(3).put("dinerId", resident.toString()))
                .withStatus(201);

        // then
        assertThat(made.text()).doesNotContain(name);
        assertThat(operator.get("/v1/bookings/" + elsewhere.id()).status()).isEqualTo(404);
        assertThat(operator.get("/v1/residents/" + resident).status()).isEqualTo(403);
        assertThat(operator.post("/v1/residents/" + resident + "/unmask", WHY).status()).isEqualTo(403);
        assertThat(operator.get("/v1/residents/" + resident + "/acts").status()).isEqualTo(403);
    }

    @Test
    void whoLivesInAHouseholdLearnsWhomTheGridMemberRegistersThere() {
        elder(grid, "公孙六娘", DemoStructure.household(7));
        APP.runJobs();

        assertThat(APP.resident(7).get("/v1/notifications?limit=1").items())
                .extracting(each -> each.getString("kind"))
                .containsExactly("household_joined");
    }
}
