package org.huying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.UUID;
import org.huying.db.Migrations;
import org.huying.db.seal.KeyUse;
import org.huying.kernel.Refusal;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Eventually;
import org.huying.testing.TestDay;
import org.huying.testing.TestKeys;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A district out of nothing. */
@Tag("long")
class FoundingTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Test
    void everything_follows_from_the_first_administrator() {
        // given
        var url = TestServers.createMigratedDatabase();
        var code = found(url, "新设县", "first.admin");

        try (var node = TestNode.start(url, DemoTemplate.KEYS, TestDay.running())) {
            // when
            var anyone = new Api(node.uri());
            var login = anyone.post(
                            "/v1/auth/activate",
                            new JsonObject()
                                    .put("username", "first.admin")
                                    .put("activationCode", code)
                                    .put("password", "violet tram beneath nine kettles"))
                    .withStatus(200);
            var admin = anyone.bearing(login.json().getString("accessToken"));
            var top = UUID.fromString(admin.get("/v1/places").items().get(0).getString("id"));
            var town = place(admin, "town", top, "一镇");
            var community = place(admin, "community", town, "一社区");
            var compound = place(admin, "compound", community, "一小区");
            var file = "小区,楼栋-单元-室\n一小区,1栋-1单元-101\n".getBytes(StandardCharsets.UTF_8);
            var checked = imported(admin, file, "dryRun=true");
            imported(admin, file, "digest=" + checked.getString("digest"));

            // then
            var resident =
                    anyone.bearing(anyone.post("/v1/auth/wechat", new JsonObject().put("code", "demo-resident-1"))
                            .withStatus(200)
                            .json()
                            .getString("accessToken"));
            var home = new JsonObject().put("compoundId", compound.toString()).put("address", "1栋-1单元-101");
            assertThat(resident.post("/v1/households/search", home).items()).hasSize(1);
            var ticket = report(admin, resident, compound);
            assertThat(ticket.getJsonObject("responsibleOrg").getString("name")).isEqualTo("一物业");
            assertThat(booking(admin, resident, community).getString("status")).isEqualTo("booked");
        }
    }

    private static JsonObject imported(Api admin, byte[] file, String how) {
        var id = admin.upload("/v1/imports?kind=households&" + how, file)
                .withStatus(201)
                .id();
        Eventually.until(
                "the import has ended",
                () -> !state(admin, id).getString("status").equals("running"));
        return state(admin, id);
    }

    private static JsonObject state(Api admin, UUID id) {
        return admin.get("/v1/imports/" + id).json();
    }

    @Test
    void a_name_or_user_name_that_exists_is_refused_and_leaves_nothing() {
        var url = TestServers.createMigratedDatabase();
        found(url, "新设县", "first.admin");
        assertThatThrownBy(() -> found(url, "新设县", "second.admin"))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessage("district_exists");
        assertThatThrownBy(() -> found(url, "另一县", "first.admin")).hasMessage("username_taken");
        assertThat(found(url, "另一县", "second.admin")).isNotBlank();
    }

    @Test
    void keys_that_do_not_fit_found_nothing_and_those_that_do_are_known_to_be_in_use() throws SQLException {
        var url = TestServers.createDatabase();
        Migrations.run(TestServers.ownerUrl(url), url);
        found(url, "新设县", "first.admin");
        assertThatThrownBy(() ->
                        FoundDistrict.found(url, TestKeys.generate().cipher(), "另一县", "second.admin", ZONE, false))
                .isInstanceOf(KeyUse.WrongKeysException.class);
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)));
                var found = connection.createStatement().executeQuery("""
                        SELECT (SELECT count(*) FROM district) AS districts,
                               (SELECT count(*) FROM data_key_use WHERE key_id > 0) AS keys
                        """)) {
            assertThat(found.next()).isTrue();
            assertThat(found.getInt("districts")).isEqualTo(1);
            assertThat(found.getInt("keys")).isEqualTo(1);
        }
    }

    private static String found(String url, String name, String username) {
        return FoundDistrict.found(url, DemoTemplate.KEYS.cipher(), name, username, ZONE, false);
    }

    private static UUID place(Api admin, String level, UUID parent, String name) {
        var place = new JsonObject()
                .put("level", level)
                .put("parentId", parent.toString())
                .put("name", name);
        return admin.post("/v1/places", level.equals("compound") ? place.put("kind", "compound") : place)
                .withStatus(201)
                .id();
    }

    /** A firm is to serve the compound, an item is to be had, and somebody reports. */
    private static JsonObject report(Api admin, Api resident, UUID compound) {
        var firm = admin.post(
                        "/v1/organizations",
                        new JsonObject().put("kind", "firm").put("name", "一物业"))
                .withStatus(201)
                .id();
        var area = new JsonObject().put("placeId", compound.toString()).put("organizationId", firm.toString());
        admin.post("/v1/service-areas", area).withStatus(201);
        var item = new JsonObject()
                .put("code", "lamp")
                .put("name", "路灯不亮")
                .put("kind", "repair")
                .put("responseHours", 4)
                .put("resolutionHours", 48)
                .put("calendar", "all_hours")
                .put("evidenceRequired", false)
                .put("reportable", true);
        admin.post("/v1/service-items", item).withStatus(201);
        var report = new JsonObject()
                .put("serviceItemCode", "lamp")
                .put("placeId", compound.toString())
                .put("spot", "东门")
                .put("description", "路灯不亮");
        return resident.post("/v1/tickets", report).withStatus(201).json();
    }

    /** A canteen and its operator are made, who publishes a meal, and somebody books. */
    private static JsonObject booking(Api admin, Api resident, UUID community) {
        var lunch = new JsonObject()
                .put("period", "lunch")
                .put("opensDaysBefore", 7)
                .put("opensAt", "00:00")
                .put("cutoffDaysBefore", 0)
                .put("cutoffAt", "10:30")
                .put("servingEndsAt", "13:00");
        var canteen = admin.post(
                        "/v1/canteens",
                        new JsonObject()
                                .put("placeId", community.toString())
                                .put("name", "一食堂")
                                .put("address", "一社区 1 号")
                                .put("delivery", false)
                                .put("periods", new JsonArray().add(lunch)))
                .withStatus(201)
                .id();
        var meal = new JsonObject()
                .put("date", TestDay.date().plusDays(2).toString())
                .put("period", "lunch")
                .put("capacity", 10)
                .put("priceFen", 1_200)
                .put("dishes", new JsonArray())
                .put("publish", true);
        var mealId = operator(admin, canteen)
                .post("/v1/canteens/" + canteen + "/meals", meal)
                .withStatus(201)
                .id();
        var booking = new JsonObject().put("mealId", mealId.toString()).put("mode", "dine_in");
        return resident.post("/v1/bookings", booking).withStatus(201).json();
    }

    private static Api operator(Api admin, UUID canteen) {
        var grant = new JsonObject().put("role", "canteen_operator").put("scopeId", canteen.toString());
        var account = new JsonObject()
                .put("username", "first.cook")
                .put("name", "老周")
                .put("grants", new JsonArray().add(grant));
        var code = admin.post("/v1/staff", account).withStatus(201).json().getString("activationCode");
        var login = admin.post(
                        "/v1/auth/activate",
                        new JsonObject()
                                .put("username", "first.cook")
                                .put("activationCode", code)
                                .put("password", "twelve lanterns over a quiet bridge"))
                .withStatus(200);
        return admin.bearing(login.json().getString("accessToken"));
    }
}
