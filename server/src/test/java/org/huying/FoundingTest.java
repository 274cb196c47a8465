package org.huying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.UUID;
import org.huying.kernel.Refusal;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Test;

/** A district out of nothing. */
class FoundingTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Test
    void everything_follows_from_the_first_administrator() {
        // given
        var url = TestServers.createDatabase();
        TestServers.migrate(url);
        var code = found(url, "新设县", "first.admin");

        try (var node = TestNode.start(url, DemoTemplate.KEYS, Clock.systemUTC())) {
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
            var id = admin.upload("/v1/imports?kind=households", file)
                    .withStatus(201)
                    .id();
            var deadline = System.nanoTime() + 30_000_000_000L;
            while (admin.get("/v1/imports/" + id).json().getString("status").equals("running")) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }

            // then
            var resident =
                    anyone.bearing(anyone.post("/v1/auth/wechat", new JsonObject().put("code", "demo-resident-1"))
                            .withStatus(200)
                            .json()
                            .getString("accessToken"));
            var homes = resident.get(
                            "/v1/households?compoundId=" + compound + "&address=1%E6%A0%8B-1%E5%8D%95%E5%85%83-101")
                    .items();
            assertThat(homes).hasSize(1);
        }
    }

    @Test
    void a_name_or_user_name_that_exists_is_refused_and_leaves_nothing() {
        var url = TestServers.createDatabase();
        TestServers.migrate(url);
        found(url, "新设县", "first.admin");
        assertThatThrownBy(() -> found(url, "新设县", "second.admin"))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessage("district_exists");
        assertThatThrownBy(() -> found(url, "另一县", "first.admin")).hasMessage("username_taken");
        assertThat(found(url, "另一县", "second.admin")).isNotBlank();
    }

    private static String found(String url, String name, String username) {
        return FoundDistrict.found(url, DemoTemplate.KEYS.cipher(), name, username, ZONE);
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
}
