package org.huying.identity.household;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.huying.demo.district.DemoStructure;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 1: a member sees and acts on household tickets reported since they joined; who left keeps their own. */
@Tag("long")
class NextTenantApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final List<String> ACTIONS = List.of(
            "provide-info {\"message\":\"见附图\"}",
            "confirm {}",
            "reopen {\"reason\":\"又坏了\"}",
            "cancel {}",
            "comment {\"text\":\"怎么还没修\"}",
            "urge {}",
            "rate {\"rating\":1}");

    /** A report, and the photo that came with it. */
    private record Reported(UUID id, String photo) {}

    private static UUID member(Api resident, int home) {
        var members = "/v1/households/" + DemoStructure.household(home) + "/members";
        var asked = resident.post(members, new JsonObject().put("role", "tenant"))
                .withStatus(201)
                .id();
        later();
        APP.staff("grid-member-1").post(members + "/" + asked + "/approve").withStatus(200);
        later();
        return asked;
    }

    private static void leave(Api resident, int home, UUID member) {
        resident.delete("/v1/households/" + DemoStructure.household(home) + "/members/" + member)
                .withStatus(204);
        later();
    }

    private static Reply report(Api reporter, int home, String item, JsonObject more) {
        var report = new JsonObject()
                .put("serviceItemCode", item)
                .put("householdId", DemoStructure.household(home).toString())
                .put("description", Said.anew("楼道灯坏了"))
                .mergeIn(more);
        return reporter.post("/v1/tickets", report);
    }

    private static Reported reported(Api reporter, int home, String item) {
        var photo = reporter.upload("/v1/photos", Pictures.jpeg(24, 16))
                .withStatus(201)
                .id()
                .toString();
        var made = report(reporter, home, item, new JsonObject().put("photoIds", new JsonArray().add(photo)));
        later();
        return new Reported(made.withStatus(201).id(), photo);
    }

    private static void later() {
        APP.clock().advance(Duration.ofMinutes(1));
    }

    private static Api proxyOf(Api grantor, int proxy) {
        var offered = grantor.post("/v1/mandates", new JsonObject().put("scope", new JsonArray().add("ticket")))
                .withStatus(201);
        var code = new JsonObject().put("inviteCode", offered.json().getString("inviteCode"));
        APP.resident(proxy).post("/v1/mandates/accept", code).withStatus(200);
        return APP.resident(proxy);
    }

    private static void assertSees(Api who, int home, Reported ticket, boolean sees) {
        var status = sees ? 200 : 404;
        var path = "/v1/tickets/" + ticket.id();
        for (var each : List.of(path, path + "/events", path + "/completion")) {
            assertThat(who.get(each).status()).as(each).isEqualTo(status);
        }
        for (var photo : List.of("", "/thumbnail")) {
            assertThat(who.get("/v1/photos/" + ticket.photo() + photo).status())
                    .as("photo %s", photo)
                    .isEqualTo(status);
        }
        var listed = who.get("/v1/tickets?limit=100").withStatus(200).items();
        var question = new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("householdId", DemoStructure.household(home).toString())
                .put("text", "楼道灯坏了");
        var similar = who.post("/v1/tickets/similar", question).withStatus(200).items();
        for (var found : List.of(listed, similar)) {
            assertThat(found.stream()
                            .anyMatch(each ->
                                    each.getString("id").equals(ticket.id().toString())))
                    .isEqualTo(sees);
        }
        var open = List.of("submitted", "accepted", "assigned", "in_progress", "waiting_info", "suspended");
        assertThat(who.get("/v1/tickets/counts").withStatus(200).json().getLong("open"))
                .as("counted")
                .isEqualTo(listed.stream()
                        .filter(each -> open.contains(each.getString("status")))
                        .count());
    }

    private static void assertDoesNothingWith(Api who, Reported ticket) {
        for (var action : ACTIONS) {
            var name = action.substring(0, action.indexOf(' '));
            var body = new JsonObject(action.substring(action.indexOf(' ') + 1));
            assertThat(who.post("/v1/tickets/" + ticket.id() + "/" + name, body).status())
                    .as(action)
                    .isEqualTo(404);
        }
    }

    private static String export(Api who) throws IOException {
        var archive = who.get("/v1/me/export").withStatus(200).body().getBytes();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            zip.getNextEntry();
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whoJoinsSeesWhatIsReportedFromThenOnAndSoDoesWhoActsForThem() throws IOException {
        // given
        var early = reported(APP.resident(7), 7, "light-out");
        var tenant = APP.wechat("demo-new-next-tenant");

        // when
        member(tenant, 7);
        var proxy = proxyOf(tenant, 26);
        var late = reported(APP.resident(7), 7, "light-out");

        // then
        for (var who : List.of(tenant, proxy)) {
            assertSees(who, 7, early, false);
            assertDoesNothingWith(who, early);
            assertSees(who, 7, late, true);
            assertThat(who.post("/v1/tickets/" + late.id() + "/urge").status()).isEqualTo(200);
        }
        assertThat(tenant.get("/v1/me/acts?limit=100").text())
                .doesNotContain(early.id().toString());
        assertThat(export(tenant)).doesNotContain(early.id().toString()).doesNotContain(early.photo());
        assertSees(APP.resident(7), 7, early, true);
    }

    @Test
    void whoLeftKeepsTheirOwnAndWhoComesBackBeginsAnew() {
        // given
        var tenant = APP.wechat("demo-new-coming-and-going");
        var proxy = proxyOf(tenant, 27);
        var first = member(tenant, 13);
        var own = reported(tenant, 13, "light-out");
        var others = reported(APP.resident(13), 13, "light-out");

        // when
        leave(tenant, 13, first);
        var meanwhile = reported(APP.resident(13), 13, "light-out");

        // then
        for (var who : List.of(tenant, proxy)) {
            assertSees(who, 13, own, true);
            assertThat(who.post("/v1/tickets/" + own.id() + "/urge").status()).isEqualTo(200);
            for (var ticket : List.of(others, meanwhile)) {
                assertSees(who, 13, ticket, false);
                assertDoesNothingWith(who, ticket);
            }
        }
        assertThat(report(tenant, 13, "light-out", new JsonObject()).status()).isEqualTo(404);

        // when
        member(tenant, 13);
        var afterwards = reported(APP.resident(13), 13, "light-out");

        // then
        for (var who : List.of(tenant, proxy)) {
            assertSees(who, 13, own, true);
            assertSees(who, 13, others, false);
            assertSees(who, 13, meanwhile, false);
            assertSees(who, 13, afterwards, true);
        }
        assertThat(report(tenant, 13, "light-out", new JsonObject()).status()).isEqualTo(201);
    }

    @Test
    void whoseReportWasMergedIntoAnOlderOneSeesThatOne() {
        // given
        var early = reported(APP.resident(19), 19, "light-out");
        var tenant = APP.wechat("demo-new-merged-tenant");
        member(tenant, 19);
        assertSees(tenant, 19, early, false);
        var own = reported(tenant, 19, "light-out");

        // when
        APP.staff("dispatcher-1")
                .post(
                        "/v1/tickets/" + own.id() + "/merge",
                        new JsonObject().put("intoTicketId", early.id().toString()))
                .withStatus(200);

        // then
        assertSees(tenant, 19, early, true);
        assertThat(tenant.post("/v1/tickets/" + early.id() + "/urge").status()).isEqualTo(200);
    }
}
