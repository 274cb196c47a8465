package org.huying.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.huying.kernel.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks WeChat who has logged in. The app's secret travels in the query, and failures of the HTTP client carry the query
 * in their message: nothing of them but their type is ever logged.
 */
public final class WeChatClient {
    private static final Logger LOG = LoggerFactory.getLogger(WeChatClient.class);

    private static final int TIMEOUT_MILLISECONDS = 3_000;
    private static final int CONNECTIONS_MAX = 32;
    private static final int WAITING_MAX = 512;

    /** invalid code; used code; a login that WeChat blocks as risky. */
    private static final Set<Integer> CODE_ERRORS = Set.of(40029, 40163, 40226);

    /** system busy; calls too frequent. Any other is a fault of our configuration. */
    private static final Set<Integer> PASSING_ERRORS = Set.of(-1, 45011);

    private final WebClient client;
    private final String sessionUrl;
    private final String appId;
    private final String secret;

    /** @param baseUrl without a trailing slash, such as {@code https://api.weixin.qq.com} */
    public WeChatClient(Vertx vertx, String baseUrl, String appId, String secret) {
        var options = new WebClientOptions()
                .setConnectTimeout(TIMEOUT_MILLISECONDS)
                .setFollowRedirects(false)
                .setUserAgentEnabled(false);
        var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(WAITING_MAX);
        this.client = WebClient.create(vertx, options, pool);
        this.sessionUrl = baseUrl + "/sns/jscode2session";
        this.appId = appId;
        this.secret = secret;
    }

    /** The openid behind a login code; fails with {@code wechat_code_invalid} or {@code wechat_unavailable}. */
    public Future<String> openid(String code) {
        return client.getAbs(sessionUrl)
                .addQueryParam("appid", appId)
                .addQueryParam("secret", secret)
                .addQueryParam("js_code", code)
                .addQueryParam("grant_type", "authorization_code")
                .timeout(TIMEOUT_MILLISECONDS)
                .send()
                .timeout(TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    LOG.warn("wechat cannot be reached: {}", failure.getClass().getSimpleName());
                    return Future.failedFuture(unavailable());
                })
                .map(WeChatClient::openid);
    }

    public void close() {
        client.close();
    }

    /** Real answers are JSON under {@code text/plain}, and errors come with status 200. */
    private static String openid(HttpResponse<Buffer> response) {
        if (response.statusCode() != 200) {
            LOG.warn("wechat answered status {}", response.statusCode());
            throw unavailable();
        }
        var answer = parse(response.body());
        if (answer.getValue("errcode") instanceof Number error && error.intValue() != 0) {
            throw refusal(error.intValue());
        }
        if (answer.getValue("openid") instanceof String openid && !openid.isEmpty()) {
            return openid;
        }
        LOG.error("wechat answered without an openid");
        throw unavailable();
    }

    private static JsonObject parse(Buffer body) {
        try {
            return body == null ? new JsonObject() : new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            LOG.warn("wechat answered something that is not JSON");
            throw unavailable();
        }
    }

    private static Refusal refusal(int errorCode) {
        if (CODE_ERRORS.contains(errorCode)) {
            return Refusal.unauthenticated("wechat_code_invalid");
        }
        if (PASSING_ERRORS.contains(errorCode)) {
            LOG.warn("wechat is busy: errcode {}", errorCode);
        } else {
            LOG.error("wechat refuses this installation: errcode {}; look at the app id and secret", errorCode);
        }
        return unavailable();
    }

    private static Refusal unavailable() {
        return Refusal.unavailable("wechat_unavailable");
    }
}
