package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.identity.IdentityFixture.PASSWORD;
import static org.huying.identity.IdentityFixture.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.app.Infrastructure;
import org.huying.app.Keys;
import org.huying.app.Node;
import org.huying.db.clock.ClockGuard;
import org.huying.http.Cors;
import org.huying.http.Patience;
import org.huying.http.RequestMetrics;
import org.huying.http.TrustedProxies;
import org.huying.kernel.Ids;
import org.huying.kernel.MemoryBudget;
import org.huying.notify.MessageTemplates;
import org.huying.photo.PhotoWorkshop;
import org.huying.redis.LocalCounters;
import org.huying.testing.Api;
import org.huying.testing.Patient;
import org.huying.testing.Reply;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins and places as clients see them, through a whole node. */
class IdentityApiTest {
    @TempDir
    private Path directory;

    private IdentityFixture fixture;
    private Api anyone;

    @BeforeEach
    void setUp() {
        fixture = new IdentityFixture(directory);
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var wechat = new Infrastructure.WeChatAccess(fixture.wechatUrl, "app", "secret", MessageTemplates.none());
        var keys = new Keys(fixture.cipher, fixture.keys);
        var redisUrls = List.of(TestServers.redisUrl());
        var infrastructure = new Infrastructure(
                fixture.vertx,
                fixture.databaseUrl,
                Patient.WAITS,
                redisUrls,
                wechat,
                Infrastructure.appToken(fixture.vertx, wechat, redisUrls, keys),
                TrustedProxies.none(),
                keys,
                TestNode.CONTRACT,
                TestDay.running(),
                ClockGuard.trusting(),
                registry,
                new RequestMetrics(registry),
                new LocalCounters(),
                new MemoryBudget(1L << 26),
                Patience.USUAL,
                TestNode.PASSWORD_COST,
                new PhotoWorkshop(fixture.vertx, directory.resolve("photos"), fixture.cipher, registry),
                new Cors(List.of()),
                false,
                1,
                new AtomicBoolean());
        var node = await(Node.start(infrastructure, 0, 0));
        anyone = new Api(URI.create("http://127.0.0.1:" + node.httpPort()));
    }

    @AfterEach
    void tearDown() {
        fixture.close();
    }

    @Test
    void a_resident_logs_in_looks_round_renews_and_logs_out() {
        // given
        var place = fixture.place(fixture.district, "near");
        var farPlace = fixture.place(fixture.farDistrict, "far");
        var login = wechat("somebody");
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.header("Cache-Control")).isEqualTo("no-store");
        var resident = bearing(login);

        // when
        var me = resident.get("/v1/me");

        // then
        assertThat(me.json().getString("id"))
                .isEqualTo(login.json().getJsonObject("principal").getString("id"));
        assertThat(resident.get("/v1/places").items()).hasSize(1);
        assertThat(resident.get("/v1/places/" + place).json().getString("name")).isEqualTo("near");
        assertThat(resident.get("/v1/places/" + farPlace).code()).isEqualTo("not_found");
        assertThat(resident.get("/v1/places?parentId=" + place).items()).isEmpty();
        assertThat(resident.get("/v1/places?cursor=eA").status()).isEqualTo(400);

        var renewed = post("refresh", new JsonObject().put("refreshToken", refreshToken(login)));
        assertThat(renewed.status()).isEqualTo(200);
        var end = new JsonObject().put("refreshToken", refreshToken(renewed));
        assertThat(post("logout", end).status()).isEqualTo(204);
        assertThat(post("logout", end).status()).isEqualTo(204);
        assertThat(post("refresh", end).code()).isEqualTo("refresh_token_invalid");
        assertThat(bearing(renewed).get("/v1/me").code()).isEqualTo("token_invalid");
    }

    @Test
    void staff_log_in_by_password_and_are_locked_out_after_ten_failures() {
        // given
        var boss = fixture.staff(fixture.district, "boss");
        fixture.grant(fixture.district, boss, "admin", "place", fixture.place(fixture.district, "near"));
        var login = staff("boss", PASSWORD);
        assertThat(bearing(login).get("/v1/me").json().getJsonArray("scopes")).hasSize(1);
        for (var i = 0; i < 10; i++) {
            assertThat(staff("ghost", "wrong").code()).isEqualTo("bad_credentials");
        }

        // when
        var locked = staff("ghost", "wrong");

        // then
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.code()).isEqualTo("login_locked");
        assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(1, 30);
    }

    @Test
    void what_is_wrong_is_said_as_the_contract_has_it() {
        // given
        var body = new JsonObject().put("code", "x");

        // when
        var unknownDistrict =
                post("wechat", body.copy().put("districtId", Ids.next().toString()));

        // then
        assertThat(unknownDistrict.status()).isEqualTo(422);
        assertThat(unknownDistrict.code()).isEqualTo("district_unknown");
        assertThat(wechat("bad").code()).isEqualTo("wechat_code_invalid");
        assertThat(post("wechat", body.copy().put("districtId", "x")).status()).isEqualTo(400);
        assertThat(wechat("").status()).isEqualTo(400);
        assertThat(staff("a\u0000b", "p").status()).isEqualTo(400);
        assertThat(staff("n".repeat(65), "p").status()).isEqualTo(400);
        assertThat(anyone.get("/v1/me").status()).isEqualTo(401);
        assertThat(anyone.bearing("x").get("/v1/me").code()).isEqualTo("token_invalid");
        assertThat(anyone.get("/.well-known/jwks.json").json().getJsonArray("keys"))
                .hasSize(1);
    }

    private Reply wechat(String code) {
        return post("wechat", new JsonObject().put("code", code));
    }

    private Reply staff(String username, String password) {
        return post("staff", new JsonObject().put("username", username).put("password", password));
    }

    private Reply post(String login, JsonObject body) {
        return anyone.post("/v1/auth/" + login, body);
    }

    private Api bearing(Reply login) {
        return anyone.bearing(login.json().getString("accessToken"));
    }

    private static String refreshToken(Reply login) {
        return login.json().getString("refreshToken");
    }
}
