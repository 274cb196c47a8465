package org.huying.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.TimeUnit;
import org.huying.kernel.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to WeChat, with every wait bounded. Secrets and tokens travel in the query, and failures of the HTTP client
 * carry the query in their message: nothing of them but their type is ever logged.
 */
final class WeChatHttp {
    private static final Logger LOG = LoggerFactory.getLogger(WeChatHttp.class);

    private static final int TIMEOUT_MILLISECONDS = 3_000;
    private static final int CONNECTIONS_MAX = 32;
    private static final int WAITING_MAX = 512;

    private final WebClient client;
    private final String baseUrl;

    /** @param baseUrl without a trailing slash, such as {@code https://api.weixin.qq.com} */
    WeChatHttp(Vertx vertx, String baseUrl) {
        var options = new WebClientOptions()
                .setConnectTimeout(TIMEOUT_MILLISECONDS)
                .setFollowRedirects(false)
                .setUserAgentEnabled(false);
        var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(WAITING_MAX);
        this.client = WebClient.create(vertx, options, pool);
        this.baseUrl = baseUrl;
    }

    HttpRequest<Buffer> request(HttpMethod method, String path) {
        return client.requestAbs(method, baseUrl + path).timeout(TIMEOUT_MILLISECONDS);
    }

    /** The JSON of an answer, which may be an error; fails with {@code wechat_unavailable} without one. */
    static Future<JsonObject> answer(Future<HttpResponse<Buffer>> sent) {
        return sent.timeout(TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    LOG.warn("wechat cannot be reached: {}", failure.getClass().getSimpleName());
                    return Future.failedFuture(unavailable());
                })
                .map(WeChatHttp::json);
    }

    /** 0 where there is none. */
    static int errorOf(JsonObject answer) {
        return answer.getValue("errcode") instanceof Number error ? error.intValue() : 0;
    }

    static Refusal unavailable() {
        return Refusal.unavailable("wechat_unavailable");
    }

    void close() {
        client.close();
    }

    /** Real answers are JSON, in part under {@code text/plain}, and errors come with status 200. */
    private static JsonObject json(HttpResponse<Buffer> response) {
        if (response.statusCode() != 200) {
            LOG.warn("wechat answered status {}", response.statusCode());
            throw unavailable();
        }
        try {
            return response.body() == null ? new JsonObject() : new JsonObject(response.body());
        } catch (DecodeException | ClassCastException e) {
            LOG.warn("wechat answered something that is not JSON");
            throw unavailable();
        }
    }
}
