package org.huying.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.huying.kernel.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks WeChat who has logged in. */
public final class WeChatLogins {
    private static final Logger LOG = LoggerFactory.getLogger(WeChatLogins.class);

    private final WeChatHttp http;
    private final String appId;
    private final String secret;

    /** @param baseUrl without a trailing slash, such as {@code https://api.weixin.qq.com} */
    public WeChatLogins(Vertx vertx, String baseUrl, String appId, String secret) {
        this.http = new WeChatHttp(vertx, baseUrl);
        this.appId = appId;
        this.secret = secret;
    }

    /** The openid behind a login code; fails with {@code wechat_code_invalid} or {@code wechat_unavailable}. */
    public Future<String> openid(String code) {
        return WeChatHttp.answer(http.request(HttpMethod.GET, "/sns/jscode2session")
                        .addQueryParam("appid", appId)
                        .addQueryParam("secret", secret)
                        .addQueryParam("js_code", code)
                        .addQueryParam("grant_type", "authorization_code")
                        .send())
                .map(WeChatLogins::openid);
    }

    public void close() {
        http.close();
    }

    private static String openid(JsonObject answer) {
        var error = WeChatHttp.errorOf(answer);
        if (error != 0) {
            throw CodeErrors.OF_LOGINS.refusal(error, () -> Refusal.unauthenticated("wechat_code_invalid"));
        }
        if (answer.getValue("openid") instanceof String openid && !openid.isEmpty()) {
            return openid;
        }
        LOG.error("wechat answered without an openid");
        throw WeChatHttp.unavailable();
    }
}
