package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.huying.demo.district.DemoStructure;
import org.huying.demo.embedded.EmbeddedRedis;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Eventually;
import org.huying.testing.Reply;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes, which know nothing of each other, on one database and one Redis of their own. */
@Tag("long")
class TwoNodesAccountTest {
    @TempDir
    private Path directory;

    private EmbeddedRedis redis;
    private TestNode one;
    private TestNode other;

    @BeforeEach
    void setUp() throws IOException {
        redis = EmbeddedRedis.start(directory.resolve("redis"));
        var url = TestServers.createDatabase(DemoTemplate.name());
        one = node(url);
        other = node(url);
    }

    private TestNode node(String url) {
        return TestNode.on(url, DemoTemplate.KEYS, TestDay.running())
                .redis(redis.url())
                .answer();
    }

    @AfterEach
    void tearDown() {
        one.close();
        other.close();
        redis.close();
    }

    @Test
    void who_is_suspended_at_one_node_is_refused_at_the_other() {
        // given
        var worker = new Api(other.uri()).bearing(token(staff(other.uri(), "worker-1", DemoStructure.PASSWORD)));
        var dispatcher = new Api(one.uri()).bearing(token(staff(one.uri(), "dispatcher-1", DemoStructure.PASSWORD)));
        assertThat(worker.get("/v1/me").status()).isEqualTo(200);

        // when
        var path = "/v1/staff/" + DemoStructure.staff("worker-1") + "/suspend";
        assertThat(dispatcher.post(path, new JsonObject().put("reason", "离职")).status())
                .isEqualTo(200);

        // then
        awaited("suspension", () -> worker.get("/v1/me").status() == 401);
    }

    @Test
    void a_role_taken_away_at_one_node_is_gone_at_the_other() {
        // given
        var dispatcher =
                new Api(other.uri()).bearing(token(staff(other.uri(), "dispatcher-1", DemoStructure.PASSWORD)));
        var admin = new Api(one.uri()).bearing(token(staff(one.uri(), "admin", DemoStructure.PASSWORD)));
        assertThat(dispatcher.get("/v1/staff").status()).isEqualTo(200);

        // when
        var grant = new JsonObject()
                .put("role", "worker")
                .put("scopeId", DemoStructure.firm(1).toString());
        var change = new JsonObject().put("grants", new JsonArray().add(grant));
        assertThat(admin.patch("/v1/staff/" + DemoStructure.staff("dispatcher-1"), change)
                        .status())
                .isEqualTo(200);

        // then
        awaited("a role taken away", () -> dispatcher.get("/v1/staff").status() == 403);
        assertThat(dispatcher.get("/v1/me").status()).isEqualTo(200);
    }

    @Test
    void who_logs_out_at_one_node_is_out_at_the_other_also_without_redis() {
        // given
        redis.close();
        var first = wechat(one.uri());
        var second = wechat(one.uri());
        var third = wechat(other.uri());
        var firstThere = new Api(other.uri()).bearing(token(first));
        var secondThere = new Api(other.uri()).bearing(token(second));
        var thirdHere = new Api(one.uri()).bearing(token(third));
        assertThat(firstThere.get("/v1/me").status()).isEqualTo(200);

        // when
        var logout = new JsonObject().put("refreshToken", first.json().getString("refreshToken"));
        assertThat(new Api(one.uri()).post("/v1/auth/logout", logout).status()).isEqualTo(204);

        // then
        awaited("logout", () -> firstThere.get("/v1/me").status() == 401);
        assertThat(secondThere.get("/v1/me").status()).isEqualTo(200);

        // when
        assertThat(secondThere.post("/v1/auth/logout-everywhere").status()).isEqualTo(204);

        // then
        awaited("logout everywhere", () -> thirdHere.get("/v1/me").status() == 401);
        assertThat(secondThere.get("/v1/me").status()).isEqualTo(401);
    }

    @Test
    void ten_failures_at_one_node_lock_the_name_at_the_other() {
        // given
        for (int i = 0; i < 10; i++) {
            var node = i % 2 == 0 ? one : other;
            assertThat(staff(node.uri(), "worker-2", "wrong").code()).isEqualTo("bad_credentials");
            assertThat(staff(one.uri(), "nobody-at-all", "wrong").code()).isEqualTo("bad_credentials");
        }

        // when
        var known = staff(other.uri(), "worker-2", DemoStructure.PASSWORD);
        var unknown = staff(other.uri(), "nobody-at-all", DemoStructure.PASSWORD);

        // then
        for (var locked : List.of(known, unknown)) {
            assertThat(locked.code()).isEqualTo("login_locked");
            assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(1, 30);
        }
        assertThat(staff(other.uri(), "worker-3", DemoStructure.PASSWORD).status())
                .isEqualTo(200);
    }

    @Test
    void guesses_at_both_nodes_all_at_once_learn_of_ten_at_most() {
        // when
        var replies = IntStream.range(0, 20)
                .mapToObj(i -> new Api(i % 2 == 0 ? one.uri() : other.uri())
                        .postLater("/v1/auth/staff", login("worker-2", "guess " + i)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // then
        assertThat(replies.stream().filter(reply -> reply.code().equals("bad_credentials")))
                .hasSize(10);
        assertThat(replies.stream().filter(reply -> reply.code().equals("login_locked")))
                .hasSize(10);
    }

    @Test
    void without_redis_each_node_counts_what_it_saw_and_nobody_is_kept_out() {
        // given
        for (int i = 0; i < 6; i++) {
            assertThat(staff(one.uri(), "worker-2", "wrong").code()).isEqualTo("bad_credentials");
        }

        // when
        redis.close();

        // then
        assertThat(staff(one.uri(), "worker-3", DemoStructure.PASSWORD).status())
                .isEqualTo(200);
        var codes = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            codes.add(staff(one.uri(), "worker-2", "wrong").code());
        }
        assertThat(codes)
                .containsExactly(
                        "bad_credentials", "bad_credentials", "bad_credentials", "bad_credentials", "login_locked");
        assertThat(staff(other.uri(), "worker-2", DemoStructure.PASSWORD).status())
                .isEqualTo(200);
    }

    // ---- helpers ----

    private static JsonObject login(String username, String password) {
        return new JsonObject().put("username", username).put("password", password);
    }

    private static Reply staff(URI node, String username, String password) {
        return new Api(node).post("/v1/auth/staff", login(username, password));
    }

    private static Reply wechat(URI node) {
        return new Api(node).post("/v1/auth/wechat", new JsonObject().put("code", "demo-resident-1"));
    }

    private static String token(Reply login) {
        return login.withStatus(200).json().getString("accessToken");
    }

    /** The second that is promised is printed, as a busy machine may take longer to ask. */
    private static void awaited(String what, BooleanSupplier condition) {
        var start = System.nanoTime();
        Eventually.until(what, condition::getAsBoolean);
        System.out.println(what + " seen elsewhere after " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
}
