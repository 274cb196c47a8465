package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the service says of itself. */
class SystemApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    @Test
    void healthTellsThatItRunsAndIsReady() {
        assertThat(APP.anyone().get("/health/live").status()).isEqualTo(200);
        assertThat(APP.anyone().get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void theContractIsServedInBothForms() {
        var yaml = APP.anyone().get("/openapi.yaml");
        var json = APP.anyone().get("/openapi.json");

        assertThat(yaml.text()).startsWith("openapi: 3.1");
        assertThat(json.json().getJsonObject("paths").fieldNames()).contains("/v1/bookings", "/v1/tickets");
    }

    @Test
    void thePublicKeysAreServed() {
        assertThat(APP.anyone().get("/.well-known/jwks.json").json().getJsonArray("keys"))
                .isNotEmpty();
    }

    @Test
    void theDocumentationNeedsNothingFromElsewhere() throws Exception {
        var page = plain(APP.uri().resolve("/docs/"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'");
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        assertThat(plain(APP.uri().resolve("/docs/ui/swagger-ui-bundle.js")).statusCode())
                .isEqualTo(200);
        assertThat(plain(APP.uri().resolve("/docs/docs.js")).statusCode()).isEqualTo(200);
    }

    @Test
    void operationsAreCountedOnTheManagementPort() throws Exception {
        APP.resident(1).get("/v1/me");

        var metrics = plain(APP.managementUri().resolve("/metrics"));

        assertThat(metrics.body()).contains("huying_requests_seconds_count{operation=\"getMe\",status=\"200\"}");
        assertThat(plain(APP.managementUri().resolve("/health/ready")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void metricsAreNotForThePublic() {
        assertThat(APP.anyone().get("/metrics").status()).isEqualTo(404);
    }

    private static HttpResponse<String> plain(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
