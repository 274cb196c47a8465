package org.huying.demo.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeChatSimulatorTest {
    private static final String GOOD = "appid=" + WeChatSimulator.APP_ID + "&secret=" + WeChatSimulator.SECRET
            + "&grant_type=authorization_code&js_code=";

    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static WeChatSimulator simulator;

    @BeforeAll
    static void start() throws Exception {
        simulator = WeChatSimulator.start(VERTX)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo-resident-1", "demo-resident-40", "demo-far-1", "demo-new-anybody"})
    void aDemoCodeLogsTheSamePersonInAgainAndAgain(String code) throws Exception {
        var first = get(GOOD + code);
        var second = get(GOOD + code);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("content-type")).hasValue("text/plain");
        var session = new JsonObject(first.body());
        assertThat(session.getString("openid"))
                .hasSize(28)
                .isEqualTo(WeChatSimulator.openidOf(code))
                .isEqualTo(new JsonObject(second.body()).getString("openid"));
        assertThat(session.getString("session_key")).hasSize(24);
    }

    @ParameterizedTest
    @CsvSource({
        "demo-resident-0, 40029",
        "demo-resident-41, 40029",
        "demo-new-, 40029",
        "anything, 40029",
        "'', 41008",
        "error-40163, 40163",
        "error-40029, 40029",
        "error--1, -1",
        "error-45011, 45011"
    })
    void aBadCodeIsAnErrorInsideA200(String code, int errcode) throws Exception {
        var answer = get(GOOD + code);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain");
        var error = new JsonObject(answer.body());
        assertThat(error.getInteger("errcode")).isEqualTo(errcode);
        assertThat(error.getString("errmsg")).isNotEmpty();
        assertThat(error.containsKey("openid")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "secret=s&grant_type=authorization_code&js_code=demo-far-1, 41002",
        "appid=wx0&secret=s&grant_type=authorization_code&js_code=demo-far-1, 40013",
        "appid=wxd3a0c5e1f7b24698&grant_type=authorization_code&js_code=demo-far-1, 41004",
        "appid=wxd3a0c5e1f7b24698&secret=s&grant_type=authorization_code&js_code=demo-far-1, 40125",
        "appid=wxd3a0c5e1f7b24698&secret=0demo0demo0demo0demo0demo0demo00&grant_type=x&js_code=demo-far-1, 40002"
    })
    void aBadAppIsAnError(String query, int errcode) throws Exception {
        assertThat(new JsonObject(get(query).body()).getInteger("errcode")).isEqualTo(errcode);
    }

    @Test
    void garbageIsNoJson() throws Exception {
        assertThat(get(GOOD + "error-garbage").body()).startsWith("<html>");
    }

    @Test
    void silenceOutlastsAClient() {
        assertThatThrownBy(() -> get(GOOD + "error-timeout")).isInstanceOf(HttpTimeoutException.class);
    }

    private static HttpResponse<String> get(String query) throws IOException, InterruptedException {
        var uri = URI.create(simulator.url() + "/sns/jscode2session?" + query);
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(1)).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
