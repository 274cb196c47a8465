package org.huying.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.huying.kernel.Refusal;
import org.huying.redis.SharedValues;
import org.huying.testing.DemoTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a WeChat that says what the test wants; against a faithful one see {@code WxJavaTest}. */
class WeChatPhonesTest {
    private static final String OPENID = "o123456789012345678901234567";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger tokens = new AtomicInteger();
    private final List<JsonObject> asked = new CopyOnWriteArrayList<>();
    private volatile Function<String, String> phones = accessToken -> number("13800000001", "\"86\"", "app");
    private HttpServer wechat;
    private WeChatPhones client;

    @BeforeEach
    void setUp() throws TimeoutException {
        wechat = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS);
        var url = "http://127.0.0.1:" + wechat.actualPort();
        var alone = new SharedValues(vertx, List.of("redis://127.0.0.1:1"));
        client = new WeChatPhones(
                vertx,
                url,
                "app",
                new AppToken(vertx, url, "app", "secret", alone, DemoTemplate.KEYS.cipher(), Clock.systemUTC()));
    }

    @AfterEach
    void tearDown() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"13800000001, 86, 13800000001", "51234567, 852, +85251234567"})
    void aNumberComesWithItsCountryUnlessItIsOurs(String digits, String country, String number) throws Exception {
        // given: the pages show the country's code as a number, the service sends text
        for (var written : List.of(country, "\"" + country + "\"")) {
            phones = accessToken -> number(digits, written, "app");

            // when, then
            assertThat(ask(null)).isEqualTo(number);
        }
        assertThat(asked).containsOnly(new JsonObject().put("code", "c"));
    }

    @Test
    void weChatIsToldWhoseTheCodeMustBe() throws Exception {
        // when
        ask(OPENID);

        // then
        assertThat(asked).containsExactly(new JsonObject().put("code", "c").put("openid", OPENID));
    }

    @ParameterizedTest
    @ValueSource(ints = {40001, 40014, 42001})
    void aRefusedTokenIsReplacedAndTheCodeAskedForOnceMore(int refusal) throws Exception {
        // given
        phones = accessToken -> accessToken.equals("token-1") ? error(refusal) : number("13800000001", "\"86\"", "app");

        // when
        var number = ask(null);

        // then
        assertThat(number).isEqualTo("13800000001");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aTokenThatIsRefusedAgainMeansLater() {
        // given
        phones = accessToken -> error(40001);

        // when, then
        assertThatThrownBy(() -> ask(null)).hasMessage("wechat_unavailable");
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "40029, phone_code_invalid",
        "40163, phone_code_invalid",
        "40013, phone_code_invalid",
        "40003, phone_code_invalid",
        "41008, phone_code_invalid",
        "-1, wechat_unavailable",
        "45009, wechat_unavailable",
        "45011, wechat_unavailable",
        "41001, wechat_unavailable",
        "47001, wechat_unavailable",
        "48001, wechat_unavailable",
        "61024, wechat_unavailable",
        "99999, wechat_unavailable"
    })
    void whatTheClientHearsOfEachError(int errorCode, String heard) {
        // given
        phones = accessToken -> error(errorCode);
        var isClients = heard.equals("phone_code_invalid");

        // when, then
        assertThatThrownBy(() -> ask(null))
                .isInstanceOf(isClients ? Refusal.RuleBroken.class : Refusal.Unavailable.class)
                .hasMessage(heard);
    }

    @Test
    void aNumberForAnotherAppIsNone() {
        // given
        phones = accessToken -> number("13800000001", "\"86\"", "another");

        // when, then
        assertThatThrownBy(() -> ask(null)).hasMessage("phone_code_invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"errcode\":0,\"phone_info\":null}",
                "{\"errcode\":0,\"phone_info\":{\"purePhoneNumber\":\"13800000001\",\"countryCode\":\"86\"}}",
                "{\"errcode\":0,\"phone_info\":{\"countryCode\":\"86\",\"watermark\":{\"appid\":\"app\"}}}",
                "<html>busy</html>",
                ""
            })
    void whatIsNoAnswerMeansLater(String body) {
        // given
        phones = accessToken -> body;

        // when, then
        assertThatThrownBy(() -> ask(null)).hasMessage("wechat_unavailable");
    }

    private String ask(@Nullable String openid) throws TimeoutException {
        return client.number("c", openid).await(10, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (request.path().equals("/cgi-bin/stable_token")) {
                var isNew = tokens.get() == 0 || body.toJsonObject().getBoolean("force_refresh");
                var token = "token-" + (isNew ? tokens.incrementAndGet() : tokens.get());
                request.response()
                        .end(new JsonObject()
                                .put("access_token", token)
                                .put("expires_in", 7_200)
                                .encode());
            } else {
                asked.add(body.toJsonObject());
                request.response().end(phones.apply(request.getParam("access_token")));
            }
        });
    }

    private static String error(int errorCode) {
        return new JsonObject()
                .put("errcode", errorCode)
                .put("errmsg", "said so")
                .encode();
    }

    private static String number(String digits, String countryCode, String appId) {
        return "{\"errcode\":0,\"errmsg\":\"ok\",\"phone_info\":{\"phoneNumber\":\"+" + digits
                + "\",\"purePhoneNumber\":\"" + digits + "\",\"countryCode\":" + countryCode
                + ",\"watermark\":{\"timestamp\":1,\"appid\":\"" + appId + "\"}}}";
    }
}
