package org.huying.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts: who may do what to whose. */
class StaffApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String PASSWORD = "violet tram beneath nine kettles";

    private final UUID district = DemoStructure.place("district");

    @ParameterizedTest
    @CsvSource({
        // caller, role, scope, may
        "admin, admin, district, true",
        "admin, canteen_operator, canteen, true",
        "admin, dispatcher, firm, true",
        "admin, supervisor, district, true",
        "district-supervisor, supervisor, town, true",
        "district-supervisor, supervisor, district, false",
        "district-supervisor, hotline_agent, district, true",
        "district-supervisor, admin, district, false",
        "district-supervisor, dispatcher, firm, false",
        "town-supervisor, supervisor, community, true",
        "town-supervisor, supervisor, town, false",
        "community-supervisor-1, grid_member, community, true",
        "community-supervisor-2, grid_member, community, false",
        "community-supervisor-1, hotline_agent, town, false",
        "dispatcher-1, worker, firm, true",
        "dispatcher-2, worker, firm, false",
        "dispatcher-1, dispatcher, firm, false"
    })
    void one_gives_only_roles_that_one_is_above(String caller, String role, String scope, boolean may) {
        // when
        var reply = create(caller, username(), grant(role, scope(scope)));

        // then
        if (may) {
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.json().getString("status")).isEqualTo("invited");
        } else {
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.faultsAndCodes()).containsExactly("/grants/0 grant_not_yours");
        }
    }

    @Test
    void those_who_are_above_nobody_never_may() {
        for (var caller : List.of("worker-1", "grid-member-1", "hotline-agent", "canteen-operator-1")) {
            assertProblem(create(caller, username(), grant("worker", scope("firm"))), 403, "forbidden");
            assertProblem(APP.staff(caller).get("/v1/staff"), 403, "forbidden");
            assertProblem(get(caller, DemoStructure.staff("worker-2")), 404, "not_found");
            assertProblem(get(caller, DemoStructure.staff(caller)), 403, "forbidden");
        }
        assertProblem(APP.resident(1).get("/v1/staff"), 403, "forbidden");
        assertProblem(APP.resident(1).get("/v1/staff/" + DemoStructure.staff("worker-1")), 404, "not_found");
    }

    @Test
    void who_is_not_below_is_not_there() {
        for (var other : List.of("admin", "worker-2", "grid-member-1", "town-supervisor", "dispatcher-2")) {
            var id = DemoStructure.staff(other);
            assertProblem(get("dispatcher-1", id), 404, "not_found");
            assertProblem(patch("dispatcher-1", id, new JsonObject().put("name", "某某")), 404, "not_found");
            assertProblem(suspend("dispatcher-1", id), 404, "not_found");
            assertProblem(act("dispatcher-1", id, "resume"), 404, "not_found");
            assertProblem(act("dispatcher-1", id, "reset-password"), 404, "not_found");
        }
        assertProblem(get("far-supervisor", DemoStructure.staff("grid-member-1")), 404, "not_found");
        // one of whose two communities is another's
        assertProblem(get("community-supervisor-2", DemoStructure.staff("grid-member-2")), 404, "not_found");
        assertThat(get("town-supervisor", DemoStructure.staff("grid-member-2")).status())
                .isEqualTo(200);
    }

    @Test
    void the_list_has_those_below_and_oneself_and_no_others() {
        // when
        var ofDispatcher = usernames("dispatcher-2", "?limit=100");
        var ofSupervisor = usernames("community-supervisor-2", "?limit=100");

        // then
        assertThat(ofDispatcher).contains("dispatcher-2", "worker-2").doesNotContain("worker-1", "admin");
        assertThat(ofSupervisor)
                .contains("community-supervisor-2")
                .doesNotContain("grid-member-2", "community-supervisor-1", "town-supervisor");
        assertThat(usernames("admin", "?limit=100")).contains("admin", "worker-3", "canteen-operator-4");
        assertThat(usernames("admin", "?limit=100")).doesNotContain("far-supervisor");
    }

    @Test
    void the_list_is_narrowed_by_role_scope_and_name_and_is_paged() {
        assertThat(usernames("admin", "?role=canteen_operator&scopeId=" + scope("canteen") + "&query=canteen"))
                .containsExactly("canteen-operator-1");
        assertThat(usernames("admin", "?query=" + encoded("郭爱民"))).containsExactly("dispatcher-1");
        assertThat(usernames("admin", "?query=" + encoded(" 郭 爱民"))).containsExactly("dispatcher-1");
        assertThat(usernames("admin", "?query=" + encoded("郭爱"))).isEmpty();
        assertThat(usernames("admin", "?query=community-superv")).hasSize(3);
        assertThat(usernames("admin", "?query=community_superv")).isEmpty();

        // when
        var seen = new HashSet<String>();
        var path = "?limit=7";
        while (path != null) {
            var page = APP.staff("admin").get("/v1/staff" + path).json();
            page.getJsonArray("items")
                    .forEach(each -> assertThat(seen.add(((JsonObject) each).getString("id")))
                            .isTrue());
            var cursor = page.getString("nextCursor");
            path = cursor == null ? null : "?limit=7&cursor=" + cursor;
        }

        // then
        assertThat(seen).hasSizeGreaterThan(19);
    }

    @Test
    void all_that_is_wrong_with_the_roles_is_said_at_once() {
        // when
        var reply = create(
                "community-supervisor-1",
                username(),
                grant("grid_member", scope("community")),
                grant("grid_member", UUID.randomUUID()),
                grant("grid_member", scope("firm")),
                grant("supervisor", scope("community")),
                grant("grid_member", scope("community")),
                grant("worker", scope("canteen")));

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.faultsAndCodes())
                .containsExactly(
                        "/grants/1/scopeId scope_unknown",
                        "/grants/2/scopeId scope_unfit",
                        "/grants/3 grant_not_yours",
                        "/grants/4 grant_repeated",
                        "/grants/5/scopeId scope_unfit");
        assertThat((create("admin", username(), grant("admin", scope("town")))).faultsAndCodes())
                .containsExactly("/grants/0/scopeId scope_unfit");
        assertThat((create("admin", username(), grant("grid_member", farPlace()))).faultsAndCodes())
                .containsExactly("/grants/0/scopeId scope_unknown");
    }

    @Test
    void a_user_name_is_taken_once_for_all_districts() {
        // given
        var name = username();
        assertThat(create("dispatcher-1", name, grant("worker", scope("firm"))).status())
                .isEqualTo(201);

        // when, then
        assertProblem(create("admin", name, grant("worker", scope("firm"))), 409, "username_taken");
        assertProblem(create("admin", "far-supervisor", grant("worker", scope("firm"))), 409, "username_taken");
        for (var illegal : List.of("ab", "Capital", "with space", "李四", "a".repeat(65), "a/b")) {
            assertThat(create("admin", illegal, grant("worker", scope("firm"))).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void of_two_accounts_of_one_name_made_at_once_there_is_one() {
        // given
        var name = username();
        var body = account(name, grant("worker", scope("firm")));

        // when
        var replies = List.of(
                        APP.staff("admin").postLater("/v1/staff", body),
                        APP.staff("dispatcher-1").postLater("/v1/staff", body))
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // then
        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(201, 409);
        assertThat(replies.stream().filter(reply -> reply.status() == 409))
                .allMatch(reply -> reply.json().getString("code").equals("username_taken"));
    }

    @Test
    void a_change_needs_to_be_above_what_was_and_what_will_be_and_counts_at_once() {
        // given
        var name = username();
        var issued = create("admin", name, grant("worker", scope("firm"))).json();
        var id = UUID.fromString(issued.getString("id"));
        var own = activated(name, issued);

        // when
        var beyond = patch("dispatcher-1", id, grants(grant("worker", DemoStructure.firm(2))));
        var changed =
                patch("admin", id, grants(grant("dispatcher", scope("firm"))).put("name", "新名"));

        // then
        assertThat(beyond.faultsAndCodes()).containsExactly("/grants/0 grant_not_yours");
        assertThat(changed.json().getString("name")).isEqualTo("新名");
        assertProblem(patch("dispatcher-1", id, grants(grant("worker", scope("firm")))), 404, "not_found");
        awaitUntil(() -> own.get("/v1/staff").status() == 200);
        assertThat(own.get("/v1/me").json().getJsonArray("roles")).isEqualTo(JsonArray.of("dispatcher"));
    }

    @Test
    void suspension_takes_access_away_and_resuming_gives_it_back() {
        // given
        var name = username();
        var issued =
                create("dispatcher-1", name, grant("worker", scope("firm"))).json();
        var id = UUID.fromString(issued.getString("id"));
        var own = activated(name, issued);
        assertThat(own.get("/v1/me").status()).isEqualTo(200);

        // when
        var suspended = suspend("dispatcher-1", id);

        // then
        assertThat(suspended.json().getString("status")).isEqualTo("suspended");
        awaitUntil(() -> own.get("/v1/me").status() == 401);
        assertProblem(login(name), 401, "bad_credentials");
        assertProblem(suspend("dispatcher-1", id), 409, "already_suspended");
        assertThat(act("dispatcher-1", id, "resume").json().getString("status")).isEqualTo("active");
        assertProblem(act("dispatcher-1", id, "resume"), 409, "not_suspended");
        assertThat(login(name).status()).isEqualTo(200);
        assertThat(own.get("/v1/me").status()).isEqualTo(401);
    }

    @Test
    void nobody_works_on_their_own_account() {
        var id = DemoStructure.staff("dispatcher-1");
        assertThat(get("dispatcher-1", id).status()).isEqualTo(200);
        assertProblem(suspend("dispatcher-1", id), 403, "own_account");
        assertProblem(patch("dispatcher-1", id, grants(grant("worker", scope("firm")))), 403, "own_account");
        assertProblem(suspend("admin", DemoStructure.staff("admin")), 403, "own_account");
        assertProblem(act("admin", DemoStructure.staff("admin"), "reset-password"), 403, "own_account");
    }

    @Test
    void everything_done_to_an_account_stands_in_its_history() {
        // given
        var name = username();
        var issued =
                create("dispatcher-1", name, grant("worker", scope("firm"))).json();
        var id = UUID.fromString(issued.getString("id"));
        activated(name, issued);

        // when
        patch("dispatcher-1", id, new JsonObject().put("name", "新名"));
        patch("dispatcher-1", id, new JsonObject().put("name", "新名"));
        suspend("dispatcher-1", id);
        act("dispatcher-1", id, "resume");
        act("dispatcher-1", id, "reset-password");

        // then
        var history = get("dispatcher-1", id).json().getJsonArray("history");
        assertThat(history.stream().map(each -> ((JsonObject) each).getString("action")))
                .containsExactly("password_reset", "resumed", "suspended", "changed", "activated", "created");
        assertThat(history.getJsonObject(2).getString("reason")).isEqualTo("调离");
        assertThat(history.getJsonObject(3).getString("name")).isEqualTo("新名");
        assertThat(history.getJsonObject(5).getJsonObject("by").getString("name"))
                .isEqualTo("郭爱民");
        assertThat(history.getJsonObject(5)
                        .getJsonArray("grants")
                        .getJsonObject(0)
                        .getString("role"))
                .isEqualTo("worker");
        assertThat(history.getJsonObject(4).getJsonObject("by").getString("id")).isEqualTo(id.toString());
        for (var change : List.of(
                "UPDATE account_audit SET action = 'resumed' WHERE district_id = $1",
                "DELETE FROM account_audit WHERE district_id = $1")) {
            var tried = APP.database()
                    .read(client -> client.preparedQuery(change).execute(Tuple.of(DemoStructure.districtId())));
            assertThat(tried.otherwiseEmpty()
                            .map(rows -> rows == null ? "refused" : "done")
                            .toCompletionStage())
                    .succeedsWithin(Duration.ofSeconds(30))
                    .isEqualTo("refused");
        }
    }

    @Test
    void a_reset_ends_the_old_password_and_all_sessions() {
        // given
        var name = username();
        var issued =
                create("dispatcher-1", name, grant("worker", scope("firm"))).json();
        var id = UUID.fromString(issued.getString("id"));
        var own = activated(name, issued);

        // when
        var reset = act("dispatcher-1", id, "reset-password").json();

        // then
        awaitUntil(() -> own.get("/v1/me").status() == 401);
        assertProblem(login(name), 401, "bad_credentials");
        assertThat(reset.getString("status")).isEqualTo("invited");
        assertThat(activated(name, reset).get("/v1/me").status()).isEqualTo(200);
        assertProblem(act("admin", DemoStructure.staff("worker-cooperative"), "reset-password"), 409, "login_missing");
    }

    @Test
    void the_last_admin_stays_also_with_two_at_once() {
        // given
        var admin = DemoStructure.staff("admin");
        assertProblem(patch("admin", admin, grants(grant("supervisor", district))), 409, "last_admin");
        var name = username();
        var issued = create("admin", name, grant("admin", district)).json();
        var other = UUID.fromString(issued.getString("id"));
        assertProblem(patch("admin", admin, grants(grant("supervisor", district))), 409, "last_admin");
        var second = activated(name, issued);

        // when
        var reason = new JsonObject().put("reason", "调离");
        var replies = List.of(
                        APP.staff("admin").postLater("/v1/staff/" + other + "/suspend", reason),
                        second.postLater("/v1/staff/" + admin + "/suspend", reason))
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // then
        assertThat(replies).extracting(Reply::status).contains(200);
        assertThat(replies.stream().map(Reply::status).filter(status -> status != 200))
                .singleElement()
                .isIn(401, 409);
        var left = await(APP.database()
                        .read(client -> client.preparedQuery("""
                        SELECT count(*) FROM staff s JOIN role_grant g ON g.district_id = s.district_id AND g.staff_id = s.id
                        JOIN staff_login l ON l.person_id = s.id AND l.password_hash IS NOT NULL
                        WHERE s.district_id = $1 AND g.role = 'admin' AND NOT s.suspended
                        """).execute(Tuple.of(DemoStructure.districtId()))))
                .iterator()
                .next()
                .getLong(0);
        assertThat(left).isEqualTo(1);
        await(APP.database()
                .read(client -> client.preparedQuery(
                                "UPDATE staff SET suspended = id <> $2 WHERE district_id = $1 AND id IN ($2, $3)")
                        .execute(Tuple.of(DemoStructure.districtId(), admin, other))));
        var token = APP.anyone()
                .post(
                        "/v1/auth/staff",
                        new JsonObject().put("username", "admin").put("password", DemoStructure.PASSWORD))
                .json()
                .getString("accessToken");
        awaitUntil(() -> APP.anyone().bearing(token).get("/v1/staff").status() == 200);
    }

    // ---- acts ----

    private static Reply create(String caller, String username, JsonObject... grants) {
        return APP.staff(caller).post("/v1/staff", account(username, grants));
    }

    private static JsonObject account(String username, JsonObject... grants) {
        return grants(grants).put("username", username).put("name", "测试员");
    }

    private static JsonObject grants(JsonObject... grants) {
        return new JsonObject().put("grants", new JsonArray(List.of(grants)));
    }

    private static JsonObject grant(String role, UUID scopeId) {
        return new JsonObject().put("role", role).put("scopeId", scopeId.toString());
    }

    private static Reply get(String caller, UUID id) {
        return APP.staff(caller).get("/v1/staff/" + id);
    }

    private static Reply patch(String caller, UUID id, JsonObject body) {
        return APP.staff(caller).patch("/v1/staff/" + id, body);
    }

    private static Reply act(String caller, UUID id, String action) {
        return APP.staff(caller).post("/v1/staff/" + id + "/" + action);
    }

    private static Reply suspend(String caller, UUID id) {
        return APP.staff(caller).post("/v1/staff/" + id + "/suspend", new JsonObject().put("reason", "调离"));
    }

    private static Reply login(String username) {
        return APP.anyone()
                .post(
                        "/v1/auth/staff",
                        new JsonObject().put("username", username).put("password", PASSWORD));
    }

    private static Api activated(String username, JsonObject issued) {
        var reply = APP.anyone()
                .post(
                        "/v1/auth/activate",
                        new JsonObject()
                                .put("username", username)
                                .put("activationCode", issued.getString("activationCode"))
                                .put("password", PASSWORD));
        assertThat(reply.status()).isEqualTo(200);
        return APP.anyone().bearing(reply.json().getString("accessToken"));
    }

    private static Set<String> usernames(String caller, String query) {
        var found = new HashSet<String>();
        var reply = APP.staff(caller).get("/v1/staff" + query);
        assertThat(reply.status()).isEqualTo(200);
        reply.json().getJsonArray("items").forEach(each -> found.add(((JsonObject) each).getString("username")));
        return found;
    }

    // ---- helpers ----

    private static String username() {
        return "tried." + NUMBERS.incrementAndGet();
    }

    private static UUID scope(String name) {
        return switch (name) {
            case "firm" -> DemoStructure.firm(1);
            case "canteen" -> DemoStructure.canteen(1);
            case "community" -> DemoStructure.community(1);
            default -> DemoStructure.place(name);
        };
    }

    private static UUID farPlace() {
        return DemoStructure.far().place("district");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().getString("code")).isEqualTo(code);
    }

    private static void awaitUntil(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }
}
