package org.huying.identity.household;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.stream.IntStream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 1: a resident is of a household, pending until a grid member or the firm's dispatcher approves. */
class HouseholdApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static String path(UUID household) {
        return "/v1/households/" + household;
    }

    private static Reply find(Api caller, UUID compound, String address) {
        return caller.post(
                "/v1/households/search",
                new JsonObject().put("compoundId", compound.toString()).put("address", address));
    }

    private static Reply join(Api caller, UUID household) {
        return caller.post(path(household) + "/members", new JsonObject().put("role", "tenant"));
    }

    private static String addressOf(int resident) {
        return APP.resident(resident)
                .get(path(DemoStructure.household(resident)))
                .withStatus(200)
                .json()
                .getString("address");
    }

    private static Reply decide(Api caller, UUID household, UUID member) {
        return caller.post(path(household) + "/members/" + member + "/approve");
    }

    /** What the caller was told last, in their inbox. */
    private static String lastNotice(Api caller) {
        APP.runJobs();
        var all = caller.get("/v1/notifications?limit=1").items();
        return all.isEmpty() ? "" : all.get(0).getString("kind");
    }

    @Test
    void aHouseholdIsFoundByCompoundAndExactAddressHoweverItWasTyped() {
        var address = addressOf(1);
        var typed = " " + address.replace("1", "１").replace("单元", " 单元 ");
        var compound = DemoStructure.compound(1);

        var found = find(APP.wechat("demo-new-finder"), compound, typed);

        assertThat(found.items()).hasSize(1);
        assertThat(found.items().get(0).getString("id"))
                .isEqualTo(DemoStructure.household(1).toString());
        assertThat(find(APP.resident(2), compound, address.substring(0, 3)).items())
                .isEmpty();
        assertThat(find(APP.resident(2), DemoStructure.compound(2), "没有这一户").items())
                .isEmpty();
        assertThat(APP.resident(2).get("/v1/households?compoundId=" + compound).status())
                .as("nobody lists where others live")
                .isEqualTo(403);
    }

    @Test
    void staffListTheHouseholdsOfTheirCompoundsAndNobodyElses() {
        var ofFirst = "/v1/households?limit=100&compoundId=" + DemoStructure.compound(1);
        for (var username : new String[] {"grid-member-1", "dispatcher-1", "admin", "town-supervisor"}) {
            assertThat(APP.staff(username).get(ofFirst).withStatus(200).items())
                    .as(username)
                    .hasSizeGreaterThan(5);
        }
        for (var username : new String[] {"grid-member-2", "dispatcher-2", "community-supervisor-2", "worker-1"}) {
            assertThat(APP.staff(username).get(ofFirst).status()).as(username).isEqualTo(403);
        }
        var page = APP.staff("admin").get("/v1/households?limit=2&compoundId=" + DemoStructure.compound(1));
        var next = APP.staff("admin")
                .get("/v1/households?limit=2&compoundId=" + DemoStructure.compound(1) + "&cursor="
                        + page.json().getString("nextCursor"));
        assertThat(next.items()).doesNotContainAnyElementsOf(page.items()).hasSize(2);
    }

    @Test
    void aRequestIsPendingGivesNothingAndIsSeenByThoseWhoApprove() {
        // given
        var household = DemoStructure.household(3);
        var asking = APP.wechat("demo-new-asking");

        // when
        var asked = join(asking, household).withStatus(201);

        // then
        assertThat(asked.json().getString("status")).isEqualTo("pending");
        assertThat(asking.get(path(household)).status()).isEqualTo(404);
        assertThat(asking.get(path(household) + "/members").status()).isEqualTo(404);
        assertThat(decide(asking, household, asked.id()).status()).isEqualTo(403);
        assertThat(decide(APP.resident(3), household, asked.id()).status()).isEqualTo(403);
        for (var username : new String[] {"grid-member-1", "dispatcher-1", "community-supervisor-2"}) {
            assertThat(APP.staff(username)
                            .get("/v1/membership-requests?limit=100")
                            .items())
                    .as(username)
                    .extracting(each -> each.getString("id"))
                    .doesNotContain(asked.id().toString());
        }
        for (var username : new String[] {"grid-member-2", "dispatcher-2"}) {
            assertThat(APP.staff(username)
                            .get("/v1/membership-requests?limit=100")
                            .items())
                    .as(username)
                    .extracting(each -> each.getString("id"))
                    .contains(asked.id().toString());
        }
        assertThat(APP.staff("worker-1").get("/v1/membership-requests").status())
                .isEqualTo(403);
        assertThat(lastNotice(APP.resident(3))).isEqualTo("household_requested");
        assertThat(join(asking, household))
                .satisfies(again -> assertThat(again.status()).isEqualTo(409))
                .satisfies(again -> assertThat(again.code()).isEqualTo("already_member"))
                .satisfies(again -> assertThat(again.json().getString("membershipId"))
                        .isEqualTo(asked.id().toString()));
    }

    @Test
    void theDispatcherOfTheFirmApprovesAndBothSidesAreTold() {
        // given
        var household = DemoStructure.household(5);
        var asking = APP.wechat("demo-new-tenant");
        var member = join(asking, household).withStatus(201).id();

        // when
        var ofAnotherFirm = APP.staff("dispatcher-1");
        assertThat(decide(ofAnotherFirm, household, member).status()).isEqualTo(404);
        assertThat(ofAnotherFirm.delete(path(household) + "/members/" + member).status())
                .isEqualTo(404);
        assertThat(ofAnotherFirm.get(path(household)).status()).isEqualTo(404);
        assertThat(ofAnotherFirm.get(path(household) + "/members").status()).isEqualTo(404);
        assertThat(decide(APP.staff("admin"), household, member).status()).isEqualTo(403);
        var approved = decide(APP.staff("dispatcher-3"), household, member);

        // then
        assertThat(approved.withStatus(200).json().getString("status")).isEqualTo("approved");
        assertThat(decide(APP.staff("grid-member-2"), household, member).code()).isEqualTo("membership_approved");
        assertThat(asking.get(path(household)).status()).isEqualTo(200);
        assertThat(lastNotice(asking)).isEqualTo("household_approved");
        assertThat(lastNotice(APP.resident(5))).isEqualTo("household_joined");
    }

    @Test
    void whereNoFirmServesTheSupervisorOfTheCommunityActs() {
        // given
        var gridMember = APP.staff("grid-member-1");
        var made = gridMember
                .post(
                        "/v1/households",
                        new JsonObject()
                                .put("compoundId", DemoStructure.grid(1).toString())
                                .put("address", "老街九号"))
                .withStatus(201);
        var member = join(APP.wechat("demo-new-old-street"), made.id())
                .withStatus(201)
                .id();

        // then
        assertThat(decide(APP.staff("community-supervisor-2"), made.id(), member)
                        .status())
                .isEqualTo(404);
        assertThat(decide(APP.staff("town-supervisor"), made.id(), member).status())
                .isEqualTo(403);
        var supervisor = APP.staff("community-supervisor-1");
        assertThat(supervisor.get("/v1/membership-requests?limit=100").items())
                .extracting(each -> each.getString("id"))
                .containsExactly(member.toString());
        assertThat(decide(supervisor, made.id(), member).status()).isEqualTo(200);
        assertThat(gridMember
                        .post(
                                "/v1/households",
                                new JsonObject()
                                        .put("compoundId", DemoStructure.grid(1).toString())
                                        .put("address", "老街 九号"))
                        .code())
                .isEqualTo("household_exists");
    }

    @Test
    void aRefusedRequestIsGoneAndTheResidentIsTold() {
        var household = DemoStructure.household(7);
        var asking = APP.wechat("demo-new-refused");
        var member = join(asking, household).withStatus(201).id();

        assertThat(APP.resident(8)
                        .delete(path(household) + "/members/" + member)
                        .status())
                .isEqualTo(404);
        assertThat(APP.resident(7)
                        .delete(path(household) + "/members/" + member)
                        .status())
                .isEqualTo(403);
        APP.staff("grid-member-1")
                .delete(path(household) + "/members/" + member)
                .withStatus(204);

        assertThat(lastNotice(asking)).isEqualTo("household_refused");
        assertThat(asking.get("/v1/me").json().getJsonArray("households")).isEmpty();
        assertThat(join(asking, household).status()).isEqualTo(201);
    }

    @Test
    void whoHasLeftSeesTheHouseholdNoMoreButStillTheirOwnReports() {
        // given
        var household = DemoStructure.household(9);
        var tenant = APP.wechat("demo-new-leaving");
        var member = join(tenant, household).withStatus(201).id();
        decide(APP.staff("dispatcher-2"), household, member).withStatus(200);
        var report = new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("householdId", household.toString())
                .put("description", "楼道灯坏了");
        var own = tenant.post("/v1/tickets", report).withStatus(201).id();
        var others = APP.resident(9).post("/v1/tickets", report).withStatus(201).id();
        assertThat(tenant.get("/v1/tickets/" + others).status()).isEqualTo(200);

        // when
        tenant.delete(path(household) + "/members/" + member).withStatus(204);

        // then
        assertThat(tenant.get("/v1/tickets/" + others).status()).isEqualTo(404);
        assertThat(tenant.get("/v1/tickets/" + own).status()).isEqualTo(200);
        assertThat(APP.resident(9).get("/v1/tickets/" + own).status()).isEqualTo(200);
        assertThat(tenant.post("/v1/tickets", report).status()).isEqualTo(404);
    }

    @Test
    void namesAreShownInFullToMembersAndThoseWhoApproveElseMasked() {
        var members = path(DemoStructure.household(11)) + "/members";
        for (var caller : new Api[] {APP.resident(11), APP.staff("grid-member-2"), APP.staff("dispatcher-3")}) {
            assertThat(caller.get(members).items().get(0).getString("name")).isEqualTo("徐若兰");
        }
        for (var username : new String[] {"admin", "district-supervisor"}) {
            assertThat(APP.staff(username).get(members).items().get(0).getString("name"))
                    .isEqualTo("徐**");
        }
        assertThat(APP.resident(12).get(members).status()).isEqualTo(404);
        assertThat(APP.staff("worker-3").get(members).status()).isEqualTo(404);
    }

    @Test
    void aGridMemberTakesSomebodyOfTheirPlaceInAtOnceAndEntersOthers() {
        var household = DemoStructure.household(13);
        var someone = APP.wechat("demo-new-taken-in");
        var id = someone.get("/v1/me").json().getString("id");
        var body = new JsonObject().put("role", "family").put("residentId", id);

        assertThat(APP.staff("grid-member-2")
                        .post(path(household) + "/members", body)
                        .status())
                .isEqualTo(404);
        assertThat(APP.staff("dispatcher-1")
                        .post(path(household) + "/members", body)
                        .status())
                .isEqualTo(403);
        assertThat(APP.resident(13).post(path(household) + "/members", body).status())
                .isEqualTo(403);
        assertThat(APP.staff("grid-member-1")
                        .post(path(household) + "/members", new JsonObject().put("role", "family"))
                        .faultsAndCodes())
                .containsExactly("/residentId resident_missing");

        var entered = APP.staff("grid-member-1")
                .post(path(household) + "/members", body)
                .withStatus(201);
        assertThat(entered.json().getString("status")).isEqualTo("pending");
        assertThat(someone.get(path(household)).status()).isEqualTo(404);
        assertThat(lastNotice(someone)).isEqualTo("household_offered");
        decide(someone, household, entered.id()).withStatus(200);
        assertThat(someone.get(path(household)).status()).isEqualTo(200);

        var another = DemoStructure.household(19);
        var taken = APP.staff("grid-member-1")
                .post(path(another) + "/members", body)
                .withStatus(201);
        assertThat(taken.json().getString("status")).isEqualTo("approved");
        assertThat(someone.get(path(another)).status()).isEqualTo(200);
        assertThat(lastNotice(someone)).isEqualTo("household_approved");
    }

    @Test
    void nobodyAsksAtMoreThanTwentyDoorsAtOnce() {
        var asking = APP.wechat("demo-new-everywhere");
        IntStream.rangeClosed(14, 33)
                .forEach(number -> join(asking, DemoStructure.household(number)).withStatus(201));

        assertThat(join(asking, DemoStructure.household(34)).code()).isEqualTo("membership_requests_full");
        assertThat(asking.get("/v1/me").json().getJsonArray("households")).hasSize(20);
    }

    @Test
    void theWallBetweenDistrictsStands() {
        var household = DemoStructure.household(35);
        var far = APP.anyone()
                .post(
                        "/v1/auth/wechat",
                        new JsonObject()
                                .put("code", "demo-far-1")
                                .put(
                                        "districtId",
                                        DemoStructure.far().districtId().toString()))
                .json()
                .getString("accessToken");
        assertThat(join(APP.anyone().bearing(far), household).status()).isEqualTo(404);
        assertThat(APP.staff("far-supervisor").get(path(household)).status()).isEqualTo(404);
    }
}
