package org.huying.place.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.place.admin.AdminApi.responsibleFor;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 1: which organization serves which place for which items; the nearest place up the tree wins. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceAreaApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private AdminApi api;

    @BeforeAll
    void start() {
        api = new AdminApi(APP);
    }

    @Test
    void theNearestPlaceWinsThenTheItemAndWithoutAnybodyTheOfficeOfTheCommunity() {
        // given: compound 1 is served by firm 1
        var compound = DemoStructure.compound(1);
        var community = DemoStructure.community(1);
        var first = api.report(1);
        assertThat(responsibleFor(first)).isEqualTo(DemoStructure.firm(1));

        // when somebody else serves the community, the compound's firm is nearer
        var further = serve(community, DemoStructure.firm(3), api.item).withStatus(201);
        assertThat(responsibleFor(api.report(1))).isEqualTo(DemoStructure.firm(1));

        // when somebody serves the compound for just this item
        var nearest = serve(compound, DemoStructure.firm(2), api.item).withStatus(201);
        assertThat(nearest.json().getString("organizationName")).isEqualTo("东门睦邻红色物业服务有限公司");
        assertThat(responsibleFor(api.report(1))).isEqualTo(DemoStructure.firm(2));

        // then one after the other goes
        remove(nearest.id()).withStatus(204);
        assertThat(responsibleFor(api.report(1))).isEqualTo(DemoStructure.firm(1));
        var own = api.admin().get("/v1/service-areas?placeId=" + compound).items().stream()
                .filter(each -> each.getString("serviceItemCode") == null)
                .toList();
        assertThat(own).hasSize(1);
        remove(UUID.fromString(own.get(0).getString("id"))).withStatus(204);
        assertThat(responsibleFor(api.report(1))).isEqualTo(DemoStructure.firm(3));
        remove(further.id()).withStatus(204);
        assertThat(responsibleFor(api.report(1))).isEqualTo(DemoStructure.office("community-1"));

        // and what was reported before stays where it went
        assertThat(responsibleFor(APP.resident(1).get("/v1/tickets/" + first.id())))
                .isEqualTo(DemoStructure.firm(1));
    }

    @Test
    void onePlaceAndItemIsServedOnce() {
        var place = DemoStructure.compound(5);

        assertThat(api.serve(place, DemoStructure.firm(1)).withStatus(409).code())
                .isEqualTo("service_area_exists");
        serve(place, DemoStructure.firm(1), api.item).withStatus(201);
        assertThat(serve(place, DemoStructure.firm(2), api.item).withStatus(409).code())
                .isEqualTo("service_area_exists");
    }

    @Test
    void onlyWhoCanBeResponsibleServesAndOnlyForItemsOfTheCatalogue() {
        var cooperative = DemoStructure.here().organization("cooperative");

        assertThat(serve(DemoStructure.compound(3), cooperative, "no-such-item")
                        .withStatus(422)
                        .faultsAndCodes())
                .containsExactly(
                        "/organizationId organization_not_responsible", "/serviceItemCode service_item_unknown");
        serve(DemoStructure.grid(2), DemoStructure.here().organization("department-water"), api.item)
                .withStatus(201);
        serve(DemoStructure.grid(1), DemoStructure.office("town"), api.item).withStatus(201);
    }

    @Test
    void staffSeeWhoServesWhatAtAPlaceAndBelow() {
        var worker = APP.staff("worker-2");

        var below = worker.get("/v1/service-areas?limit=100&placeId=" + DemoStructure.community(2))
                .withStatus(200);
        var ofFirm = worker.get("/v1/service-areas?limit=100&organizationId=" + DemoStructure.firm(2))
                .withStatus(200);
        var first = worker.get("/v1/service-areas?limit=1").withStatus(200);
        var second = worker.get(
                        "/v1/service-areas?limit=1&cursor=" + first.json().getString("nextCursor"))
                .withStatus(200);

        assertThat(below.items())
                .extracting(each -> each.getString("placeId"))
                .contains(
                        DemoStructure.compound(3).toString(),
                        DemoStructure.compound(4).toString())
                .doesNotContain(DemoStructure.compound(5).toString());
        assertThat(ofFirm.items())
                .isNotEmpty()
                .allMatch(each -> each.getString("organizationId")
                        .equals(DemoStructure.firm(2).toString()));
        assertThat(second.items().get(0).getString("id"))
                .isGreaterThan(first.items().get(0).getString("id"));
        assertThat(APP.resident(1).get("/v1/service-areas").status()).isEqualTo(403);
    }

    @Test
    void onlyAdministratorsAndOnlyInTheirDistrict() {
        var area = api.rows("SELECT id FROM service_area WHERE place_id = $1", DemoStructure.compound(6))
                .get(0)
                .getUUID("id");
        var far = DemoStructure.far();
        var farArea = api.rows("SELECT id FROM service_area WHERE district_id = $1 LIMIT 1", far.districtId())
                .get(0)
                .getUUID("id");
        var supervisor = APP.staff("district-supervisor");

        assertThat(supervisor.delete("/v1/service-areas/" + area).status()).isEqualTo(403);
        assertThat(supervisor.delete("/v1/service-areas/" + Ids.next()).status())
                .isEqualTo(404);
        assertThat(supervisor
                        .post(
                                "/v1/service-areas",
                                new JsonObject()
                                        .put("placeId", DemoStructure.grid(1).toString())
                                        .put(
                                                "organizationId",
                                                DemoStructure.firm(1).toString()))
                        .status())
                .isEqualTo(403);
        assertThat(remove(farArea).status()).isEqualTo(404);
        assertThat(api.serve(far.place("town"), DemoStructure.firm(1)).status()).isEqualTo(404);
        assertThat(api.serve(DemoStructure.grid(1), far.firm(1)).status()).isEqualTo(404);
    }

    private Reply serve(UUID place, UUID organization, String item) {
        return api.admin()
                .post(
                        "/v1/service-areas",
                        new JsonObject()
                                .put("placeId", place.toString())
                                .put("organizationId", organization.toString())
                                .put("serviceItemCode", item));
    }

    private Reply remove(UUID area) {
        return api.admin().delete("/v1/service-areas/" + area);
    }
}
