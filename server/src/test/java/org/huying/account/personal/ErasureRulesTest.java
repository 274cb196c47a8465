package org.huying.account.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.KnownWords;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may erase whom, and what becomes of somebody known in two districts. */
@Tag("long")
class ErasureRulesTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final JsonObject WHY = new JsonObject().put("reason", "家属代为申请");

    private static String registered(String name) {
        return APP.staff("grid-member-1")
                .post(
                        "/v1/residents",
                        new JsonObject()
                                .put("name", name)
                                .put("birthDate", "1938-03-04")
                                .put("birthDateVerified", true)
                                .put("householdId", DemoStructure.household(1).toString())
                                .put("phone", "10088880001")
                                .put("consentNote", name + "本人点头"))
                .withStatus(201)
                .id()
                .toString();
    }

    private static List<String> known(String... words) {
        return new KnownWords(APP.database(), APP.cipher()).found(List.of(words));
    }

    private static Reply erase(Api by, String residentId) {
        return by.post("/v1/residents/" + residentId + "/erase", WHY);
    }

    private static Api login(String code, UUID districtId) {
        var login = new JsonObject().put("code", code).put("districtId", districtId.toString());
        return APP.anyone()
                .bearing(APP.anyone().post("/v1/auth/wechat", login).json().getString("accessToken"));
    }

    @Test
    void anElderWithoutALoginIsErasedByTheirGridMemberAndTwiceIsAsGood() {
        // given
        var id = registered("闻人静");
        var grid = APP.staff("grid-member-1");
        for (var other : List.of(APP.staff("grid-member-2"), APP.staff("dispatcher-1"), APP.resident(1))) {
            assertThat(erase(other, id).status()).isEqualTo(404);
        }
        assertThat(erase(APP.staff("canteen-operator-1"), id).status()).isEqualTo(403);

        // when
        erase(grid, id).withStatus(204);

        // then
        erase(grid, id).withStatus(204);
        assertThat(known("闻人静", "1938-03-04", "10088880001")).isEmpty();
        assertThat(grid.get("/v1/residents/" + id).status()).isEqualTo(404);
        var notes = await(APP.database()
                .read(client -> client.preparedQuery(
                                "SELECT actor_id, fields, reason_sealed FROM resident_change WHERE resident_id = $1")
                        .execute(Tuple.of(UUID.fromString(id)))
                        .map(Rows.list(row -> row.getUUID("actor_id") + " " + row.getArrayOfStrings("fields")[0] + " "
                                + APP.cipher().open(row.getBuffer("reason_sealed"))))));
        assertThat(notes).containsExactly(DemoStructure.staff("grid-member-1") + " erased 家属代为申请");
    }

    @Test
    void whoLogsInIsErasedByThemselvesOrAnAdministratorAlone() {
        // given
        var resident = APP.wechat("demo-new-by-admin");
        var id = resident.get("/v1/me").json().getString("id");
        resident.patch("/v1/me", new JsonObject().put("displayName", "呼延灼灼")).withStatus(200);
        var members = "/v1/households/" + DemoStructure.household(1) + "/members";
        var asked =
                resident.post(members, new JsonObject().put("role", "family")).withStatus(201);
        APP.staff("dispatcher-1")
                .with("Idempotency-Key", "approved")
                .post(members + "/" + asked.id() + "/approve")
                .withStatus(200);
        assertThat(known("呼延灼灼")).contains("idempotency.answer_sealed: 呼延灼灼");

        // then
        assertThat(erase(APP.staff("grid-member-1"), id).status()).isEqualTo(403);
        assertThat(erase(resident, id).status()).isEqualTo(403);
        erase(APP.staff("admin"), id).withStatus(204);
        assertThat(known("呼延灼灼")).isEmpty();
        assertThat(resident.get("/v1/me").status()).isEqualTo(401);
        assertThat(APP.staff("worker-1")
                        .post("/v1/me/erase", new JsonObject().put("confirm", "erase"))
                        .status())
                .isEqualTo(403);
        assertThat(APP.resident(3)
                        .post("/v1/me/erase", new JsonObject().put("confirm", "yes"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whoIsKnownInTwoDistrictsGoesFromBothAndOnlyByThemselves() {
        // given
        var far = DemoStructure.far().districtId();
        var there = login("demo-new-in-both", far);
        there.patch("/v1/me", new JsonObject().put("displayName", "拓跋野")).withStatus(200);
        var here = login("demo-new-in-both", DemoStructure.districtId());
        here.patch("/v1/me", new JsonObject().put("displayName", "拓跋野")).withStatus(200);
        var id = here.get("/v1/me").json().getString("id");

        // then
        assertThat(erase(APP.staff("admin"), id).code()).isEqualTo("known_elsewhere");
        here.post("/v1/me/erase", new JsonObject().put("confirm", "erase")).withStatus(204);
        assertThat(known("拓跋野")).isEmpty();
        assertThat(there.get("/v1/me").status()).isEqualTo(401);
    }
}
