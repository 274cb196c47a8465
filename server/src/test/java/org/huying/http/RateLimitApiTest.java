package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits as callers see them; the test's node believes this machine as it would a load balancer. */
class RateLimitApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final JsonObject NO_CODE = new JsonObject().put("code", "no-such-code");

    /** An address that nobody else has in this run. */
    private static String address() {
        var random = ThreadLocalRandom.current();
        return "2001:db8:" + Integer.toHexString(random.nextInt(1 << 16)) + ":"
                + Integer.toHexString(random.nextInt(1 << 16)) + "::1";
    }

    private static Api from(String forwardedFor) {
        return APP.anyone().with("X-Forwarded-For", forwardedFor);
    }

    private static Reply login(Api caller) {
        return caller.post("/v1/auth/wechat", NO_CODE);
    }

    private static int left(Reply reply) {
        return Integer.parseInt(reply.header("RateLimit").replaceAll(".*;r=([0-9]+);.*", "$1"));
    }

    @Test
    void whatIsLeftIsSaidOnSuccessesAndRefusals() {
        // given
        var address = address();
        var code = new JsonObject().put("code", "demo-resident-1");

        // when
        var success = from(address).post("/v1/auth/wechat", code).withStatus(200);
        var refusal = login(from(address)).withStatus(401);

        // then
        for (var reply : new Reply[] {success, refusal}) {
            assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"login\";q=1000;w=60");
            assertThat(reply.header("RateLimit")).matches("\"login\";r=99[89];t=([1-9]|[1-5][0-9]|60)");
        }
        assertThat(left(success) - left(refusal)).isEqualTo(1);
    }

    @Test
    void theCallBeyondIsRefusedUntilTheWindowEnds() {
        // given: a person of this run alone
        var somebody = APP.wechat("demo-new-" + UUID.randomUUID());
        var nowhere = "/v1/tickets/" + UUID.randomUUID() + "/urge";
        var thirty = IntStream.range(0, 30)
                .mapToObj(n -> somebody.post(nowhere).withStatus(404))
                .toList();

        // when
        var beyond = somebody.post(nowhere);

        // then
        assertThat(left(thirty.get(29))).isZero();
        assertThat(beyond.status()).isEqualTo(429);
        assertThat(beyond.code()).isEqualTo("rate_limited");
        assertThat(beyond.header("RateLimit-Policy")).isEqualTo("\"urge\";q=30;w=3600");
        // The draft: not to be tried again before there is more.
        assertThat(beyond.header("RateLimit")).isEqualTo("\"urge\";r=0;t=" + beyond.header("Retry-After"));
        assertThat(Integer.parseInt(beyond.header("Retry-After"))).isBetween(3_500, 3_600);
    }

    @Test
    void addressesAreCountedApartAndNobodyTakesAnothers() {
        // given
        var address = address();
        var first = left(login(from(address)));

        // when: what the client says of itself, and a neighbour in its network
        var pretending = left(login(from(address() + ", " + address)));
        var neighbour = left(login(from(address.replace("::1", ":5::9"))));
        var another = left(login(from(address())));

        // then
        assertThat(pretending).isEqualTo(first - 1);
        assertThat(neighbour).isEqualTo(first - 2);
        assertThat(another).isEqualTo(999);
    }

    @Test
    void eachOperationHasItsOwnCount() {
        // given
        var address = address();
        login(from(address));

        // when
        var refresh = from(address).post("/v1/auth/refresh", new JsonObject().put("refreshToken", "none"));

        // then
        assertThat(refresh.header("RateLimit")).startsWith("\"refresh\";r=999;t=");
    }

    @Test
    void staffReportForWhoeverCallsWithoutALimit() {
        var report = new JsonObject().put("serviceItemCode", "none").put("description", "x");

        assertThat(APP.staff("hotline-agent").post("/v1/tickets", report).header("RateLimit"))
                .isEmpty();
        assertThat(APP.wechat("demo-new-" + UUID.randomUUID())
                        .post("/v1/tickets", report)
                        .header("RateLimit"))
                .startsWith("\"report\";r=29;t=");
    }

    @Test
    void whatIsRefusedBeforeIsNotCounted() {
        var somebody = APP.wechat("demo-new-" + UUID.randomUUID());

        assertThat(somebody.post("/v1/me/phone", new JsonObject()).header("RateLimit"))
                .isEmpty();
        assertThat(APP.anyone().post("/v1/me/phone", NO_CODE).header("RateLimit"))
                .isEmpty();
        assertThat(left(somebody.post("/v1/me/phone", NO_CODE))).isEqualTo(9);
    }
}
