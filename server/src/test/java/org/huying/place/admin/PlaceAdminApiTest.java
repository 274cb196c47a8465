package org.huying.place.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.place.admin.AdminApi.district;
import static org.huying.place.admin.AdminApi.place;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tree of places is its administrator's to reshape. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaceAdminApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private AdminApi api;

    @BeforeAll
    void start() {
        api = new AdminApi(APP);
    }

    @Test
    void aTownAndACommunityGetTheirOfficeAtOnce() {
        // when
        var town = api.admin()
                .post("/v1/places", place("town", district(), "青石镇").put("officeName", "青石镇治理办"))
                .withStatus(201)
                .id();
        var community = api.create("community", town, "上河社区");
        var compound = api.create("compound", community, "上河苑");

        // then
        assertThat(offices(town)).containsExactly("青石镇治理办");
        assertThat(offices(community)).containsExactly("上河社区");
        assertThat(offices(compound)).isEmpty();
        assertThat(api.pathOfPlace(compound)).containsExactly(district(), town, community, compound);
        assertThat(api.admin().get("/v1/organizations?limit=100&kind=office").items())
                .filteredOn(each -> town.toString().equals(each.getString("officePlaceId")))
                .hasSize(1);
    }

    @Test
    void theParentStandsExactlyOneLevelUp() {
        var town = api.create("town", district(), "白沙镇");
        var community = api.create("community", town, "下河社区");
        var compound = api.create("compound", community, "下河苑");

        for (var wrong : List.of(
                place("town", town, "甲"),
                place("community", district(), "甲"),
                place("community", community, "甲"),
                place("compound", town, "甲"),
                place("compound", compound, "甲"))) {
            var refused = api.admin().post("/v1/places", wrong).withStatus(422);
            assertThat(refused.faultsAndCodes()).containsExactly("/parentId parent_level_wrong");
        }
        assertThat(api.move(compound, town).withStatus(422).code()).isEqualTo("parent_level_wrong");
        assertThat(api.move(community, compound).withStatus(422).code()).isEqualTo("parent_level_wrong");
        assertThat(api.move(community, community).withStatus(422).code()).isEqualTo("parent_level_wrong");
        assertThat(api.move(district(), district()).withStatus(422).code()).isEqualTo("parent_level_wrong");
    }

    @Test
    void everythingWrongIsNamedAtOnce() {
        var town = place("town", DemoStructure.community(1), "甲").put("kind", "grid");
        var compound = place("compound", district(), "甲").put("officeName", "办");
        compound.remove("kind");

        assertThat(api.admin().post("/v1/places", town).withStatus(422).faultsAndCodes())
                .containsExactly("/parentId parent_level_wrong", "/kind kind_unexpected");
        assertThat(api.admin().post("/v1/places", compound).withStatus(422).faultsAndCodes())
                .containsExactly(
                        "/parentId parent_level_wrong", "/kind kind_required", "/officeName office_name_unexpected");
        assertThat(api.admin()
                        .post("/v1/places", place("district", district(), " "))
                        .withStatus(400)
                        .faults())
                .containsExactlyInAnyOrder("/level", "/name");
        assertThat(api.admin()
                        .patch("/v1/places/" + district(), new JsonObject())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aNameIsOnceAmongSiblings() {
        var town = api.create("town", district(), "黑水镇");
        var one = api.create("community", town, "一社区");
        var two = api.create("community", town, "二社区");
        var elsewhere = api.create("town", district(), "红土镇");

        assertThat(api.admin()
                        .post("/v1/places", place("community", town, " 一社区 "))
                        .withStatus(409)
                        .code())
                .isEqualTo("place_exists");
        assertThat(api.rename(two, "一社区").withStatus(409).code()).isEqualTo("place_exists");
        assertThat(api.rename(one, "一社区").status()).isEqualTo(200);

        // elsewhere the name is free, but an office's is not
        assertThat(api.admin()
                        .post("/v1/places", place("community", elsewhere, "一社区"))
                        .withStatus(409)
                        .code())
                .isEqualTo("organization_exists");
        var namesake = api.admin()
                .post("/v1/places", place("community", elsewhere, "一社区").put("officeName", "红土一社区"))
                .withStatus(201)
                .id();
        assertThat(api.move(namesake, town).withStatus(409).code()).isEqualTo("place_exists");
        assertThat(api.admin()
                        .patch(
                                "/v1/places/" + namesake,
                                new JsonObject()
                                        .put("parentId", town.toString())
                                        .put("name", "三社区"))
                        .withStatus(200)
                        .json()
                        .getString("name"))
                .isEqualTo("三社区");
        assertThat(api.pathOfPlace(namesake)).containsExactly(district(), town, namesake);
    }

    @Test
    void onlyWhatNothingRefersToIsRemoved() {
        var town = api.create("town", district(), "空镇");
        var community = api.create("community", town, "空社区");
        var compound = api.create("compound", community, "空苑");

        for (var used : List.of(town, community, district(), DemoStructure.compound(1), DemoStructure.grid(1))) {
            assertThat(api.remove(used).withStatus(409).code()).isEqualTo("place_in_use");
        }
        api.serve(compound, DemoStructure.firm(1)).withStatus(201);
        assertThat(api.remove(compound).withStatus(409).code()).isEqualTo("place_in_use");
        var area = api.admin()
                .get("/v1/service-areas?placeId=" + compound)
                .items()
                .get(0)
                .getString("id");
        api.admin().delete("/v1/service-areas/" + area).withStatus(204);

        // an office that serves somebody is in use
        var office = api.rows("SELECT id FROM organization WHERE office_place_id = $1", community)
                .get(0)
                .getUUID("id");
        api.serve(DemoStructure.grid(2), office).withStatus(201);
        api.remove(compound).withStatus(204);
        assertThat(api.remove(community).withStatus(409).code()).isEqualTo("place_in_use");
        var served = api.admin()
                .get("/v1/service-areas?organizationId=" + office)
                .items()
                .get(0);
        api.admin().delete("/v1/service-areas/" + served.getString("id")).withStatus(204);

        api.remove(community).withStatus(204);
        api.remove(town).withStatus(204);
        assertThat(offices(town)).isEmpty();
        assertThat(api.remove(town).status()).isEqualTo(404);
    }

    @Test
    void aPlaceForWhichSomebodyHoldsARoleStays() {
        var town = api.create("town", district(), "有人镇");
        api.rows(
                "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id) VALUES ($1, $2, 'supervisor', 'place', $3)",
                DemoStructure.districtId(),
                DemoStructure.staff("town-supervisor"),
                town);

        assertThat(api.remove(town).withStatus(409).code()).isEqualTo("place_in_use");
    }

    @Test
    void theDistrictIsCalledWhatTheTopOfItsTreeIsCalled() {
        // when
        api.rename(district(), "青禾新区").withStatus(200);

        // then
        assertThat(APP.anyone().get("/v1/public/districts?limit=100").items())
                .extracting(each -> each.getString("name"))
                .contains("青禾新区")
                .doesNotContain("青禾县");
        api.rename(district(), "青禾县").withStatus(200);
    }

    @Test
    void onlyAdministratorsAndOnlyInTheirDistrict() {
        var somewhere = "/v1/places/" + DemoStructure.compound(2);
        var name = new JsonObject().put("name", "新名");
        for (var other : List.of(APP.staff("district-supervisor"), APP.staff("dispatcher-1"), APP.resident(1))) {
            assertThat(other.post("/v1/places", place("town", district(), "甲镇")).status())
                    .isEqualTo(403);
            assertThat(other.patch(somewhere, name).status()).isEqualTo(403);
            assertThat(other.delete(somewhere).status()).isEqualTo(403);
            assertThat(other.delete("/v1/places/" + Ids.next()).status()).isEqualTo(404);
        }
        var far = DemoStructure.far().place("town");
        assertThat(api.rename(far, "甲镇").status()).isEqualTo(404);
        assertThat(api.remove(far).status()).isEqualTo(404);
        assertThat(api.move(DemoStructure.community(3), far).status()).isEqualTo(404);
        assertThat(api.admin()
                        .post("/v1/places", place("community", far, "甲社区"))
                        .status())
                .isEqualTo(404);
        assertThat(APP.anyone().delete(somewhere).status()).isEqualTo(401);
    }

    @Test
    void aRepeatedCreationIsAnsweredAsTheFirst() {
        var once = api.admin().with("Idempotency-Key", UUID.randomUUID().toString());

        var first = once.post("/v1/places", place("town", district(), "一次镇")).withStatus(201);
        var second = once.post("/v1/places", place("town", district(), "一次镇")).withStatus(201);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(offices(first.id())).hasSize(1);
    }

    private List<String> offices(UUID place) {
        return api.rows("SELECT name FROM organization WHERE office_place_id = $1", place).stream()
                .map(row -> row.getString("name"))
                .toList();
    }
}
