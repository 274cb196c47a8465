package org.huying.identity.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A resident binds the number that WeChat vouches for. */
class PhoneApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static Reply bind(Api caller, String code) {
        return caller.post("/v1/me/phone", new JsonObject().put("code", code));
    }

    /** Of this run alone. */
    private static Api somebody() {
        return APP.wechat("demo-new-" + UUID.randomUUID());
    }

    private static String id(Api caller) {
        return caller.get("/v1/me").json().getString("id");
    }

    private static String phoneOf(String id) {
        return await(APP.database()
                .read(client -> client.preparedQuery("SELECT phone_sealed FROM resident WHERE id = $1")
                        .execute(Tuple.of(UUID.fromString(id)))
                        .map(rows -> APP.cipher().open(rows.iterator().next().getBuffer("phone_sealed")))));
    }

    @Test
    void theNumberIsSealedAndAnsweredMaskedAndFoundAtTheCounter() {
        // given
        var resident = somebody();
        var id = id(resident);

        // when
        var bound = bind(resident, "demo-phone-13912340001").withStatus(200);

        // then
        assertThat(bound.json())
                .isEqualTo(new JsonObject().put("phone", "139****0001").put("offers", new JsonArray()));
        assertThat(phoneOf(id)).isEqualTo("13912340001");
        var found = APP.staff("canteen-operator-1").get("/v1/residents?query=13912340001");
        assertThat(found.items()).extracting(each -> each.getString("id")).containsExactly(id);
    }

    @Test
    void anotherNumberReplacesTheFirst() {
        // given
        var resident = somebody();
        bind(resident, "demo-phone-13912340002").withStatus(200);

        // when
        bind(resident, "demo-phone-13912340003").withStatus(200);

        // then
        assertThat(phoneOf(id(resident))).isEqualTo("13912340003");
        assertThat(APP.staff("canteen-operator-1")
                        .get("/v1/residents?query=13912340002")
                        .items())
                .isEmpty();
    }

    @Test
    void aNumberMayStandWithSeveralOfAFamilyAndMergesNobody() {
        // given: an elder registered with his daughter's number
        var elder = APP.staff("grid-member-1")
                .post(
                        "/v1/residents",
                        new JsonObject()
                                .put("name", "司马远山")
                                .put("birthDate", "1940-02-03")
                                .put("birthDateVerified", true)
                                .put("phone", "13912340004")
                                .put("consentNote", "口头同意"));
        var daughter = somebody();

        // when
        bind(daughter, "demo-phone-13912340004").withStatus(200);

        // then
        var found = APP.staff("canteen-operator-1").get("/v1/residents?query=13912340004");
        assertThat(found.items())
                .extracting(each -> each.getString("id"))
                .containsExactlyInAnyOrder(elder.id().toString(), id(daughter));
    }

    @ParameterizedTest
    @CsvSource({
        "anything, 422, phone_code_invalid",
        "demo-resident-1, 422, phone_code_invalid",
        "error-40013, 422, phone_code_invalid",
        "error--1, 503, wechat_unavailable",
        "error-45011, 503, wechat_unavailable",
        "error-48001, 503, wechat_unavailable",
        "error-garbage, 503, wechat_unavailable"
    })
    void whatGivesNoNumberChangesNothing(String code, int status, String problem) {
        // given
        var resident = somebody();
        bind(resident, "demo-phone-13912340005").withStatus(200);

        // when
        var refused = bind(resident, code);

        // then
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(problem);
        assertThat(phoneOf(id(resident))).isEqualTo("13912340005");
    }

    @Test
    void aRepetitionIsTheFirstAnswerAgainAndIsNotCounted() {
        // given
        var resident = somebody();
        var again = resident.with("Idempotency-Key", UUID.randomUUID().toString());
        var first = bind(again, "demo-phone-13912340006").withStatus(200);

        // when
        var second = bind(again, "demo-phone-13912340006").withStatus(200);

        // then
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.headers().firstValue("RateLimit")).isEmpty();
        assertThat(bind(resident, "demo-phone-13912340006").header("RateLimit")).startsWith("\"phone\";r=8;t=");
    }

    @Test
    void itIsForResidents() {
        assertThat(bind(APP.anyone(), "demo-phone-13912340007").status()).isEqualTo(401);
        assertThat(bind(APP.staff("worker-1"), "demo-phone-13912340007").status())
                .isEqualTo(403);
        assertThat(bind(somebody(), "").faults()).containsExactly("/code");
    }
}
