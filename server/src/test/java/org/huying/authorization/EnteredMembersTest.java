package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Role;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People.md: whoever is entered into a household is nobody's there until they, or who is in charge of them, agree. */
class EnteredMembersTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final Attack at = new Attack(APP);

    @Test
    void whoeverIsEnteredIntoAHouseholdIsNobodysUntilTheyAgree() {
        // given
        var resident = DemoStructure.resident(3);
        var name = APP.resident(3).get("/v1/me").json().getString("displayName");

        // when
        var entered = at.enter(at.grid, at.household, resident).withStatus(201);

        // then
        assertThat(entered.json().getString("status")).isEqualTo("pending");
        assertThat(entered.json().getString("awaits")).isEqualTo("consent");
        assertThat(entered.text()).doesNotContain(name.substring(0, 1));
        assertThat(at.grid.get("/v1/households/" + at.household + "/members").text())
                .doesNotContain(name.substring(0, 1));
        at.assertHasNoPowerOver(at.grid, resident, name);
        for (var nobody : List.of("grid-member-1", "dispatcher-1", "community-supervisor-1")) {
            assertThat(at.agree(APP.staff(nobody), entered).status()).as(nobody).isEqualTo(403);
            assertThat(at.requests(APP.staff(nobody)))
                    .doesNotContain(entered.id().toString());
        }
        var report = at.spot(at.household).put("householdId", at.household.toString());
        report.remove("placeId");
        assertThat(at.grid
                        .post("/v1/tickets", report.copy().put("onBehalfOfId", resident.toString()))
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
        at.agree(APP.resident(3), entered).withStatus(200);

        // then
        at.assertLooksAfter(at.grid, resident);
        assertThat(APP.resident(3).post("/v1/tickets", report).status()).isEqualTo(201);
    }

    @Test
    void whoIsInChargeOfAnElderTodayAgreesForThemAndIsNamed() {
        // given
        var elder = at.elder(at.otherGrid, "公孙大娘", DemoStructure.household(3));
        var entered = at.enter(at.grid, at.household, elder).withStatus(201);
        at.assertHasNoPowerOver(at.grid, elder, "公孙大娘");
        assertThat(at.requests(at.otherGrid)).contains(entered.id().toString());

        // when
        at.agree(at.otherGrid, entered).withStatus(200);

        // then
        at.assertLooksAfter(at.grid, elder);
        at.assertLooksAfter(at.otherGrid, elder);
        assertThat(at.grid.get("/v1/residents/" + elder + "/acts").items())
                .extracting(each -> each.getString("kind") + " " + each.getString("byId"))
                .contains(
                        "household_joined " + DemoStructure.staff("grid-member-1"),
                        "household_agreed " + DemoStructure.staff("grid-member-2"));
    }

    @Test
    void whoIsInChargeDeclinesAndTheEntryIsGone() {
        var elder = at.elder(at.otherGrid, "公孙二娘", DemoStructure.household(3));
        var entered = at.enter(at.grid, at.household, elder).withStatus(201);
        var path = "/v1/households/" + at.household + "/members/" + entered.id();

        assertThat(APP.resident(3).delete(path).status()).isEqualTo(404);
        at.otherGrid.delete(path).withStatus(204);

        assertThat(at.agree(at.otherGrid, entered).status()).isEqualTo(404);
        at.assertHasNoPowerOver(at.grid, elder, "公孙二娘");
    }

    @Test
    void somebodyWithoutAHomeAgreesThemselvesOrWithoutALoginTheSupervisorOfThePlace() {
        // given
        var newcomer = APP.wechat("demo-new-without-a-home");
        var entered = at.enter(at.grid, at.household, at.idOf(newcomer)).withStatus(201);
        var leaving = at.account(Role.GRID_MEMBER, "community-3");
        var nobodys = at.elder(at.api(leaving), "公孙三娘", null);
        at.sql(
                "DELETE FROM role_grant WHERE district_id = $1 AND staff_id = $2",
                DemoStructure.districtId(),
                leaving.id());
        var orphan = at.enter(at.grid, at.household, nobodys).withStatus(201);

        // then
        assertThat(at.agree(APP.staff("community-supervisor-1"), entered).status())
                .isEqualTo(403);
        assertThat(at.agree(APP.staff("community-supervisor-2"), orphan).status())
                .isEqualTo(404);
        at.assertHasNoPowerOver(at.grid, nobodys, "公孙三娘");
        at.agree(newcomer, entered).withStatus(200);
        at.agree(APP.staff("community-supervisor-1"), orphan).withStatus(200);
        at.assertLooksAfter(at.grid, nobodys);
    }

    @Test
    void whoRegisteredAnElderLooksAfterThemAsLongAsNobodyElseDoes() {
        // given
        var elder = at.elder(at.otherGrid, "公孙四娘", null);
        at.assertLooksAfter(at.otherGrid, elder);
        assertThat(at.otherGrid
                        .post("/v1/bookings", at.lunch(2).put("dinerId", elder.toString()))
                        .status())
                .isEqualTo(201);
        var entered = at.enter(at.grid, at.household, elder).withStatus(201);
        at.assertHasNoPowerOver(at.grid, elder, "公孙四娘");

        // when
        at.agree(at.otherGrid, entered).withStatus(200);

        // then
        at.assertLooksAfter(at.grid, elder);
        at.assertHasNoPowerOver(at.otherGrid, elder, "公孙四娘");
    }

    @Test
    void registeringTheSameNameAndNumberAgainCapturesNobody() {
        var elder = at.elder(at.otherGrid, "公孙五娘", DemoStructure.household(3));

        var twin = at.elder(at.grid, "公孙五娘", at.household);

        at.assertHasNoPowerOver(at.grid, elder, "公孙五娘");
        at.assertLooksAfter(at.grid, twin);
        var mandate = new JsonObject()
                .put("grantorId", twin.toString())
                .put("scope", new JsonArray().add("booking"))
                .put("consentNote", "口头同意");
        assertThat(at.grid.post("/v1/mandates", mandate).status()).isEqualTo(201);
    }
}
