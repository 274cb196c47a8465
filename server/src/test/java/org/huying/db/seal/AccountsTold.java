package org.huying.db.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.huying.demo.district.DemoStructure;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;

/** What the service is told about people and accounts: where they live, who acts for them, who looked at them and why. */
final class AccountsTold {
    private final TestApp app;
    private final BinaryOperator<String> kept;
    private final BinaryOperator<String> said;

    /**
     * Tells nothing yet.
     *
     * @param kept notes under a name what the service is to keep
     * @param said what it is not to keep
     */
    AccountsTold(TestApp app, BinaryOperator<String> kept, BinaryOperator<String> said) {
        this.app = app;
        this.kept = kept;
        this.said = said;
    }

    void tell() {
        erased();
        var newcomer = app.wechat("demo-new-dump");
        var id = done(newcomer.get("/v1/me")).json().getString("id");
        profile(newcomer);
        var household = household(newcomer);
        mandate(id);
        lookedAt(newcomer, id, household);
        staff();
    }

    private static Api once(Api caller) {
        return caller.with("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static Reply done(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(200, 201, 204);
        return reply;
    }

    private Api grid() {
        return app.staff("grid-member-1");
    }

    /** First of all, as the answers to whoever registered them are forgotten with them. */
    private void erased() {
        var elder = new JsonObject()
                .put("name", said.apply("erased name", "公冶大寒"))
                .put("birthDate", said.apply("erased birth date", "1929-10-17"))
                .put("birthDateVerified", true)
                .put("consentNote", said.apply("erased note", "长孙在旁边翻译方言"))
                .put("householdId", DemoStructure.household(1).toString())
                .put("phone", said.apply("erased phone", "10055512399"));
        var id = done(once(grid()).post("/v1/residents", elder)).id();
        var why = new JsonObject().put("reason", kept.apply("reason of erasing", "侄孙公证之后来函"));
        done(once(grid()).post("/v1/residents/" + id + "/erase", why));
    }

    private void profile(Api newcomer) {
        done(newcomer.patch(
                "/v1/me",
                new JsonObject()
                        .put("displayName", kept.apply("display name", "皇甫惊蛰"))
                        .put("birthDate", kept.apply("own birth date", "1987-11-23"))));
        var phone = kept.apply("bound phone", "13955512388");
        done(once(newcomer).post("/v1/me/phone", new JsonObject().put("code", "demo-phone-" + phone)));
        assertThat(done(app.staff("canteen-operator-1").get("/v1/residents?query=" + phone))
                        .items())
                .hasSize(1);
    }

    private UUID household(Api newcomer) {
        var address = kept.apply("address of a household", "石榴弄七号三零三室");
        var compound = DemoStructure.compound(1).toString();
        var home = done(once(grid())
                        .post(
                                "/v1/households",
                                new JsonObject().put("compoundId", compound).put("address", address)))
                .id();
        var sought = new JsonObject().put("compoundId", compound).put("address", address);
        var found = done(newcomer.post("/v1/households/search", sought));
        assertThat(found.items()).hasSize(1);
        var members = "/v1/households/" + home + "/members";
        var asked = done(once(newcomer).post(members, new JsonObject().put("role", "tenant")));
        assertThat(done(grid().get("/v1/membership-requests")).items()).isNotEmpty();
        done(once(grid()).post(members + "/" + asked.id() + "/approve"));
        return home;
    }

    private void mandate(String grantorId) {
        var picture =
                done(once(grid()).upload("/v1/photos", Pictures.jpeg(50, 40))).id();
        var offered = done(once(grid())
                .post(
                        "/v1/mandates",
                        new JsonObject()
                                .put("grantorId", grantorId)
                                .put("scope", JsonArray.of("booking", "ticket"))
                                .put("consentNote", kept.apply("consent to a mandate", "视频里由小女儿代签"))
                                .put("consentPhotoId", picture.toString())));
        // the answer to whoever offered it goes with the one erased above
        var code = said.apply("invite code", offered.json().getString("inviteCode"));
        done(once(app.resident(2)).post("/v1/mandates/accept", new JsonObject().put("inviteCode", code)));
        done(app.resident(2).get("/v1/mandates"));
    }

    private void lookedAt(Api newcomer, String id, UUID household) {
        var why = new JsonObject().put("reason", kept.apply("reason to look", "核对低保材料里的笔误"));
        done(once(grid()).post("/v1/residents/" + id + "/unmask", why));
        var ticket = done(once(newcomer)
                        .post(
                                "/v1/tickets",
                                new JsonObject()
                                        .put("serviceItemCode", "light-out")
                                        .put("householdId", household.toString())
                                        .put("description", kept.apply("words of a newcomer", "摸黑上楼摔过一跤"))))
                .id();
        why = new JsonObject().put("reason", kept.apply("reason to look at a reporter", "疑似有人冒名报修"));
        done(once(app.staff("district-supervisor")).post("/v1/tickets/" + ticket + "/unmask", why));
    }

    private void staff() {
        var admin = app.staff("admin");
        var grant = new JsonObject()
                .put("role", "worker")
                .put("scopeId", DemoStructure.firm(1).toString());
        var made = done(once(admin)
                .post(
                        "/v1/staff",
                        new JsonObject()
                                .put("username", "dump-worker")
                                .put("name", kept.apply("staff name", "赫连谷雨"))
                                .put("grants", JsonArray.of(grant))));
        done(app.anyone()
                .post(
                        "/v1/auth/activate",
                        new JsonObject()
                                .put("username", "dump-worker")
                                .put(
                                        "activationCode",
                                        kept.apply(
                                                "activation code", made.json().getString("activationCode")))
                                .put("password", said.apply("new password", "violet tram beneath nine kettles"))));
        var path = "/v1/staff/" + made.id();
        var name = kept.apply("another staff name", "赫连小满");
        done(admin.patch(path, new JsonObject().put("name", name)));
        done(once(admin).post(path + "/suspend", new JsonObject().put("reason", kept.apply("suspension", "酒驾被拘须停职"))));
        assertThat(done(admin.post("/v1/staff/search", new JsonObject().put("name", name)))
                        .items())
                .hasSize(1);
        done(admin.get(path));
    }
}
