package org.huying.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.huying.demo.wechat.WeChatSimulator;
import org.huying.kernel.Ids;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notices as WeChat messages, against the simulator; whoever has a code of their own gets answers of their own. */
@Tag("long")
class WeChatMessageTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String CONSENTS = "/v1/notification-consents";

    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final JsonObject YES = answers("booking", true);

    @Test
    void oneConsentIsGoodForOneMessage() {
        // given
        var code = "demo-new-once";
        assertThat(remaining(APP.wechat(code), "booking")).isZero();
        assertThat(consent(code, YES).status()).isEqualTo(200);

        // when
        tell(code);
        tell(code);
        APP.runJobs();

        // then
        assertThat(sentTo(code)).singleElement().satisfies(message -> {
            assertThat(message.getString("template_id"))
                    .isEqualTo(item(APP.wechat(code), "booking").getString("templateId"));
            assertThat(message.getString("page")).startsWith("pages/bookings/detail?id=");
            assertThat(value(message, "phrase1")).isEqualTo("候补成功");
            assertThat(value(message, "thing2")).isEqualTo("名字很长很长很长很长很长的社区孝老食堂…");
            assertThat(value(message, "date3")).isEqualTo("2026年3月2日");
            assertThat(value(message, "phrase4")).isEqualTo("午餐");
        });
        assertThat(inbox(code)).hasSize(2);
        assertThat(remaining(APP.wechat(code), "booking")).isZero();
        assertThat(results(code)).containsExactly("sent");
    }

    @Test
    void withoutAConsentThereIsTheInbox() {
        // given
        var code = "demo-new-shy";
        consent(code, answers("booking", false));
        consent(code, answers("ticket", true));

        // when
        tell(code);
        APP.runJobs();

        // then
        assertThat(sentTo(code)).isEmpty();
        assertThat(inbox(code)).hasSize(1);
        assertThat(remaining(APP.wechat(code), "ticket")).isEqualTo(1);
    }

    @Test
    void aRefusalIsFinal() {
        // given
        var code = "demo-new-gets-43101x1-li";
        consent(code, YES);
        consent(code, YES);

        // when
        tell(code);
        APP.runJobs();
        APP.clock().advance(Duration.ofDays(2));
        APP.runJobs();

        // then
        assertThat(sentTo(code)).isEmpty();
        assertThat(results(code)).containsExactly("refused");
        assertThat(jobsOf(code)).isEmpty();
        assertThat(inbox(code)).hasSize(1);
        assertThat(remaining(APP.wechat(code), "booking")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1x2", "42001x4", "silencex1", "downx1", "garbagex1", "45011x1", "77777x1"})
    void whatPassesIsTriedAgainLaterAndLater(String answer) {
        // given
        var code = "demo-new-gets-" + answer + "-zhao";
        consent(code, YES);

        // when
        tell(code);
        APP.runJobs();
        var put = jobsOf(code);
        APP.runJobs();
        var notYet = jobsOf(code);
        var delivered = inbox(code);
        for (int i = 0; i < 3; i++) {
            APP.clock().advance(Duration.ofMinutes(1));
            APP.runJobs();
        }

        // then
        assertThat(put).singleElement().satisfies(job -> {
            assertThat(job.getInteger("attempts")).isEqualTo(1);
            assertThat(job.getString("failure")).isEqualTo("wechat_unavailable");
        });
        assertThat(notYet)
                .singleElement()
                .satisfies(job -> assertThat(job.getInteger("attempts")).isEqualTo(1));
        assertThat(delivered).hasSize(1);
        assertThat(sentTo(code)).hasSize(1);
        assertThat(results(code)).containsExactly("sent");
    }

    @Test
    void whatNeverPassesIsGivenUpAndTheLedgerSaysSo() {
        // given
        var code = "demo-new-gets--1-never";
        consent(code, YES);

        // when
        tell(code);
        for (int i = 0; i < 15; i++) {
            APP.runJobs();
            APP.clock().advance(Duration.ofHours(2));
        }

        // then
        assertThat(jobsOf(code))
                .singleElement()
                .satisfies(
                        job -> assertThat(job.getOffsetDateTime("given_up_at")).isNotNull());
        assertThat(results(code)).containsExactly("given_up");
        assertThat(remaining(APP.wechat(code), "booking")).isZero();
    }

    @Test
    void aSpentQuotaWaitsForTheNextDayAndDoesNotCount() {
        // given
        var code = "demo-new-gets-45009x1-sun";
        consent(code, YES);
        var today = LocalDate.ofInstant(APP.clock().instant(), SHANGHAI).plusDays(1);
        APP.clock().set(today.atTime(9, 0).atZone(SHANGHAI).toInstant());

        // when
        tell(code);
        APP.runJobs();
        var waiting = jobsOf(code);
        APP.clock().set(today.atTime(23, 59).atZone(SHANGHAI).toInstant());
        APP.runJobs();
        var stillWaiting = sentTo(code);
        APP.clock().set(today.plusDays(1).atStartOfDay(SHANGHAI).toInstant());
        APP.runJobs();

        // then
        assertThat(waiting).singleElement().satisfies(job -> {
            assertThat(job.getInteger("attempts")).isZero();
            assertThat(job.getString("failure")).isEqualTo("wechat_quota");
        });
        assertThat(stillWaiting).isEmpty();
        assertThat(sentTo(code)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {40003, 40037, 47003})
    void aFaultOfOursIsGivenUpAndCostsTheResidentNothing(int errcode) {
        // given
        var code = "demo-new-gets-" + errcode + "x1-fault";
        consent(code, YES);

        // when
        tell(code);
        APP.runJobs();
        var givenUp = jobsOf(code);
        var kept = remaining(APP.wechat(code), "booking");
        // Somebody mends it, and does what the operations guide says.
        sql("UPDATE job SET attempts = 0, given_up_at = NULL WHERE given_up_at IS NOT NULL");
        APP.runJobs();

        // then
        assertThat(givenUp).singleElement().satisfies(job -> {
            assertThat(job.getString("failure")).isEqualTo("wechat_" + errcode);
            assertThat(job.getOffsetDateTime("given_up_at")).isNotNull();
        });
        assertThat(kept).isEqualTo(1);
        assertThat(sentTo(code)).hasSize(1);
        assertThat(remaining(APP.wechat(code), "booking")).isZero();
    }

    @Test
    void noMoreThanTwentyAreKept() {
        // given
        var code = "demo-new-eager";

        // when
        var given = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 30; i++) {
            given.add(APP.wechat(code).postLater(CONSENTS, YES));
        }
        given.forEach(CompletableFuture::join);

        // then
        assertThat(remaining(APP.wechat(code), "booking")).isEqualTo(20);
    }

    @Test
    void theSameKeyGivesOneConsent() {
        // given
        var resident = APP.wechat("demo-new-twice").with("Idempotency-Key", "consents-1");

        // when
        resident.post(CONSENTS, YES);
        var replayed = resident.post(CONSENTS, YES);

        // then
        assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(remaining(resident, "booking")).isEqualTo(1);
    }

    @Test
    void staffAreAskedForNothing() {
        // given
        var operator = APP.staff("canteen-operator-1");

        // when
        var given = operator.post(CONSENTS, YES);

        // then
        assertThat(given.status()).isEqualTo(200);
        assertThat(given.json().getJsonArray("items")).isEmpty();
        assertThat(operator.get(CONSENTS).json().getJsonArray("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"consents\":[]}",
                "{\"consents\":[{\"template\":\"weather\",\"accepted\":true}]}",
                "{\"consents\":[{\"template\":\"booking\"}]}",
                "{\"consents\":[{\"template\":\"booking\",\"accepted\":null}]}"
            })
    void whatIsNoAnswerIsRefused(String body) {
        assertThat(consent("demo-new-wrong", new JsonObject(body)).status()).isEqualTo(400);
    }

    @Test
    void whoHasNotLoggedInSinceOpenidsAreKeptIsReachedAfterTheNextLogin() {
        // given
        var code = "demo-new-early";
        consent(code, YES);
        var index = APP.cipher().index(WeChatSimulator.openidOf(code));
        sql("UPDATE wechat_login SET openid_sealed = NULL WHERE openid_index = $1", index);

        // when
        tell(code);
        APP.runJobs();
        var before = sentTo(code);
        APP.anyone().post("/v1/auth/wechat", new JsonObject().put("code", code));
        tell(code);
        APP.runJobs();

        // then
        assertThat(before).isEmpty();
        assertThat(sentTo(code)).hasSize(1);
        assertThat(inbox(code)).hasSize(2);
    }

    private static JsonObject answers(String template, boolean accepted) {
        return new JsonObject()
                .put(
                        "consents",
                        new JsonArray()
                                .add(new JsonObject().put("template", template).put("accepted", accepted)));
    }

    private static Reply consent(String code, JsonObject answers) {
        return APP.wechat(code).post(CONSENTS, answers);
    }

    private static JsonObject item(Api caller, String template) {
        return caller.get(CONSENTS).items().stream()
                .filter(each -> each.getString("template").equals(template))
                .findFirst()
                .orElseThrow();
    }

    private static int remaining(Api caller, String template) {
        return item(caller, template).getInteger("remaining");
    }

    /** Something happens to a booking of theirs. */
    private static void tell(String code) {
        var facts = new JsonObject()
                .put("mealId", Ids.next().toString())
                .put("canteen", "名字很长很长很长很长很长的社区孝老食堂第一分店")
                .put("date", "2026-03-02")
                .put("period", "lunch");
        var notice = new Notice(idOf(code), Notice.Kind.BOOKING_PROMOTED, Ids.next(), facts);
        var district = districtOf(code);
        TestApp.await(APP.database()
                .inTransaction(transaction -> new Notices()
                        .tell(
                                transaction,
                                district,
                                List.of(notice),
                                APP.clock().instant())));
    }

    private static UUID idOf(String code) {
        return UUID.fromString(APP.wechat(code).get("/v1/me").json().getString("id"));
    }

    private static UUID districtOf(String code) {
        return sql("SELECT district_id FROM person_district WHERE person_id = $1", idOf(code))
                .get(0)
                .getUUID(0);
    }

    private static List<JsonObject> inbox(String code) {
        return APP.wechat(code).get("/v1/notifications").items();
    }

    private static List<JsonObject> sentTo(String code) {
        return APP.sentMessages().stream()
                .filter(each -> each.getString("touser").equals(WeChatSimulator.openidOf(code)))
                .toList();
    }

    private static String value(JsonObject message, String field) {
        return message.getJsonObject("data").getJsonObject(field).getString("value");
    }

    /** What became of the consents that were spent. */
    private static List<String> results(String code) {
        return sql("SELECT result FROM notification_consent WHERE person_id = $1 AND spent_at IS NOT NULL", idOf(code))
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static List<Row> jobsOf(String code) {
        return sql("""
                SELECT j.attempts, j.failure, j.due_at, j.given_up_at
                FROM job j JOIN notification n ON n.district_id = j.district_id AND n.id = j.subject_id
                WHERE j.kind = 'send_wechat_message' AND n.recipient_id = $1
                """, idOf(code));
    }

    private static List<Row> sql(String statement, Object... values) {
        return TestApp.await(APP.database()
                .read(client -> client.preparedQuery(statement)
                        .execute(Tuple.from(values))
                        .map(rows ->
                                StreamSupport.stream(rows.spliterator(), false).toList())));
    }
}
