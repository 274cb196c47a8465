package org.huying.place.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.place.admin.AdminApi.responsibleFor;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Organizations and contracts are their administrator's to keep. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrganizationApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final UUID COOPERATIVE = DemoStructure.here().organization("cooperative");

    private AdminApi api;

    @BeforeAll
    void start() {
        api = new AdminApi(APP);
    }

    @Test
    void everyKindButAnOfficeIsMadeRenamedAndRemoved() {
        for (var kind : List.of("firm", "department", "cooperative", "canteen_operator")) {
            var id = api.organization(kind, "新设" + kind);
            var renamed = rename(id, "更名" + kind).withStatus(200);
            assertThat(APP.resident(1).get("/v1/organizations/" + id).text()).isEqualTo(renamed.text());
            remove(id).withStatus(204);
            assertThat(APP.resident(1).get("/v1/organizations/" + id).status()).isEqualTo(404);
        }
        assertThat(create("office", "新办公室").withStatus(422).faultsAndCodes())
                .containsExactly("/kind office_with_its_place");
        assertThat(rename(DemoStructure.office("community-3"), "荷塘社区服务站")
                        .withStatus(200)
                        .json()
                        .getString("officePlaceId"))
                .isEqualTo(DemoStructure.community(3).toString());
    }

    @Test
    void aNameIsOnceForEachKind() {
        var firm = api.organization("firm", "同名公司");
        api.organization("cooperative", "同名公司");

        assertThat(create("firm", " 同名公司 ").withStatus(409).code()).isEqualTo("organization_exists");
        assertThat(rename(DemoStructure.firm(1), "同名公司").withStatus(409).code()).isEqualTo("organization_exists");
        assertThat(rename(firm, "同名公司").status()).isEqualTo(200);
    }

    @Test
    void onlyWhatNothingRefersToIsRemoved() {
        var contracted = api.organization("firm", "有合同公司");
        contract(contracted, COOPERATIVE).withStatus(200);

        for (var used : List.of(contracted, COOPERATIVE, DemoStructure.firm(1), DemoStructure.office("town"))) {
            assertThat(remove(used).withStatus(409).code()).isEqualTo("organization_in_use");
        }
    }

    @Test
    void whoHadATicketInBetweenStays() {
        // given
        var between = api.organization("firm", "经手公司");
        var ticket = api.report(2);
        transfer(ticket, between);
        transfer(ticket, DemoStructure.firm(3));
        assertThat(responsibleFor(APP.staff("district-supervisor").get("/v1/tickets/" + ticket.id())))
                .isEqualTo(DemoStructure.firm(3));

        // when
        var refused = remove(between);

        // then
        assertThat(refused.withStatus(409).code()).isEqualTo("organization_in_use");
    }

    @Test
    void aContractIsBetweenWhoIsResponsibleAndACooperative() {
        var firm = api.organization("firm", "签约公司");

        var contract = contract(firm, COOPERATIVE).withStatus(200);
        contract(firm, COOPERATIVE).withStatus(200);

        assertThat(contract.json().getString("cooperativeName")).isEqualTo("柳桥便民维修合作社");
        assertThat(APP.staff("worker-1")
                        .get("/v1/organizations/" + firm + "/contracts")
                        .items())
                .containsExactly(contract.json());
        assertThat(contract(firm, DemoStructure.firm(1)).withStatus(422).faultsAndCodes())
                .containsExactly("/path/cooperativeId not_a_cooperative");
        assertThat(contract(COOPERATIVE, COOPERATIVE).withStatus(422).faultsAndCodes())
                .containsExactly("/path/organizationId organization_not_responsible");
        endContract(firm, COOPERATIVE).withStatus(204);
        assertThat(endContract(firm, COOPERATIVE).status()).isEqualTo(404);
        assertThat(APP.staff("worker-1")
                        .get("/v1/organizations/" + firm + "/contracts")
                        .items())
                .isEmpty();
    }

    @Test
    void aFirmAssignsTheWorkersOfItsCooperativesOnly() {
        // given
        var worker = api.rows("SELECT staff_id FROM role_grant WHERE scope_id = $1 AND role = 'worker'", COOPERATIVE)
                .get(0)
                .getUUID("staff_id");
        var ticket = api.report(5);
        var dispatcher = APP.staff("dispatcher-3");
        dispatcher.post("/v1/tickets/" + ticket.id() + "/accept").withStatus(200);
        var assign = new JsonObject().put("assigneeId", worker.toString());

        // when
        var without = dispatcher.post("/v1/tickets/" + ticket.id() + "/assign", assign);
        contract(DemoStructure.firm(3), COOPERATIVE).withStatus(200);
        var with = dispatcher.post("/v1/tickets/" + ticket.id() + "/assign", assign);

        // then
        assertThat(without.status()).isEqualTo(422);
        assertThat(with.status()).isEqualTo(200);
    }

    @Test
    void everybodyFindsOrganizationsByKind() {
        var firms = APP.resident(1).get("/v1/organizations?kind=firm&limit=2").withStatus(200);
        var more = APP.resident(1)
                .get("/v1/organizations?kind=firm&limit=2&cursor="
                        + firms.json().getString("nextCursor"))
                .withStatus(200);

        assertThat(firms.items())
                .hasSize(2)
                .allMatch(each -> each.getString("kind").equals("firm"));
        assertThat(more.items()).isNotEmpty().doesNotContainAnyElementsOf(firms.items());
    }

    @Test
    void onlyAdministratorsAndOnlyInTheirDistrict() {
        var firm = DemoStructure.firm(2);
        var farFirm = DemoStructure.far().firm(1);
        for (var other : List.of(APP.staff("district-supervisor"), APP.staff("dispatcher-2"), APP.resident(2))) {
            assertThat(other.post("/v1/organizations", organization("firm", "甲"))
                            .status())
                    .isEqualTo(403);
            assertThat(other.patch("/v1/organizations/" + firm, new JsonObject().put("name", "甲"))
                            .status())
                    .isEqualTo(403);
            assertThat(other.delete("/v1/organizations/" + firm).status()).isEqualTo(403);
            assertThat(other.put(contractPath(firm, COOPERATIVE), new JsonObject())
                            .status())
                    .isEqualTo(403);
            assertThat(other.delete(contractPath(firm, COOPERATIVE)).status()).isEqualTo(403);
            assertThat(other.delete("/v1/organizations/" + Ids.next()).status()).isEqualTo(404);
        }
        assertThat(APP.resident(2)
                        .get("/v1/organizations/" + firm + "/contracts")
                        .status())
                .isEqualTo(403);
        assertThat(rename(farFirm, "甲").status()).isEqualTo(404);
        assertThat(remove(farFirm).status()).isEqualTo(404);
        assertThat(contract(farFirm, COOPERATIVE).status()).isEqualTo(404);
        assertThat(contract(firm, farFirm).status()).isEqualTo(404);
        assertThat(endContract(farFirm, COOPERATIVE).status()).isEqualTo(404);
        assertThat(APP.resident(2).get("/v1/organizations/" + farFirm).status()).isEqualTo(404);
    }

    private void transfer(Reply ticket, UUID organization) {
        APP.staff("district-supervisor")
                .post(
                        "/v1/tickets/" + ticket.id() + "/transfer",
                        new JsonObject()
                                .put("organizationId", organization.toString())
                                .put("reason", "不属本单位"))
                .withStatus(200);
    }

    private static JsonObject organization(String kind, String name) {
        return new JsonObject().put("kind", kind).put("name", name);
    }

    private Reply create(String kind, String name) {
        return api.admin().post("/v1/organizations", organization(kind, name));
    }

    private Reply rename(UUID organization, String name) {
        return api.admin().patch("/v1/organizations/" + organization, new JsonObject().put("name", name));
    }

    private Reply remove(UUID organization) {
        return api.admin().delete("/v1/organizations/" + organization);
    }

    private Reply contract(UUID organization, UUID cooperative) {
        return api.admin().put(contractPath(organization, cooperative), new JsonObject());
    }

    private Reply endContract(UUID organization, UUID cooperative) {
        return api.admin().delete(contractPath(organization, cooperative));
    }

    private static String contractPath(UUID organization, UUID cooperative) {
        return "/v1/organizations/" + organization + "/contracts/" + cooperative;
    }
}
