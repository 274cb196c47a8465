package org.huying.account.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.demo.wechat.WeChatSimulator;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;

/** A resident of home 25 who has left traces everywhere, and all words of theirs. */
final class Somebody {
    static final UUID HOUSEHOLD = DemoStructure.household(25);
    static final int PROXY = 27;

    /** None of them may be left. */
    static final List<String> WORDS = List.of(
            "澹台灭明",
            "13700137099",
            "1943-02-11",
            "梧桐弄八十八号",
            "腿脚不便来不了",
            "灶台上方滴水",
            "从楼上渗下来的",
            "家中白天有人",
            "师傅很有耐心",
            "单元门口很黑",
            "她按了手印",
            "找澹台家核实",
            "代他催一催",
            "请本人带证件来一趟");

    /** How somebody else agreed to what this one may do: it is theirs. */
    static final String OF_ANOTHER = "信得过楼下邻居";

    private final TestApp app;
    private final String code;
    final Api api;
    final UUID id;
    final List<String> photos = new ArrayList<>();
    UUID ticket = DemoStructure.districtId();
    UUID spot = DemoStructure.districtId();
    UUID booking = DemoStructure.districtId();

    Somebody(TestApp app, String code) {
        this.app = app;
        this.code = code;
        this.api = app.wechat(code);
        this.id = UUID.fromString(api.get("/v1/me").json().getString("id"));
    }

    String openid() {
        return WeChatSimulator.openidOf(code);
    }

    /** Who they are, where they live, who acts for them. */
    void settle() {
        api.patch("/v1/me", new JsonObject().put("displayName", "澹台灭明").put("birthDate", "1943-02-11"))
                .withStatus(200);
        claim();
        var members = "/v1/households/" + HOUSEHOLD + "/members";
        var asked = api.post(members, new JsonObject().put("role", "family")).withStatus(201);
        app.staff("grid-member-1")
                .with("Idempotency-Key", "home-of-" + id)
                .post(members + "/" + asked.id() + "/approve")
                .withStatus(200);
        app.staff("grid-member-1")
                .patch(
                        "/v1/residents/" + id,
                        new JsonObject()
                                .put("phone", "13700137099")
                                .put("birthDate", "1943-02-11")
                                .put("birthDateVerified", true))
                .withStatus(200);
        var grid = app.staff("grid-member-1");
        var picture =
                grid.upload("/v1/photos", Pictures.jpeg(70, 30)).withStatus(201).id();
        photos.add(picture.toString());
        mandate(
                grid,
                app.resident(PROXY),
                new JsonObject()
                        .put("grantorId", id.toString())
                        .put("consentNote", "她按了手印")
                        .put("consentPhotoId", picture.toString()));
        mandate(app.resident(PROXY), api, new JsonObject().put("consentNote", OF_ANOTHER));
        var consent = new JsonObject().put("template", "ticket").put("accepted", true);
        api.post("/v1/notification-consents", new JsonObject().put("consents", new JsonArray().add(consent)))
                .withStatus(200);
    }

    /** They said to be somebody on record, and are not. */
    private void claim() {
        var grid = app.staff("grid-member-1");
        var record = new JsonObject()
                .put("name", "登记老人")
                .put("birthDate", "1941-05-06")
                .put("birthDateVerified", true)
                .put("phone", "13700137098")
                .put("newPerson", true)
                .put("consentNote", "口头");
        var recordId = grid.post("/v1/residents", record).withStatus(201).id();
        api.post("/v1/me/phone", new JsonObject().put("code", "demo-phone-13700137098"))
                .withStatus(200);
        var claim = api.post(
                        "/v1/me/claims",
                        new JsonObject().put("residentId", recordId.toString()).put("version", 1))
                .withStatus(200)
                .json()
                .getString("claimId");
        grid.with("Idempotency-Key", "decline-" + id)
                .post("/v1/claims/" + claim + "/decline", new JsonObject().put("reason", "请本人带证件来一趟"))
                .withStatus(200);
    }

    private void mandate(Api offering, Api accepting, JsonObject offer) {
        var offered = offering.with("Idempotency-Key", "offer-" + id)
                .post("/v1/mandates", offer.put("scope", JsonArray.of("booking", "ticket")))
                .withStatus(201);
        accepting
                .with("Idempotency-Key", "accept-" + id)
                .post(
                        "/v1/mandates/accept",
                        new JsonObject().put("inviteCode", offered.json().getString("inviteCode")))
                .withStatus(200);
    }

    /** Booked by the proxy for tomorrow, delivered; another one called off. */
    void eat() {
        var date = LocalDate.ofInstant(app.clock().instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(1);
        var order = new JsonObject()
                .put("dinerId", id.toString())
                .put("mode", "delivery")
                .put("deliveryAddress", "梧桐弄八十八号");
        var proxy = app.resident(PROXY).with("Idempotency-Key", "meal-of-" + id);
        booking = proxy.post(
                        "/v1/bookings",
                        order.copy()
                                .put(
                                        "mealId",
                                        DemoStructure.meal(1, date, "lunch").toString()))
                .withStatus(201)
                .id();
        var off = api.post(
                        "/v1/bookings",
                        order.copy()
                                .put(
                                        "mealId",
                                        DemoStructure.meal(1, date, "dinner").toString()))
                .withStatus(201)
                .id();
        api.post("/v1/bookings/" + off + "/cancel", new JsonObject().put("reason", "腿脚不便来不了"))
                .withStatus(200);
    }

    /** A report about their home with everything in it, and one in the street, which a neighbour made as well. */
    void report() {
        var first = photo();
        photos.add(first);
        var reported = api.with("Idempotency-Key", "report-of-" + id)
                .post("/v1/tickets", household("drain-blocked").put("photoIds", JsonArray.of(first)))
                .withStatus(201);
        ticket = reported.id();
        act(app.staff("dispatcher-1"), "accept", new JsonObject());
        act(
                app.staff("dispatcher-1"),
                "assign",
                new JsonObject()
                        .put("assigneeId", DemoStructure.staff("worker-1").toString()));
        act(app.staff("worker-1"), "start", new JsonObject());
        act(app.staff("worker-1"), "request-info", new JsonObject().put("message", "请补充"));
        var more = photo();
        photos.add(more);
        act(api, "provide-info", new JsonObject().put("message", "从楼上渗下来的").put("photoIds", new JsonArray().add(more)));
        act(app.resident(PROXY), "comment", new JsonObject().put("text", "代他催一催"));
        act(api, "comment", new JsonObject().put("text", "家中白天有人"));
        app.staff("worker-1")
                .with("Idempotency-Key", "look-at-" + id)
                .post("/v1/tickets/" + ticket + "/unmask", new JsonObject().put("reason", "找澹台家核实"))
                .withStatus(200);
        spot = api.post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "light-out")
                                .put("placeId", DemoStructure.compound(1).toString())
                                .put("description", "单元门口很黑"))
                .withStatus(201)
                .id();
        // one that nothing claims
        photos.add(photo());
    }

    /** What keeps them from being erased comes to its end. */
    void end() {
        act(
                app.staff("worker-1"),
                "resolve",
                new JsonObject().put("outcome", "fixed").put("note", "已换管"));
        act(api, "confirm", new JsonObject().put("rating", 5).put("comment", "师傅很有耐心"));
        api.post("/v1/tickets/" + spot + "/cancel", new JsonObject()).withStatus(200);
    }

    Reply erase() {
        return api.post("/v1/me/erase", new JsonObject().put("confirm", "erase"));
    }

    static JsonObject household(String item) {
        return new JsonObject()
                .put("serviceItemCode", item)
                .put("householdId", HOUSEHOLD.toString())
                .put("attributes", new JsonObject().put("spot", "厨房"))
                .put("description", "灶台上方滴水");
    }

    private void act(Api caller, String action, JsonObject body) {
        var done = caller.with("Idempotency-Key", action + "-" + body.hashCode() + id)
                .post("/v1/tickets/" + ticket + "/" + action, body);
        assertThat(done.status()).as(action + " " + done.text()).isEqualTo(200);
    }

    private String photo() {
        return api.upload("/v1/photos", Pictures.jpeg(60 + photos.size(), 40))
                .withStatus(201)
                .id()
                .toString();
    }
}
