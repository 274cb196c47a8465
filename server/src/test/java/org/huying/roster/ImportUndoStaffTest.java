package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.huying.testing.HeldTransaction;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Imports of staff are taken back as far as nobody has changed what they made. */
class ImportUndoStaffTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ImportActs ACTS = new ImportActs(APP);
    private static final StaffImports STAFF = new StaffImports(APP);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @Test
    void anAccountThatNobodyHasActivatedGoesWithItsCodeAndItsNameIsFree() {
        // given
        var username = username();
        var row = username + ",错名,网格员,文昌社区";
        var import_ = STAFF.imported(row);
        var code = STAFF.code(import_);
        var id = STAFF.account(username);

        // when
        STAFF.undone(import_);

        // then
        assertThat(STAFF.undoOf(import_).getInteger("undone")).isOne();
        assertThat(STAFF.activate(username, code).status()).isEqualTo(401);
        assertThat(ACTS.rows(import_, "created").get(0).getString("activationCode"))
                .isNull();
        var left = APP.staff("admin").get("/v1/staff/" + id).json();
        assertThat(left.getString("status")).isEqualTo("suspended");
        assertThat(left.getString("username")).isNull();
        assertThat(left.getJsonArray("grants")).isEmpty();
        assertThat(STAFF.imported(username + ",对名,网格员,文昌社区").getLong("created")).isOne();
    }

    @Test
    void whoHasActivatedTheirAccountKeepsIt() {
        var username = username();
        var import_ = STAFF.imported(username + ",某,网格员,文昌社区");
        STAFF.activate(username, STAFF.code(import_)).withStatus(200);

        STAFF.undone(import_);

        assertThat(STAFF.undoOf(import_).getInteger("kept")).isOne();
        assertThat(STAFF.accounts(username)).containsKey(username);
    }

    /** What an activation writes, before it has ended. */
    @Test
    void whoIsJustActivatingTheirAccountKeepsIt() {
        // given
        var username = username();
        var import_ = STAFF.imported(username + ",某,网格员,文昌社区");
        var held = HeldTransaction.after(APP.database(), """
                UPDATE staff_login SET password_hash = 'x', activation_hash = NULL, activation_expires_at = NULL
                WHERE username = $1
                """, username);

        // when
        ACTS.undo(import_).withStatus(200);
        var undone = CompletableFuture.runAsync(APP::runInnerJobs);
        held.untilWaiting(1, undone);
        held.commit();

        // then
        undone.join();
        assertThat(STAFF.undoOf(import_).getInteger("kept")).isOne();
    }

    @Test
    void aRoleThatSomebodyElseHasGivenAgainStays() {
        // given
        var username = username();
        STAFF.imported(username + ",某,网格员,文昌社区");
        var import_ = STAFF.imported(username + ",某,网格员,东门社区", username + ",某,督办员,柳桥镇/东门社区");
        var id = STAFF.account(username);
        var all = Set.copyOf(StaffImports.ROLES.values());
        STAFF.regrant(
                id, all.stream().filter(each -> !each.startsWith("supervisor")).collect(Collectors.toSet()));
        STAFF.regrant(id, all);

        // when
        STAFF.undone(import_);

        // then
        assertThat(STAFF.undoOf(import_).getInteger("undone")).isOne();
        assertThat(STAFF.accounts(username).get(username))
                .containsExactlyInAnyOrder(StaffImports.ROLES.get("网格员,文昌社区"), StaffImports.ROLES.get("督办员,柳桥镇/东门社区"));
    }

    @Test
    void theLastAdministratorStaysOne() {
        // given
        var other = username();
        STAFF.activate(other, STAFF.code(STAFF.imported(other + ",另管,管理员,青禾县"))).withStatus(200);
        var given = username();
        STAFF.activate(given, STAFF.code(STAFF.imported(given + ",某,网格员,文昌社区"))).withStatus(200);
        var import_ = STAFF.imported(given + ",某,管理员,青禾县", given + ",某,网格员,东门社区");
        var login = new JsonObject().put("username", given).put("password", StaffImports.PASSWORD);
        var they = APP.anyone()
                .bearing(APP.anyone().post("/v1/auth/staff", login).json().getString("accessToken"));
        for (var each : List.of("admin", other)) {
            they.post("/v1/staff/" + STAFF.account(they, each) + "/suspend", new JsonObject().put("reason", "试"))
                    .withStatus(200);
        }

        // when
        they.post("/v1/imports/" + import_.getString("id") + "/undo").withStatus(200);
        APP.runInnerJobs();

        // then
        var state = they.get("/v1/imports/" + import_.getString("id")).json().getJsonObject("undo");
        assertThat(state.getInteger("undone")).isOne();
        assertThat(state.getInteger("kept")).isOne();
        they.post("/v1/staff/" + STAFF.account(they, "admin") + "/resume").withStatus(200);
        APP.forgetLogin("admin");
    }

    private static String username() {
        return "undone." + NUMBERS.incrementAndGet();
    }
}
