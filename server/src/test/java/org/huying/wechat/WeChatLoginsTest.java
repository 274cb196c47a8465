package org.huying.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("long")
class WeChatLoginsTest {
    private final Vertx vertx = Vertx.vertx();
    private volatile Consumer<HttpServerRequest> wechat = request -> {};
    private HttpServer server;
    private WeChatLogins client;

    @BeforeEach
    void setUp() throws TimeoutException {
        server = vertx.createHttpServer()
                .requestHandler(request -> wechat.accept(request))
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS);
        client = new WeChatLogins(vertx, "http://127.0.0.1:" + server.actualPort(), "app", "s&cret");
    }

    @AfterEach
    void tearDown() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void the_openid_is_read_from_json_that_calls_itself_plain_text() throws TimeoutException {
        // given
        wechat = request -> {
            var asked = request.method() + " " + request.path() + " " + request.getParam("appid") + " "
                    + request.getParam("secret") + " " + request.getParam("js_code") + " "
                    + request.getParam("grant_type");
            request.response()
                    .putHeader("Content-Type", "text/plain")
                    .end("{\"session_key\":\"k\",\"openid\":\"" + asked + "\"}");
        };

        // when
        var openid = client.openid("a code&secret=x").await(5, TimeUnit.SECONDS);

        // then
        assertThat(openid).isEqualTo("GET /sns/jscode2session app s&cret a code&secret=x authorization_code");
    }

    @ParameterizedTest
    @CsvSource({
        "40029, wechat_code_invalid",
        "40163, wechat_code_invalid",
        "40226, wechat_code_invalid",
        "41008, wechat_code_invalid",
        "-1, wechat_unavailable",
        "45009, wechat_unavailable",
        "45011, wechat_unavailable",
        "40001, wechat_unavailable",
        "40002, wechat_unavailable",
        "40013, wechat_unavailable",
        "40125, wechat_unavailable",
        "40164, wechat_unavailable",
        "40243, wechat_unavailable",
        "41002, wechat_unavailable",
        "41004, wechat_unavailable",
        "48001, wechat_unavailable",
        "50001, wechat_unavailable",
        "50002, wechat_unavailable",
        "99999, wechat_unavailable"
    })
    void whatTheClientHearsOfEachError(int errorCode, String heard) {
        // given
        wechat = answer(200, "{\"errcode\":" + errorCode + ",\"errmsg\":\"said so, rid: 1\"}");
        var isClients = heard.equals("wechat_code_invalid");

        // when, then
        assertThatThrownBy(this::login)
                .isInstanceOf(isClients ? Refusal.Unauthenticated.class : Refusal.Unavailable.class)
                .hasMessage(heard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"openid\":\"\"}", "[]", "1", "<html>busy</html>", ""})
    void everything_else_that_it_answers_means_later(String body) {
        // given
        wechat = answer(200, body);

        // when, then
        assertUnavailable();
    }

    @Test
    void failures_and_detours_mean_later() {
        // given
        wechat = answer(502, "{\"openid\":\"o\"}");
        assertUnavailable();
        wechat = request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", "http://127.0.0.1:1/")
                .end();
        assertUnavailable();

        // when
        wechat = request -> request.connection().close();

        // then
        assertUnavailable();
    }

    @Test
    void silence_and_trickling_are_waited_for_three_seconds_only() {
        // given
        wechat = request -> {
            request.response().setChunked(true).write("{");
            vertx.setPeriodic(500, tick -> request.response().write(" "));
        };
        long startedNanos = System.nanoTime();

        // when
        assertUnavailable();

        // then: it trickles for ever
        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void nobody_there_means_later() throws TimeoutException {
        // given
        server.close().await(5, TimeUnit.SECONDS);

        // when, then
        assertUnavailable();
    }

    private void assertUnavailable() {
        assertThatThrownBy(this::login).isInstanceOf(Refusal.Unavailable.class).hasMessage("wechat_unavailable");
    }

    private void login() throws TimeoutException {
        client.openid("code").await(10, TimeUnit.SECONDS);
    }

    private static Consumer<HttpServerRequest> answer(int status, String body) {
        return request -> request.response().setStatusCode(status).end(body);
    }
}
