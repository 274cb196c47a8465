package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bad input gets a clear problem answer, all faults at once. */
class ProblemApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String BOOKINGS = "/v1/bookings";

    @Test
    void brokenJsonIsMalformed() {
        var reply = post("application/json", "{\"mealId\":");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("malformed_json");
    }

    @Test
    void textThatIsNotUtf8IsMalformed() {
        var bytes = new byte[] {'"', (byte) 0xff, '"'};

        var reply = APP.resident(1)
                .with("Content-Type", "application/json")
                .send("POST", BOOKINGS, BodyPublishers.ofByteArray(bytes))
                .join();

        assertThat(reply.code()).isEqualTo("malformed_json");
    }

    @Test
    void aNameGivenTwiceIsMalformed() {
        var reply = post("application/json", "{\"mode\":\"pickup\",\"mode\":\"dine_in\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("malformed_json");
    }

    @Test
    void whatFollowsTheBodyIsMalformed() {
        assertThat(post("application/json", "{}{}").code()).isEqualTo("malformed_json");
    }

    @Test
    void wrongTypesUnknownFieldsAndMissingOnesAreAllNamed() {
        var reply = post("application/json", "{\"mealId\":5,\"portions\":9,\"extra\":1}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.faults()).containsExactlyInAnyOrder("/mealId", "/portions", "/extra", "/mode");
    }

    @Test
    void parametersAreCheckedLikeBodies() {
        var reply = APP.resident(1).get(BOOKINGS + "?limit=0&from=2026-02-31&nothing=1");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.faults()).containsExactlyInAnyOrder("/query/limit", "/query/from", "/query/nothing");
    }

    @Test
    void aWrongEscapeInAQueryIsMalformed() throws IOException {
        try (var socket = new Socket(APP.uri().getHost(), APP.uri().getPort())) {
            socket.getOutputStream()
                    .write("GET /health/live?a=%zz HTTP/1.1\r\nHost: huying.test\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"pointer\":\"/query\"");
        }
    }

    @Test
    void aFieldNameOfAnyLengthIsUnknown() {
        var name = "灯".repeat(3_000);

        var reply = post("application/json", "{\"" + name + "\":1}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.faultsAndCodes()).anyMatch(fault -> fault.endsWith(" unknown_field"));
    }

    @Test
    void halfACharacterInAFieldNameIsAnUnknownField() {
        var reply = post("application/json", "{\"\\ud800\":1}");

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void ofVeryManyFaultsAHundredAreNamed() {
        var body = new JsonObject();
        for (int i = 0; i < 900; i++) {
            body.put("f" + i, i);
        }

        assertThat(post("application/json", body.encode()).faults()).hasSize(100);
    }

    @Test
    void aRangeThatEndsBeforeItBeginsBreaksARule() {
        var reply = APP.resident(1).get(BOOKINGS + "?from=2026-12-01&to=2026-11-01");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.faults()).containsExactly("/query/to");
    }

    @Test
    void anIllegalIdIsMalformed() {
        var reply = APP.resident(1).get(BOOKINGS + "/not-an-id");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.faults()).containsExactly("/path/bookingId");
    }

    @Test
    void aCharacterThatCannotBeStoredIsRefused() {
        var reply = post(
                "application/json",
                "{\"mealId\":\"018f3c5e-7a10-7000-8000-000000000001\",\"mode\":\"delivery\",\"deliveryAddress\":\"a\\u0000\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.faults()).containsExactly("/deliveryAddress");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        var reply = post("application/json", "x".repeat(20_000_000));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("body_too_large");
    }

    @Test
    void anotherContentTypeIsRefused() {
        var reply = post("text/plain", "{}");

        assertThat(reply.status()).isEqualTo(415);
    }

    @Test
    void anUnknownPathIsNotFoundEvenWithoutLogin() {
        var reply = APP.anyone().get("/v1/nothing");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("path_unknown");
    }

    @Test
    void anotherMethodIsRefusedAndTheAllowedAreNamed() {
        var reply = APP.resident(1).delete(BOOKINGS);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("POST").contains("GET");
    }

    @Test
    void theCallerIsCheckedBeforeTheBody() {
        var reply = APP.anyone()
                .with("Content-Type", "text/plain")
                .send("POST", BOOKINGS, BodyPublishers.ofString("x".repeat(2_000_000)))
                .join();

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void titlesAreChineseUnlessEnglishIsAskedFor() {
        var chinese = APP.anyone().get("/v1/me");
        var english = APP.anyone().with("Accept-Language", "en-GB,en;q=0.9").get("/v1/me");

        assertThat(chinese.json().getString("title")).isEqualTo("请先登录");
        assertThat(english.json().getString("title")).isEqualTo("Please sign in first");
    }

    @Test
    void theRequestIdComesBackInHeaderAndProblem() {
        var reply = APP.anyone().with("X-Request-Id", "lunch-42").get("/v1/me");

        assertThat(reply.header("X-Request-Id")).isEqualTo("lunch-42");
        assertThat(reply.json().getString("requestId")).isEqualTo("lunch-42");
    }

    @Test
    void aReadCarriesAnEtagAndHonoursIt() {
        var first = APP.resident(1).get("/v1/service-items");

        var second = APP.resident(1).with("If-None-Match", first.header("ETag")).get("/v1/service-items");

        assertThat(first.header("ETag")).isNotEmpty();
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.text()).isEmpty();
    }

    private static Reply post(String contentType, String body) {
        return APP.resident(1).postText(BOOKINGS, contentType, body).join();
    }

    @Test
    void anEmptyObjectIsNotWhatABookingNeeds() {
        var reply = APP.resident(1).post(BOOKINGS, new JsonObject());

        assertThat(reply.faults()).containsExactlyInAnyOrder("/mealId", "/mode");
    }
}
