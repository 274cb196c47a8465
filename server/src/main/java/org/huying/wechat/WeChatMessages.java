package org.huying.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends subscribe messages. */
public final class WeChatMessages {
    private static final Logger LOG = LoggerFactory.getLogger(WeChatMessages.class);

    /** With the token, sending, another token and sending again: less than a transaction may stand idle. */
    private static final long TIMEOUT_MILLISECONDS = 4_000;

    private static final int REFUSED = 43101;
    private static final int QUOTA = 45009;

    /** openid, template id, page; message forbidden to the app; words; fields. Trying again changes nothing. */
    private static final Set<Integer> OUR_ERRORS = Set.of(40003, 40037, 41030, 43107, 45168, 47003);

    /** system busy; calls too frequent; two at once. */
    private static final Set<Integer> PASSING_ERRORS = Set.of(-1, 45011, 43108);

    /**
     * What is sent.
     *
     * @param openid of whom it goes to
     * @param page   of the mini-program that it leads to; without it, nowhere
     * @param data   by the template's field names, each within WeChat's limits for its kind
     */
    public record Message(
            String openid, String templateId, @Nullable String page, Map<String, String> data) {
        /** Leaves out who gets it, so that it comes into no log. */
        @Override
        public String toString() {
            return "Message[" + templateId + "]";
        }
    }

    /** What became of it, where trying again soon makes no difference. */
    public enum Outcome {
        SENT,
        /** The recipient does not want it, or not any more. */
        REFUSED,
        /** The app has sent all that it may today. */
        QUOTA_USED_UP,
        /** Our configuration, or what we sent, is wrong. */
        WRONG
    }

    /**
     * How sending ended.
     *
     * @param errorCode WeChat's, 0 for none
     */
    public record Result(Outcome outcome, int errorCode) {}

    private final WeChatHttp http;
    private final AppToken token;

    /** @param baseUrl without a trailing slash */
    public WeChatMessages(Vertx vertx, String baseUrl, AppToken token) {
        this.http = new WeChatHttp(vertx, baseUrl);
        this.token = token;
    }

    /** Fails with {@code wechat_unavailable}; then it may have been sent all the same. */
    public Future<Result> send(Message message) {
        return token.call(accessToken -> post(message, accessToken))
                .map(WeChatMessages::errorOf)
                .timeout(TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS)
                .transform(sent ->
                        sent.succeeded() ? resultOf(sent.result()) : Future.failedFuture(WeChatHttp.unavailable()));
    }

    public void close() {
        http.close();
    }

    private Future<JsonObject> post(Message message, String accessToken) {
        var data = new JsonObject();
        message.data().forEach((field, value) -> data.put(field, new JsonObject().put("value", value)));
        var body = new JsonObject()
                .put("touser", message.openid())
                .put("template_id", message.templateId())
                .put("data", data)
                .put("miniprogram_state", "formal")
                .put("lang", "zh_CN");
        if (message.page() != null) {
            body.put("page", message.page());
        }
        return WeChatHttp.answer(http.request(HttpMethod.POST, "/cgi-bin/message/subscribe/send")
                .addQueryParam("access_token", accessToken)
                .sendJsonObject(body));
    }

    /** An answer without a code is not one. */
    private static int errorOf(JsonObject answer) {
        if (answer.getValue("errcode") instanceof Number error) {
            return error.intValue();
        }
        LOG.warn("wechat answered without an errcode");
        throw WeChatHttp.unavailable();
    }

    private static Future<Result> resultOf(int errorCode) {
        if (errorCode == 0) {
            return Future.succeededFuture(new Result(Outcome.SENT, errorCode));
        }
        if (errorCode == REFUSED) {
            return Future.succeededFuture(new Result(Outcome.REFUSED, errorCode));
        }
        if (errorCode == QUOTA) {
            LOG.warn("wechat takes no more messages today");
            return Future.succeededFuture(new Result(Outcome.QUOTA_USED_UP, errorCode));
        }
        if (OUR_ERRORS.contains(errorCode)) {
            LOG.error("wechat refuses a message as wrong: errcode {}; look at the templates", errorCode);
            return Future.succeededFuture(new Result(Outcome.WRONG, errorCode));
        }
        if (PASSING_ERRORS.contains(errorCode) || AppToken.REFUSALS.contains(errorCode)) {
            LOG.warn("wechat does not take a message now: errcode {}", errorCode);
        } else {
            LOG.error("wechat does not take a message: errcode {} is not known here", errorCode);
        }
        return Future.failedFuture(WeChatHttp.unavailable());
    }
}
