package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import org.huying.testing.TestApp;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service tells browsers. */
class BrowserApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String ALLOWED = "Access-Control-Allow-Origin";
    private static final String ELSEWHERE = "https://elsewhere.example";

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/v1/me", "/v1/nowhere", "/docs/", "/openapi.yaml"})
    void noAnswerIsFramedSniffedOrTold(String path) throws Exception {
        var headers = send("GET", path).headers();

        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src")
                .contains("frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/v1/nowhere", "/docs/"})
    void noAnswerNamesWhatItRunsOn(String path) throws Exception {
        var headers = send("GET", path).headers().map();

        assertThat(headers.keySet()).noneMatch(name -> name.matches("(?i)server|x-powered-by|via"));
        assertThat(headers.toString()).doesNotContainIgnoringCase("vert.x").doesNotContainIgnoringCase("netty");
    }

    @Test
    void aPageOfAListedOriginMayReadAnswersAndTheHeadersItNeeds() throws Exception {
        var reply = send("GET", "/v1/me", "Origin", TestNode.PAGE_ORIGIN);

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.headers().firstValue(ALLOWED)).hasValue(TestNode.PAGE_ORIGIN);
        assertThat(reply.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("ETag", "Retry-After", "RateLimit", "X-Request-Id", "Idempotent-Replayed");
        assertThat(reply.headers().allValues("Vary")).anyMatch(value -> value.equalsIgnoreCase("Origin"));
        assertThat(reply.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void aPageOfAListedOriginMayAskBeforeItsRequest() throws Exception {
        var reply = send(
                "OPTIONS",
                "/v1/bookings",
                "Origin",
                TestNode.PAGE_ORIGIN,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,idempotency-key");

        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(reply.headers().firstValue(ALLOWED)).hasValue(TestNode.PAGE_ORIGIN);
        assertThat(reply.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET, POST");
        assertThat(reply.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("Authorization", "Content-Type", "Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {ELSEWHERE, "null", "https://console.example.cn.evil.example", "http://console.example.cn"})
    void aPageOfAnotherOriginMayNot(String origin) throws Exception {
        var answer = send("GET", "/health/live", "Origin", origin);
        var preflight = send("OPTIONS", "/v1/bookings", "Origin", origin, "Access-Control-Request-Method", "POST");

        assertThat(answer.headers().firstValue(ALLOWED)).isEmpty();
        assertThat(answer.headers().allValues("Vary")).anyMatch(value -> value.equalsIgnoreCase("Origin"));
        assertThat(preflight.statusCode()).isEqualTo(405);
        assertThat(preflight.headers().firstValue(ALLOWED)).isEmpty();
    }

    /** Each adds its own; who came last used to be the only one. */
    @Test
    void anAnswerSaysAllThatItDependsOn() throws Exception {
        var token = APP.wechat("demo-resident-3");
        var signedIn = token.get("/v1/me");
        var severalForms = APP.staff("district-supervisor")
                .get("/v1/metrics/one-time-completion?from=" + TestDay.date() + "&to=" + TestDay.date());
        var forAnybody = send("GET", "/health/live", "Origin", TestNode.PAGE_ORIGIN);

        assertThat(signedIn.header("Vary").toLowerCase(Locale.ROOT).split(", "))
                .containsExactlyInAnyOrder("origin", "authorization");
        assertThat(severalForms.header("Vary").toLowerCase(Locale.ROOT).split(", "))
                .containsExactlyInAnyOrder("origin", "authorization", "accept");
        assertThat(forAnybody.headers().allValues("Vary")).containsExactly("origin");
    }

    private static HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(APP.uri().resolve(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
