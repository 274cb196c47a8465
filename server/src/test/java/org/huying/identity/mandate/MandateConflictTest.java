package org.huying.identity.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.identity.mandate.MandateActs.accept;
import static org.huying.identity.mandate.MandateActs.offered;
import static org.huying.identity.mandate.MandateActs.report;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Eventually;
import org.huying.testing.HeldTransaction;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 1: whoever works for the firm does not speak for those whom it serves. */
class MandateConflictTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final MandateActs acts = new MandateActs(APP);

    @Test
    void staffOfAFirmHoldNoTicketMandateOfResidentsWhomItServes() {
        // given: resident 38 lives in compound 2, which firm 1 serves
        var elder = APP.resident(38);
        var offered = offered(elder, "booking", "ticket");

        // then
        assertThat(accept(APP.staff("worker-1"), offered).code()).isEqualTo("mandate_conflict");
        assertThat(accept(APP.staff("dispatcher-1"), offered).code()).isEqualTo("mandate_conflict");
        accept(APP.staff("worker-2"), offered).withStatus(200);
        accept(APP.staff("worker-1"), offered(elder, "booking")).withStatus(200);
    }

    @Test
    void aTicketMandateRestsWhileItsHolderWorksForTheFirmThatServesTheResident() {
        // given
        var proxy = APP.resident(15);
        var proxyId = DemoStructure.resident(15);
        accept(proxy, offered(APP.resident(39), "booking", "ticket")).withStatus(200);
        proxy.post("/v1/tickets", report(39)).withStatus(201);

        // when: hired by firm 2, which serves compound 3
        hire(proxyId, DemoStructure.firm(2));

        // then
        assertThat(proxy.post("/v1/tickets", report(39)).status()).isEqualTo(403);
        assertThat(proxy.post("/v1/bookings", acts.booking(2, 1, DemoStructure.resident(39)))
                        .status())
                .isEqualTo(201);

        // when: and gone again
        acts.sql("DELETE FROM role_grant WHERE staff_id = $1", proxyId);
        assertThat(proxy.post("/v1/tickets", report(39)).status()).isEqualTo(201);
    }

    @Test
    void itRestsAlsoWhileItsHolderWorksForACooperativeOfThatFirm() {
        // given: resident 38 lives in compound 2, which firm 1 serves
        var proxy = APP.resident(17);
        var proxyId = DemoStructure.resident(17);
        accept(proxy, offered(APP.resident(38), "booking", "ticket")).withStatus(200);
        proxy.post("/v1/tickets", report(38)).withStatus(201);

        // when: hired by the cooperative whose workers firm 1 sends
        hire(proxyId, DemoStructure.here().organization("cooperative"));

        // then
        assertThat(proxy.post("/v1/tickets", report(38)).status()).isEqualTo(403);
        assertThat(accept(proxy, offered(APP.resident(38), "ticket")).code()).isEqualTo("mandate_conflict");

        // when: the contract ends
        acts.sql("DELETE FROM contract WHERE organization_id = $1", DemoStructure.firm(1));
        assertThat(proxy.post("/v1/tickets", report(38)).status()).isEqualTo(201);
    }

    @Test
    void ofSeveralWhoTakeUpOneCodeAtOnceOneDoes() {
        // given
        var code = new JsonObject()
                .put("inviteCode", offered(APP.resident(30), "booking").json().getString("inviteCode"));

        // when: all have come as far as they can while the grantor is held
        var held = HeldTransaction.after(
                APP.database(), "SELECT 1 FROM resident WHERE id = $1 FOR UPDATE", DemoStructure.resident(30));
        var replies = IntStream.rangeClosed(1, 3)
                .mapToObj(number -> APP.resident(number).postLater("/v1/mandates/accept", code))
                .toList();
        Eventually.until("all wait", () -> held.waiting() == 3);
        held.commit();

        // then
        assertThat(replies.stream().map(CompletableFuture::join))
                .extracting(Reply::status)
                .containsExactlyInAnyOrder(200, 404, 404);
    }

    private void hire(UUID personId, UUID organizationId) {
        acts.sql(
                "INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)",
                DemoStructure.districtId(),
                personId,
                APP.cipher().sealBytes("高梦洁".getBytes(StandardCharsets.UTF_8)));
        acts.sql(
                "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id)"
                        + " VALUES ($1, $2, 'worker', 'organization', $3)",
                DemoStructure.districtId(),
                personId,
                organizationId);
    }
}
