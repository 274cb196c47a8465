package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.huying.demo.district.DemoStructure;
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

    private final Attack at = new Attack(APP);

    @Test
    void aHomeThatOneEnteredAloneInFormerTimesGivesOneNothing() {
        // given
        var resident = DemoStructure.resident(5);
        var name = APP.resident(5).get("/v1/me").json().getString("displayName");
        var now = APP.clock().instant().atOffset(ZoneOffset.UTC);
        at.sql(
                """
                INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,
                    approved_at, approved_by_id, entered_by_id)
                VALUES ($1, $2, $3, $4, 'family', 'approved', $5, $5, $6, $6)
                """,
                DemoStructure.districtId(),
                Ids.next(),
                at.household,
                resident,
                now,
                DemoStructure.staff("grid-member-1"));

        // then
        at.assertHasNoPowerOver(at.grid, resident, name);
        var report = at.spot(at.household)
                .put("householdId", at.household.toString())
                .put("onBehalfOfId", resident.toString());
        report.remove("placeId");
        assertShowsNobody(at.grid, at.grid.post("/v1/tickets", report).withStatus(201), name);
        // another grid member of the place did not make it
        at.assertLooksAfter(at.accountOf(Role.GRID_MEMBER, "community-1"), resident);
    }

    @Test
    void aReportInTheNameOfAStrangerShowsItsFilerNobody() {
        var stranger = DemoStructure.resident(9);
        var hotline = at.accountOf(Role.HOTLINE_AGENT, "community-1");
        for (var filer : List.of(at.grid, hotline)) {
            assertShowsNobody(filer, at.reportFor(filer, stranger), nameOf(9));
        }
    }

    @Test
    void whoAnswersThePhoneLooksAfterNobodyAndOpensNobodyByAReportOfTheirOwn() {
        // given: both work where the resident lives
        var resident = DemoStructure.resident(7);
        var hotline = at.accountOf(Role.HOTLINE_AGENT, "community-1");
        var colleague = at.accountOf(Role.HOTLINE_AGENT, "community-1");

        // when
        var ticket = at.reportFor(hotline, resident);

        // then
        assertShowsNobody(hotline, ticket, nameOf(7));
        assertOpens(colleague, ticket);
        assertOpens(at.grid, at.reportFor(at.grid, resident));
    }

    @Test
    void whoAlsoAnswersThePhoneWhereTheyLookAfterPeopleLooksAfterNoMore() {
        var account = at.account(Role.GRID_MEMBER, "community-2");
        at.sql("""
                INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id)
                VALUES ($1, $2, 'hotline_agent', 'place', $3)
                """, DemoStructure.districtId(), account.id(), DemoStructure.community(1));
        var both = at.api(account);
        assertShowsNobody(both, at.reportFor(both, DemoStructure.resident(7)), nameOf(7));
    }

    private static String nameOf(int resident) {
        return APP.resident(resident).get("/v1/me").json().getString("displayName");
    }

    private static void assertOpens(Api staff, Reply ticket) {
        var path = "/v1/tickets/" + ticket.id();
        assertThat(staff.get(path).json().getJsonObject("reporter")).isNotNull();
        staff.post(path + "/unmask", Attack.WHY).withStatus(200);
    }

    @Test
    void staffWhoAreResidentsDecideNothingAboutThemselves() {
        // given
        var resident = APP.wechat("demo-new-staff-and-resident");
        var id = at.idOf(resident);
        var username = "both-" + id;
        at.sql(
                "INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)",
                DemoStructure.districtId(),
                id,
                Objects.requireNonNull(APP.cipher().seal("双重身份")));
        for (var role : List.of("grid_member", "supervisor")) {
            at.sql(
                    "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id)"
                            + " VALUES ($1, $2, $3, 'place', $4)",
                    DemoStructure.districtId(),
                    id,
                    role,
                    DemoStructure.community(1));
        }
        at.sql("""
                INSERT INTO staff_login (username, person_id, password_hash)
                SELECT $1, $2, password_hash FROM staff_login WHERE username = 'admin'
                """, username, id);
        var staff = APP.staff(username);

        // when
        var asked = resident.post("/v1/households/" + at.household + "/members", new JsonObject().put("role", "tenant"))
                .withStatus(201);

        // then
        assertThat(at.agree(staff, asked).status()).isEqualTo(403);
        assertThat(at.agree(resident, asked).status()).isEqualTo(403);
        assertThat(at.requests(staff)).doesNotContain(asked.id().toString());
        assertThat(at.enter(staff, at.newHousehold(), id).status()).isEqualTo(403);
        at.agree(at.grid, asked).withStatus(200);
        var verified = new JsonObject().put("birthDate", "1940-01-01").put("birthDateVerified", true);
        assertThat(staff.patch("/v1/residents/" + id, verified).status()).isEqualTo(403);
        assertThat(staff.post("/v1/residents/" + id + "/unmask", Attack.WHY).status())
                .isEqualTo(403);
        assertThat(staff.post("/v1/residents/" + id + "/erase", Attack.WHY).status())
                .isEqualTo(403);
    }

    @Test
    void aBookingForSomebodyShowsTheOperatorThatBookingAndNoMore() {
        // given
        var operator = APP.staff("canteen-operator-3");
        var resident = DemoStructure.resident(11);
        var name = APP.resident(11).get("/v1/me").json().getString("displayName");
        var elsewhere = APP.resident(11).post("/v1/bookings", at.lunch(2)).withStatus(201);

        // when
        var made = operator.post("/v1/bookings", at.lunch(3).put("dinerId", resident.toString()))
                .withStatus(201);

        // then
        assertThat(made.text()).doesNotContain(name);
        assertThat(operator.get("/v1/bookings/" + elsewhere.id()).status()).isEqualTo(404);
        assertThat(operator.get("/v1/residents/" + resident).status()).isEqualTo(403);
        assertThat(operator.post("/v1/residents/" + resident + "/unmask", Attack.WHY)
                        .status())
                .isEqualTo(403);
        assertThat(operator.get("/v1/residents/" + resident + "/acts").status()).isEqualTo(403);
    }

    @Test
    void whoLivesInAHouseholdLearnsWhomTheGridMemberRegistersThere() {
        at.elder(at.grid, "公孙六娘", DemoStructure.household(7));
        APP.runJobs();

        assertThat(APP.resident(7).get("/v1/notifications?limit=1").items())
                .extracting(each -> each.getString("kind"))
                .containsExactly("household_joined");
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
        assertThat(filer.get(path + "/events")
                        .items()
                        .get(0)
                        .getJsonObject("shown")
                        .getJsonObject("names")
                        .fieldNames())
                .noneMatch(ref -> ref.startsWith("resident"));
        assertThat(filer.post(path + "/unmask", Attack.WHY).status()).isEqualTo(403);
    }
}
