package org.huying.account.acts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 1: every act under a mandate carries both names, and the resident can list what was done in their name. */
class ActsApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static UUID mandate(int grantor, int proxy, String... scope) {
        var offered = APP.resident(grantor)
                .post("/v1/mandates", new JsonObject().put("scope", new JsonArray(List.of(scope))))
                .withStatus(201);
        return APP.resident(proxy)
                .post(
                        "/v1/mandates/accept",
                        new JsonObject().put("inviteCode", offered.json().getString("inviteCode")))
                .withStatus(200)
                .id();
    }

    private static UUID book(Api caller, UUID diner, int days) {
        var date = LocalDate.ofInstant(APP.clock().instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(days);
        return caller.post(
                        "/v1/bookings",
                        new JsonObject()
                                .put(
                                        "mealId",
                                        DemoStructure.meal(1, date, "lunch").toString())
                                .put("dinerId", diner.toString())
                                .put("mode", "dine_in"))
                .withStatus(201)
                .id();
    }

    private static UUID report(Api caller, int resident) {
        return caller.post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "light-out")
                                .put(
                                        "householdId",
                                        DemoStructure.household(resident).toString())
                                .put("description", "楼道灯坏了")
                                .put(
                                        "onBehalfOfId",
                                        DemoStructure.resident(resident).toString()))
                .withStatus(201)
                .id();
    }

    private static List<String> kinds(Api caller, String path) {
        return caller.get(path + "?limit=100").withStatus(200).items().stream()
                .map(each -> each.getString("kind"))
                .toList();
    }

    private static String of(int resident) {
        return "/v1/residents/" + DemoStructure.resident(resident) + "/acts";
    }

    private static void later() {
        APP.clock().advance(Duration.ofSeconds(1));
    }

    @Test
    void whatOthersDidInMyNameIsListedNewestFirstWithTheirNames() {
        // given
        var elder = APP.resident(31);
        var proxy = APP.resident(1);
        mandate(31, 1, "booking", "ticket");
        book(elder, DemoStructure.resident(31), 1);
        var booking = book(proxy, DemoStructure.resident(31), 2);
        later();
        var ticket = report(proxy, 31);
        later();
        proxy.post("/v1/tickets/" + ticket + "/urge").withStatus(200);
        elder.post("/v1/tickets/" + ticket + "/comment", new JsonObject().put("text", "我自己说的"))
                .withStatus(200);
        later();
        proxy.post("/v1/bookings/" + booking + "/cancel").withStatus(200);

        // when
        var acts = elder.get("/v1/me/acts").withStatus(200).items();

        // then
        assertThat(acts)
                .extracting(each -> each.getString("kind"))
                .containsExactly("booking_cancelled", "ticket_urged", "ticket_submitted", "booking_made");
        assertThat(acts).allSatisfy(act -> {
            assertThat(act.getString("byName")).isEqualTo("林晓岚");
            assertThat(act.getString("byId"))
                    .isEqualTo(DemoStructure.resident(1).toString());
            assertThat(act.getString("summary")).isNotBlank();
        });
        assertThat(acts.get(1).getJsonObject("subject").getString("id")).isEqualTo(ticket.toString());
        assertThat(acts.get(0).getJsonObject("subject").getString("id")).isEqualTo(booking.toString());
        assertThat(kinds(proxy, "/v1/me/acts")).isEmpty();
    }

    @Test
    void pagesGoOnExactlyWhereTheyEndedEvenWithinOneInstant() {
        // given: the clock stands still
        var proxy = APP.resident(2);
        mandate(32, 2, "booking", "ticket");
        var ticket = report(proxy, 32);
        for (int i = 0; i < 3; i++) {
            proxy.post("/v1/tickets/" + ticket + "/comment", new JsonObject().put("text", "补充 " + i))
                    .withStatus(200);
        }
        book(proxy, DemoStructure.resident(32), 1);
        book(proxy, DemoStructure.resident(32), 2);
        var whole = proxy.get(of(32)).items();

        // when
        var paged = new ArrayList<JsonObject>();
        var path = of(32) + "?limit=2";
        var page = proxy.get(path).withStatus(200);
        paged.addAll(page.items());
        var added = false;
        while (page.json().getString("nextCursor") != null) {
            if (!added) {
                later();
                book(proxy, DemoStructure.resident(32), 3);
                added = true;
            }
            page = proxy.get(path + "&cursor=" + page.json().getString("nextCursor"))
                    .withStatus(200);
            paged.addAll(page.items());
        }

        // then
        assertThat(whole).hasSize(6);
        assertThat(paged).containsExactlyElementsOf(whole);
    }

    @Test
    void theHolderOfAMandateReadsAsFarAsItGoesTheGridMemberWithMaskedNamesAndNobodyElse() {
        // given
        var bookingMandate = mandate(34, 3, "booking");
        mandate(34, 4, "ticket");
        book(APP.resident(3), DemoStructure.resident(34), 1);
        report(APP.resident(4), 34);

        // then
        assertThat(kinds(APP.resident(34), of(34))).containsExactlyInAnyOrder("booking_made", "ticket_submitted");
        assertThat(kinds(APP.resident(3), of(34))).containsExactly("booking_made");
        assertThat(kinds(APP.resident(4), of(34))).containsExactly("ticket_submitted");
        assertThat(APP.staff("grid-member-2").get(of(34)).items())
                .hasSize(2)
                .allSatisfy(act -> assertThat(act.getString("byName")).endsWith("**"));
        for (var caller : List.of(
                APP.resident(5),
                APP.staff("grid-member-1"),
                APP.staff("town-supervisor"),
                APP.staff("far-supervisor"))) {
            assertThat(caller.get(of(34)).status()).isEqualTo(404);
        }
        // who meets every resident learns no more than that there is one
        for (var caller : List.of(APP.staff("admin"), APP.staff("canteen-operator-1"))) {
            assertThat(caller.get(of(34)).status()).isEqualTo(403);
            assertThat(caller.get("/v1/residents/" + UUID.randomUUID() + "/acts")
                            .status())
                    .isEqualTo(404);
        }

        // when
        APP.resident(3).delete("/v1/mandates/" + bookingMandate).withStatus(204);

        // then
        assertThat(APP.resident(3).get(of(34)).status()).isEqualTo(404);
    }

    @Test
    void staffWhoHoldAMandateReadLikeAnyOtherHolder() {
        // given
        var offered = APP.resident(35)
                .post("/v1/mandates", new JsonObject().put("scope", new JsonArray().add("booking")))
                .withStatus(201);
        var invited = new JsonObject().put("inviteCode", offered.json().getString("inviteCode"));
        APP.staff("hotline-agent").post("/v1/mandates/accept", invited).withStatus(200);

        // then
        assertThat(APP.staff("hotline-agent").get(of(35)).status()).isEqualTo(200);
        assertThat(APP.staff("worker-1").get(of(35)).status()).isEqualTo(404);
    }

    @Test
    void whatStaffDidForAnElderIsThereToo() {
        // given
        var gridMember = APP.staff("grid-member-1");
        var elder = gridMember
                .post(
                        "/v1/residents",
                        new JsonObject()
                                .put("name", "上官月")
                                .put("birthDate", "1940-01-02")
                                .put("birthDateVerified", true)
                                .put("householdId", DemoStructure.household(1).toString())
                                .put("consentNote", "口头同意"))
                .withStatus(201)
                .id();
        later();
        book(APP.staff("canteen-operator-1"), elder, 1);
        later();
        var offered = gridMember
                .post(
                        "/v1/mandates",
                        new JsonObject()
                                .put("scope", new JsonArray().add("booking"))
                                .put("grantorId", elder.toString())
                                .put("consentNote", "口头同意"))
                .withStatus(201);
        later();
        gridMember.delete("/v1/mandates/" + offered.id()).withStatus(204);

        // then
        assertThat(kinds(gridMember, "/v1/residents/" + elder + "/acts"))
                .containsExactly(
                        "mandate_revoked", "mandate_offered", "booking_made", "registered", "household_joined");
    }
}
