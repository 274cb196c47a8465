package org.huying.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.identity.staff.StaffDesk.assertProblem;
import static org.huying.identity.staff.StaffDesk.grant;
import static org.huying.identity.staff.StaffDesk.grants;
import static org.huying.identity.staff.StaffDesk.scope;
import static org.huying.identity.staff.StaffDesk.username;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Eventually;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Suspending, resuming and resetting accounts, and what is kept of it. */
@Tag("long")
class StaffLifeApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final StaffDesk desk = new StaffDesk(APP);
    private final UUID district = DemoStructure.place("district");

    @Test
    void suspension_takes_access_away_and_resuming_gives_it_back() {
        // given
        var name = username();
        var issued = desk.create("dispatcher-1", name, grant("worker", scope("firm")))
                .json();
        var id = UUID.fromString(issued.getString("id"));
        var own = desk.activated(name, issued);
        assertThat(own.get("/v1/me").status()).isEqualTo(200);

        // when
        var suspended = desk.suspend("dispatcher-1", id);

        // then
        assertThat(suspended.json().getString("status")).isEqualTo("suspended");
        Eventually.until("every node knows", () -> own.get("/v1/me").status() == 401);
        assertProblem(desk.login(name), 401, "bad_credentials");
        assertProblem(desk.suspend("dispatcher-1", id), 409, "already_suspended");
        assertThat(desk.act("dispatcher-1", id, "resume").json().getString("status"))
                .isEqualTo("active");
        assertProblem(desk.act("dispatcher-1", id, "resume"), 409, "not_suspended");
        assertThat(desk.login(name).status()).isEqualTo(200);
        assertThat(own.get("/v1/me").status()).isEqualTo(401);
    }

    @Test
    void nobody_works_on_their_own_account() {
        var id = DemoStructure.staff("dispatcher-1");
        assertThat(desk.get("dispatcher-1", id).status()).isEqualTo(200);
        assertProblem(desk.suspend("dispatcher-1", id), 403, "own_account");
        assertProblem(desk.patch("dispatcher-1", id, grants(grant("worker", scope("firm")))), 403, "own_account");
        assertProblem(desk.suspend("admin", DemoStructure.staff("admin")), 403, "own_account");
        assertProblem(desk.act("admin", DemoStructure.staff("admin"), "reset-password"), 403, "own_account");
    }

    @Test
    void an_admin_gives_themself_no_role_either() {
        var name = username();
        var issued = desk.create("admin", name, grant("admin", district)).json();
        var second = desk.activated(name, issued);
        var own = "/v1/staff/" + issued.getString("id");

        assertProblem(
                second.patch(own, grants(grant("admin", district), grant("grid_member", district))),
                403,
                "own_account");
        assertThat(second.patch(own, new JsonObject().put("name", "本人")).status())
                .isEqualTo(200);
        assertThat(desk.patch("admin", UUID.fromString(issued.getString("id")), grants(grant("grid_member", district)))
                        .status())
                .as("by another")
                .isEqualTo(200);
    }

    @Test
    void everything_done_to_an_account_stands_in_its_history() {
        // given
        var name = username();
        var issued = desk.create("dispatcher-1", name, grant("worker", scope("firm")))
                .json();
        var id = UUID.fromString(issued.getString("id"));
        desk.activated(name, issued);

        // when
        desk.patch("dispatcher-1", id, new JsonObject().put("name", "新名"));
        desk.patch("dispatcher-1", id, new JsonObject().put("name", "新名"));
        desk.suspend("dispatcher-1", id);
        desk.act("dispatcher-1", id, "resume");
        desk.act("dispatcher-1", id, "reset-password");

        // then
        var history = desk.get("dispatcher-1", id).json().getJsonArray("history");
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
        var issued = desk.create("dispatcher-1", name, grant("worker", scope("firm")))
                .json();
        var id = UUID.fromString(issued.getString("id"));
        var own = desk.activated(name, issued);

        // when
        var reset = desk.act("dispatcher-1", id, "reset-password").json();

        // then
        Eventually.until("every node knows", () -> own.get("/v1/me").status() == 401);
        assertProblem(desk.login(name), 401, "bad_credentials");
        assertThat(reset.getString("status")).isEqualTo("invited");
        assertThat(desk.activated(name, reset).get("/v1/me").status()).isEqualTo(200);
        assertProblem(
                desk.act("admin", DemoStructure.staff("worker-cooperative"), "reset-password"), 409, "login_missing");
    }

    @Test
    void the_codes_that_somebody_issued_are_worth_nothing_once_they_are_suspended() {
        // given
        var issuer = username();
        var made =
                desk.create("admin", issuer, grant("dispatcher", scope("firm"))).json();
        var own = desk.activated(issuer, made);
        var friend = username();
        var ofIssuer = own.post("/v1/staff", StaffDesk.account(friend, grant("worker", scope("firm"))))
                .json();
        var other = username();
        var ofOther = desk.create("dispatcher-1", other, grant("worker", scope("firm")))
                .json();

        // when
        desk.suspend("admin", UUID.fromString(made.getString("id")));

        // then
        assertProblem(desk.activate(friend, ofIssuer), 401, "bad_credentials");
        var again = desk.act("dispatcher-1", UUID.fromString(ofIssuer.getString("id")), "reset-password");
        assertThat(desk.activate(friend, again.json()).status()).isEqualTo(200);
        assertThat(desk.activate(other, ofOther).status()).isEqualTo(200);
    }

    @Test
    void a_suspended_account_is_not_activated() {
        // given
        var name = username();
        var issued = desk.create("dispatcher-1", name, grant("worker", scope("firm")))
                .json();
        var id = UUID.fromString(issued.getString("id"));
        desk.suspend("dispatcher-1", id);

        // then
        assertProblem(desk.activate(name, issued), 401, "bad_credentials");
        desk.act("dispatcher-1", id, "resume");
        assertThat(desk.activate(name, issued).status()).isEqualTo(200);
    }

    @Test
    void the_last_admin_stays_also_with_two_at_once() {
        // given
        var admin = DemoStructure.staff("admin");
        assertProblem(desk.patch("admin", admin, grants(grant("supervisor", district))), 409, "last_admin");
        var name = username();
        var issued = desk.create("admin", name, grant("admin", district)).json();
        var other = UUID.fromString(issued.getString("id"));
        assertProblem(desk.patch("admin", admin, grants(grant("supervisor", district))), 409, "last_admin");
        var second = desk.activated(name, issued);

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
        APP.forgetLogin("admin");
        Eventually.until(
                "every node knows", () -> APP.staff("admin").get("/v1/staff").status() == 200);
    }
}
