package org.huying.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.api.impl.WxMaServiceImpl;
import cn.binarywang.wx.miniapp.bean.WxMaSubscribeMessage;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import me.chanjar.weixin.common.error.WxErrorException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.huying.demo.wechat.WeChatSimulator;
import org.huying.redis.SharedValues;
import org.huying.testing.DemoTemplate;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WxJava, which speaks with the real WeChat, and our client speak with the same simulator: where they understand the same,
 * the simulator is faithful, and our client too.
 */
class WxJavaTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String OPENID = WeChatSimulator.openidOf("demo-new-wxjava");

    private static String url;
    private static AppToken token;
    private static WeChatLogins logins;
    private static WeChatPhones phones;
    private static WeChatMessages messages;

    @BeforeAll
    static void start() {
        url = wait(WeChatSimulator.start(VERTX)).url();
        var shared = new SharedValues(VERTX, List.of(TestServers.redisUrl()));
        token = new AppToken(
                VERTX,
                url,
                WeChatSimulator.APP_ID,
                WeChatSimulator.SECRET,
                shared,
                DemoTemplate.KEYS.cipher(),
                Clock.systemUTC());
        logins = new WeChatLogins(VERTX, url, WeChatSimulator.APP_ID, WeChatSimulator.SECRET);
        phones = new WeChatPhones(VERTX, url, WeChatSimulator.APP_ID, token);
        messages = new WeChatMessages(VERTX, url, token);
    }

    @AfterAll
    static void stop() {
        wait(VERTX.close());
    }

    @Test
    void bothLearnTheSamePersonFromACode() throws WxErrorException {
        // when
        var session = wxJava(WeChatSimulator.APP_ID, WeChatSimulator.SECRET)
                .getUserService()
                .getSessionInfo("demo-resident-7");

        // then
        assertThat(session.getOpenid()).isEqualTo(wait(logins.openid("demo-resident-7")));
        assertThat(session.getSessionKey()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "anything, 40029, wechat_code_invalid",
        "error-40163, 40163, wechat_code_invalid",
        "error-40226, 40226, wechat_code_invalid",
        "error--1, -1, wechat_unavailable",
        "error-45011, 45011, wechat_unavailable"
    })
    void bothUnderstandWhyACodeLogsNobodyIn(String code, int errorCode, String heard) {
        var wxJava = wxJava(WeChatSimulator.APP_ID, WeChatSimulator.SECRET);

        assertWxError(errorCode, () -> wxJava.getUserService().getSessionInfo(code));
        assertThatThrownBy(() -> wait(logins.openid(code))).hasMessage(heard);
    }

    @ParameterizedTest
    @CsvSource({"wx0, secret, 40013", WeChatSimulator.APP_ID + ", secret, 40125"})
    void bothUnderstandThatTheAppIsWrong(String appId, String secret, int errorCode) {
        var wxJava = wxJava(appId, secret);

        assertWxError(errorCode, () -> wxJava.getUserService().getSessionInfo("demo-resident-7"));
        assertThatThrownBy(() -> wait(new WeChatLogins(VERTX, url, appId, secret).openid("demo-resident-7")))
                .hasMessage("wechat_unavailable");
        assertWxError(errorCode, wxJava::getAccessToken);
    }

    @Test
    void bothAreGivenTheSameStableToken() throws WxErrorException {
        assertThat(wxJava(WeChatSimulator.APP_ID, WeChatSimulator.SECRET).getAccessToken())
                .isEqualTo(wait(token.get()));
    }

    @Test
    void bothGetOverATokenThatSomebodyElseHasEnded() throws WxErrorException {
        // given
        var wxJava = wxJava(WeChatSimulator.APP_ID, WeChatSimulator.SECRET);
        var before = wxJava.getAccessToken();
        wait(token.get());
        var now = wxJava(WeChatSimulator.APP_ID, WeChatSimulator.SECRET).getAccessToken(true);

        // when
        var theirs = wxJava.getUserService().getPhoneNumber("demo-phone-13900000002");
        var ours = wait(phones.number("demo-phone-13900000002", null));

        // then
        assertThat(now).isNotEqualTo(before);
        assertThat(theirs.getPurePhoneNumber()).isEqualTo(ours).isEqualTo("13900000002");
    }

    @Test
    void bothLearnTheSameNumberFromACode() throws WxErrorException {
        // when
        var info = wxJava(WeChatSimulator.APP_ID, WeChatSimulator.SECRET)
                .getUserService()
                .getPhoneNumber("demo-phone-13900000001");

        // then
        assertThat(info.getPurePhoneNumber()).isEqualTo(wait(phones.number("demo-phone-13900000001", OPENID)));
        assertThat(info.getPhoneNumber()).isEqualTo("13900000001");
        assertThat(info.getCountryCode()).isEqualTo("86");
        assertThat(info.getWatermark().getAppid()).isEqualTo(WeChatSimulator.APP_ID);
        assertThat(Long.parseLong(info.getWatermark().getTimestamp())).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "demo-phone-139, 40029, phone_code_invalid",
        "demo-resident-7, 40029, phone_code_invalid",
        "error-40013, 40013, phone_code_invalid",
        "error--1, -1, wechat_unavailable",
        "error-45011, 45011, wechat_unavailable"
    })
    void bothUnderstandWhyACodeGivesNoNumber(String code, int errorCode, String heard) {
        var wxJava = wxJava(WeChatSimulator.APP_ID, WeChatSimulator.SECRET);

        assertWxError(errorCode, () -> wxJava.getUserService().getPhoneNumber(code));
        assertThatThrownBy(() -> wait(phones.number(code, null))).hasMessage(heard);
    }

    @Test
    void bothReachTheSamePerson() throws WxErrorException {
        // when, then: theirs fails with an exception where it is not sent
        wxJava(WeChatSimulator.APP_ID, WeChatSimulator.SECRET)
                .getMsgService()
                .sendSubscribeMsg(theirs(OPENID, "demo-any", "食堂"));
        assertThat(wait(messages.send(ours(OPENID, "demo-any", "食堂"))).outcome())
                .isEqualTo(WeChatMessages.Outcome.SENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40003", "40037", "47003", "43101"})
    void bothUnderstandWhyAMessageIsNotSent(int errorCode) throws WxErrorException {
        // given
        var wxJava = wxJava(WeChatSimulator.APP_ID, WeChatSimulator.SECRET);
        var openid = wxJava.getUserService()
                .getSessionInfo("demo-new-gets-43101-wxjava")
                .getOpenid();
        var to = errorCode == 40003 ? "nobody" : errorCode == 43101 ? openid : OPENID;
        var template = errorCode == 40037 ? "none" : "demo-any";
        var value = errorCode == 47003 ? "多于二十个字多于二十个字多于二十个字多于二十个字" : "食堂";

        // when, then
        assertWxError(errorCode, () -> wxJava.getMsgService().sendSubscribeMsg(theirs(to, template, value)));
        assertThat(wait(messages.send(ours(to, template, value))).errorCode()).isEqualTo(errorCode);
    }

    private static WxMaService wxJava(String appId, String secret) {
        var config = new WxMaDefaultConfigImpl();
        config.setAppid(appId);
        config.setSecret(secret);
        config.useStableAccessToken(true);
        config.setApiHostUrl(url);
        var service = new WxMaServiceImpl();
        service.setWxMaConfig(config);
        // it asks again up to five times where WeChat is busy, and need not wait for a simulator
        service.setRetrySleepMillis(1);
        return service;
    }

    private static WxMaSubscribeMessage theirs(String openid, String templateId, String value) {
        return WxMaSubscribeMessage.builder()
                .toUser(openid)
                .templateId(templateId)
                .data(List.of(new WxMaSubscribeMessage.MsgData("thing1", value)))
                .build();
    }

    private static WeChatMessages.Message ours(String openid, String templateId, String value) {
        return new WeChatMessages.Message(openid, templateId, null, Map.of("thing1", value));
    }

    private static void assertWxError(int errorCode, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(WxErrorException.class))
                .satisfies(
                        thrown -> assertThat(thrown.getError().getErrorCode()).isEqualTo(errorCode));
    }

    private static <T> T wait(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
