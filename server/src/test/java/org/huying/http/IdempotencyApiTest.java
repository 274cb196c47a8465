package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same key, caller, operation and body gives the first successful answer again, byte for byte. */
class IdempotencyApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    @Test
    void theSecondAnswerIsTheFirst() {
        var caller = withKey(1);

        var first = caller.post("/v1/tickets", report(1, "楼道灯不亮"));
        var second = caller.post("/v1/tickets", report(1, "楼道灯不亮"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        var caller = withKey(2);
        caller.post("/v1/tickets", report(2, "楼道灯不亮"));

        var other = caller.post("/v1/tickets", report(2, "单元门打不开"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void theSameInAnotherOrderAndSpellingIsTheSame() {
        var caller = withKey(10);
        var first = caller.post("/v1/tickets", report(10, "楼道灯不亮").put("location", place(30.5, 120)));

        var second = caller.postText("/v1/tickets", "application/json", """
                { "location" : {"lng":1.20e2, "lat":30.50},
                  "description":"\\u697c道灯不亮", "householdId":"%s",
                  "serviceItemCode":"light-out"}
                """.formatted(DemoStructure.household(10)))
                .join();

        assertThat(second.withStatus(201).text())
                .isEqualTo(first.withStatus(201).text());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(caller.post("/v1/tickets", report(10, "楼道灯不亮").put("location", place(30.5, 121)))
                        .code())
                .isEqualTo("idempotency_key_reused");
    }

    @Test
    void aBodyWithoutFieldsIsTheSameAsNone() {
        var caller = withKey(4);
        var ticket = APP.resident(4).post("/v1/tickets", report(4, "楼道灯不亮")).id();

        var first = caller.post("/v1/tickets/" + ticket + "/urge");
        var second = caller.post("/v1/tickets/" + ticket + "/urge", new JsonObject());

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void aRefusalLeavesTheKeyFree() {
        var caller = withKey(3);
        var refused = caller.post("/v1/tickets", report(4, "别人家的事"));

        var retried = caller.post("/v1/tickets", report(3, "自己家的事"));

        assertThat(refused.status()).isBetween(400, 499);
        assertThat(retried.status()).isEqualTo(201);
    }

    @Test
    void aKeyIsOfOneCaller() {
        var key = UUID.randomUUID().toString();

        var mine = APP.resident(5).with("Idempotency-Key", key).post("/v1/tickets", report(5, "灯"));
        var yours = APP.resident(6).with("Idempotency-Key", key).post("/v1/tickets", report(6, "灯"));

        assertThat(yours.status()).isEqualTo(201);
        assertThat(yours.id()).isNotEqualTo(mine.id());
    }

    @Test
    void manyAtOnceHaveOneEffect() {
        var caller = withKey(7);

        var replies =
                IntStream.range(0, 20)
                        .mapToObj(i -> caller.postLater("/v1/tickets", report(7, "水管漏水")))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(replies.stream()
                        .filter(r -> r.status() == 201)
                        .map(Reply::id)
                        .distinct())
                .hasSize(1);
        assertThat(replies.stream().filter(r -> r.status() != 201))
                .allSatisfy(r -> assertThat(r.code()).isEqualTo("request_in_progress"));
        assertThat(APP.resident(7).get("/v1/tickets").items()).hasSize(1);
    }

    @Test
    void whoAsksAgainHearsTheAnswerAlsoWhileOthersAskAgain() {
        // given
        var key = UUID.randomUUID().toString();
        var caller = APP.resident(9).with("Idempotency-Key", key);
        var first = caller.post("/v1/tickets", report(9, "灯"));
        var claim = new Idempotency.Claim(
                new Idempotency.Key(DemoStructure.districtId(), DemoStructure.resident(9), "submitTicket", key),
                Buffer.buffer());
        var idempotency = new Idempotency(APP.cipher(), Clock.systemUTC());

        // when
        var again = TestApp.await(APP.database()
                .inTransaction(transaction -> idempotency
                        .claim(transaction, List.of(claim))
                        .compose(held -> Future.fromCompletionStage(caller.postLater("/v1/tickets", report(9, "灯"))))));

        // then
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void aKeyOfAnotherAlphabetIsMalformed() {
        var reply = APP.resident(8).with("Idempotency-Key", "a b").post("/v1/tickets", report(8, "灯"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.faults()).containsExactly("/header/Idempotency-Key");
    }

    private static Api withKey(int resident) {
        return APP.resident(resident).with("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static JsonObject place(double lat, int lng) {
        return new JsonObject().put("lat", lat).put("lng", lng);
    }

    private static JsonObject report(int household, String words) {
        return new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("householdId", DemoStructure.household(household).toString())
                .put("description", words);
    }
}
