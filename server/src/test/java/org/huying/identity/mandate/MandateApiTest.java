package org.huying.identity.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.identity.mandate.MandateActs.accept;
import static org.huying.identity.mandate.MandateActs.offer;
import static org.huying.identity.mandate.MandateActs.offered;
import static org.huying.identity.mandate.MandateActs.report;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.huying.demo.district.DemoStructure;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 1: a mandate lets somebody act for a resident, with a scope and a term, until either side ends it. */
@Tag("long")
class MandateApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final MandateActs acts = new MandateActs(APP);

    private static List<String> notices(Api caller) {
        APP.runJobs();
        return caller.get("/v1/notifications?limit=100").items().stream()
                .map(each -> each.getString("kind"))
                .toList();
    }

    @Test
    void offeredAcceptedUsedForBookingsAndTicketsAndRevoked() {
        // given
        var elder = APP.resident(31);
        var elderId = DemoStructure.resident(31);
        var proxy = APP.resident(1);
        var offered = offered(elder, "booking", "ticket");

        // when
        var mandate = accept(proxy, offered).withStatus(200);

        // then
        assertThat(mandate.json().getString("status")).isEqualTo("active");
        assertThat(notices(elder)).contains("mandate_accepted");
        assertThat(notices(proxy)).contains("mandate_held");
        var made = proxy.post("/v1/bookings", acts.booking(1, 1, elderId)).withStatus(201);
        var listed = elder.get("/v1/bookings").items().stream()
                .filter(each -> each.getString("id").equals(made.id().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(listed.getString("dinerName")).isEqualTo("程秀英");
        assertThat(listed.getString("bookedByName")).isEqualTo("林晓岚");
        assertThat(proxy.get("/v1/bookings").items())
                .extracting(each -> each.getString("id"))
                .contains(made.id().toString());
        var ticket = proxy.post("/v1/tickets", report(31)).withStatus(201).id();
        assertThat(elder.get("/v1/tickets/" + ticket).status()).isEqualTo(200);
        proxy.post("/v1/tickets/" + ticket + "/urge").withStatus(200);
        var events = elder.get("/v1/tickets/" + ticket + "/events").items();
        assertThat(events).allSatisfy(event -> {
            var names = event.getJsonObject("shown").getJsonObject("names");
            assertThat(names.getString(event.getJsonObject("actor").getString("ref")))
                    .isEqualTo("林晓岚");
            assertThat(names.getString(event.getString("onBehalfOf"))).isEqualTo("程秀英");
        });
        proxy.post("/v1/bookings/" + made.id() + "/cancel").withStatus(200);
        var again = proxy.post("/v1/bookings", acts.booking(1, 2, elderId)).withStatus(201);

        // when
        elder.delete("/v1/mandates/" + mandate.id()).withStatus(204);

        // then
        assertThat(proxy.post("/v1/bookings", acts.booking(1, 3, elderId)).status())
                .isEqualTo(403);
        assertThat(proxy.post("/v1/bookings/" + again.id() + "/cancel").status())
                .isEqualTo(403);
        assertThat(proxy.get("/v1/tickets/" + ticket).status()).isEqualTo(404);
        assertThat(proxy.post("/v1/tickets", report(31)).status()).isEqualTo(403);
        assertThat(notices(elder)).contains("mandate_ended");
        assertThat(notices(proxy)).contains("mandate_ended");
        elder.delete("/v1/mandates/" + mandate.id()).withStatus(204);
    }

    @Test
    void theScopeIsKeptTo() {
        var elder = APP.resident(32);
        accept(APP.resident(2), offered(elder, "booking")).withStatus(200);
        accept(APP.resident(3), offered(elder, "ticket")).withStatus(200);
        var elderId = DemoStructure.resident(32);

        assertThat(APP.resident(2).post("/v1/tickets", report(32)).status()).isEqualTo(403);
        assertThat(APP.resident(2)
                        .post("/v1/bookings", acts.booking(2, 1, elderId))
                        .status())
                .isEqualTo(201);
        assertThat(APP.resident(3).post("/v1/tickets", report(32)).status()).isEqualTo(201);
        assertThat(APP.resident(3)
                        .post("/v1/bookings", acts.booking(2, 2, elderId))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theTermIsKeptTo() {
        // given
        var elder = APP.resident(33);
        var elderId = DemoStructure.resident(33);
        var proxy = APP.resident(4);
        var until = Instant.now().plusSeconds(3600);
        assertThat(elder.post("/v1/mandates", offer("booking").put("until", "2020-01-01T00:00:00+08:00"))
                        .faultsAndCodes())
                .containsExactly("/until until_past");
        var offered = elder.post("/v1/mandates", offer("booking").put("until", until.toString()))
                .withStatus(201);
        var mandate = accept(proxy, offered).withStatus(200).id();
        proxy.post("/v1/bookings", acts.booking(3, 1, elderId)).withStatus(201);

        // when
        acts.sql("UPDATE mandate SET valid_until = now() WHERE id = $1", mandate);

        // then
        assertThat(proxy.post("/v1/bookings", acts.booking(3, 2, elderId)).status())
                .isEqualTo(403);
        assertThat(proxy.get("/v1/mandates").items())
                .filteredOn(each -> each.getString("id").equals(mandate.toString()))
                .extracting(each -> each.getString("status"))
                .containsExactly("expired");
    }

    @Test
    void aCodeIsGoodOnceForSevenDaysAndOnlyItsHashIsKept() {
        // given
        var offered = offered(APP.resident(34), "booking");
        var code = offered.json().getString("inviteCode");
        var late = offered(APP.resident(34), "booking");
        var takenBack = offered(APP.resident(34), "booking");

        // when
        var typed = accept(
                APP.resident(5),
                " " + code.toLowerCase(Locale.ROOT).replace("-", " ").replace("2", "２"));
        acts.sql("UPDATE mandate SET invite_expires_at = now() WHERE id = $1", late.id());
        APP.resident(34).delete("/v1/mandates/" + takenBack.id()).withStatus(204);

        // then
        assertThat(typed.status()).as(typed.text()).isEqualTo(200);
        assertThat(accept(APP.resident(6), code).code()).isEqualTo("invite_unknown");
        assertThat(accept(APP.resident(6), late).code()).isEqualTo("invite_unknown");
        assertThat(accept(APP.resident(6), takenBack).code()).isEqualTo("invite_unknown");
        var expires = Instant.parse(offered.json().getString("inviteExpiresAt"));
        assertThat(expires)
                .isBetween(Instant.now().plusSeconds(6 * 86_400), Instant.now().plusSeconds(7 * 86_400));
        var rows = TestApp.await(APP.database()
                .read(client -> client.preparedQuery("SELECT m::text AS row FROM mandate m WHERE id = $1")
                        .execute(Tuple.of(late.id()))));
        var row = rows.iterator().next().getString("row");
        assertThat(row).doesNotContain(late.json().getString("inviteCode").replace("-", ""));
    }

    @Test
    void wrongCodesAreThrottledForEachPerson() {
        var guessing = APP.resident(7);
        for (int i = 0; i < 20; i++) {
            assertThat(accept(guessing, "2222-2222-222" + (i % 8 + 2)).status()).isEqualTo(404);
        }
        var stopped = accept(guessing, "3333-3333-3333");
        assertThat(stopped.status()).isEqualTo(429);
        assertThat(stopped.header("Retry-After")).isNotBlank();
        assertThat(accept(APP.resident(8), "3333-3333-3333").status()).isEqualTo(404);
    }

    @Test
    void nobodyTakesUpTheirOwnNorOneThatTheyOfferedForSomebody() {
        var offered = offered(APP.resident(35), "booking");
        assertThat(accept(APP.resident(35), offered).code()).isEqualTo("own_mandate");

        var gridMember = APP.staff("grid-member-1");
        var forElder = gridMember
                .post(
                        "/v1/mandates",
                        offer("booking")
                                .put("grantorId", DemoStructure.elder(1).toString())
                                .put("consentNote", "本人口头同意"))
                .withStatus(201);
        assertThat(accept(gridMember, forElder).code()).isEqualTo("own_mandate");
        accept(APP.resident(9), forElder).withStatus(200);
    }

    @Test
    void aGridMemberOffersForAnElderOfTheirPlaceWithANoteOrAPhotoOfTheConsent() {
        // given
        var elder = DemoStructure.elder(2).toString();
        var gridMember = APP.staff("grid-member-1");
        var photo = gridMember
                .upload("/v1/photos", Pictures.jpeg(64, 48))
                .withStatus(201)
                .id();
        var ofOthers = APP.resident(10)
                .upload("/v1/photos", Pictures.jpeg(64, 48))
                .withStatus(201)
                .id();

        // then
        assertThat(gridMember.post("/v1/mandates", offer("booking")).faultsAndCodes())
                .containsExactly("/grantorId grantor_missing");
        assertThat(gridMember
                        .post("/v1/mandates", offer("booking").put("grantorId", elder))
                        .faultsAndCodes())
                .containsExactly("/consentNote consent_missing");
        assertThat(gridMember
                        .post(
                                "/v1/mandates",
                                offer("booking")
                                        .put("grantorId", elder)
                                        .put("until", "2020-01-01T00:00:00Z")
                                        .put("consentPhotoId", ofOthers.toString()))
                        .faultsAndCodes())
                .containsExactly("/consentPhotoId photo_unknown", "/until until_past");
        assertThat(APP.staff("grid-member-2")
                        .post(
                                "/v1/mandates",
                                offer("booking").put("grantorId", elder).put("consentNote", "同意"))
                        .status())
                .isEqualTo(404);
        assertThat(APP.resident(10)
                        .post("/v1/mandates", offer("booking").put("grantorId", elder))
                        .status())
                .isEqualTo(403);
        assertThat(APP.staff("dispatcher-1")
                        .post("/v1/mandates", offer("booking"))
                        .status())
                .isEqualTo(403);

        // when
        var offered = gridMember
                .post("/v1/mandates", offer("booking").put("grantorId", elder).put("consentPhotoId", photo.toString()))
                .withStatus(201);
        accept(APP.resident(10), offered).withStatus(200);

        // then
        var picture = "/v1/photos/" + photo;
        assertThat(gridMember.get(picture).status()).isEqualTo(200);
        assertThat(APP.resident(10).get(picture).status()).isEqualTo(200);
        assertThat(APP.resident(11).get(picture).status()).isEqualTo(404);
        var seen = gridMember.get("/v1/mandates?residentId=" + elder).items();
        assertThat(seen.get(0).getJsonObject("grantor").getString("name")).isEqualTo("蒋**");
        assertThat(APP.staff("grid-member-2")
                        .get("/v1/mandates?residentId=" + elder)
                        .status())
                .isEqualTo(404);
        assertThat(APP.resident(10).get("/v1/mandates?residentId=" + elder).status())
                .isEqualTo(404);
    }

    @Test
    void eitherSideAndTheGridMemberEndItAndNobodyElse() {
        for (var by : new Api[] {APP.resident(36), APP.resident(12), APP.staff("grid-member-2")}) {
            var mandate = "/v1/mandates/"
                    + accept(APP.resident(12), offered(APP.resident(36), "booking"))
                            .withStatus(200)
                            .id();
            assertThat(APP.resident(13).delete(mandate).status()).isEqualTo(404);
            assertThat(APP.staff("grid-member-1").delete(mandate).status()).isEqualTo(404);
            assertThat(APP.staff("admin").delete(mandate).status()).isEqualTo(404);
            by.delete(mandate).withStatus(204);
            assertThat(APP.resident(12)
                            .post("/v1/bookings", acts.booking(1, 4, DemoStructure.resident(36)))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void betweenTwoPeopleOneIsInForceAndTheNextTakesItsPlace() {
        // given
        var elder = APP.resident(37);
        var first =
                accept(APP.resident(14), offered(elder, "booking", "ticket")).withStatus(200);

        // when
        accept(APP.resident(14), offered(elder, "booking")).withStatus(200);

        // then
        assertThat(elder.get("/v1/mandates").items())
                .extracting(each -> each.getString("status"))
                .containsExactly("active", "revoked");
        assertThat(elder.get("/v1/mandates").items().get(1).getString("id"))
                .isEqualTo(first.id().toString());
        assertThat(APP.resident(14).post("/v1/tickets", report(37)).status()).isEqualTo(403);
    }

    @Test
    void theDemoHasAnOfferThatAnybodyMayTakeUp() {
        assertThat(accept(APP.resident(16), "HUYN-GDEM-2345").status()).isEqualTo(200);
    }

    @Test
    void aResidentGivesAtMostTwenty() {
        var grantor = APP.wechat("demo-new-generous");
        for (int i = 0; i < 20; i++) {
            offered(grantor, "booking");
        }
        assertThat(grantor.post("/v1/mandates", offer("booking")).code()).isEqualTo("mandates_full");
    }
}
