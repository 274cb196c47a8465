package org.huying.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks WeChat for the number that somebody has agreed to give. Nothing of an answer is ever logged. */
public final class WeChatPhones {
    private static final Logger LOG = LoggerFactory.getLogger(WeChatPhones.class);

    /** With the token, asking, another token and asking again. */
    private static final long TIMEOUT_MILLISECONDS = 4_000;

    private static final String CHINA = "86";
    private static final Pattern DIGITS = Pattern.compile("[0-9]{4,16}");
    private static final Pattern COUNTRY = Pattern.compile("[0-9]{1,4}");

    private final WeChatHttp http;
    private final String appId;
    private final AppToken token;

    /** @param baseUrl without a trailing slash */
    public WeChatPhones(Vertx vertx, String baseUrl, String appId, AppToken token) {
        this.http = new WeChatHttp(vertx, baseUrl);
        this.appId = appId;
        this.token = token;
    }

    /**
     * The number behind a code, eleven digits or {@code +<country><number>} from abroad; fails with
     * {@code phone_code_invalid} or {@code wechat_unavailable}.
     *
     * @param openid of whom the code must be, as far as it is known
     */
    public Future<String> number(String code, @Nullable String openid) {
        var body = new JsonObject().put("code", code);
        if (openid != null) {
            body.put("openid", openid);
        }
        return token.call(accessToken ->
                        WeChatHttp.answer(http.request(HttpMethod.POST, "/wxa/business/getuserphonenumber")
                                .addQueryParam("access_token", accessToken)
                                .sendJsonObject(body)))
                .map(this::numberIn)
                .timeout(TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS)
                .recover(failure ->
                        Future.failedFuture(failure instanceof Refusal ? failure : WeChatHttp.unavailable()));
    }

    public void close() {
        http.close();
    }

    private String numberIn(JsonObject answer) {
        var error = WeChatHttp.errorOf(answer);
        if (error != 0) {
            throw CodeErrors.OF_PHONES.refusal(error, WeChatPhones::codeInvalid);
        }
        if (!(answer.getValue("phone_info") instanceof JsonObject info)
                || !(info.getValue("watermark") instanceof JsonObject watermark)) {
            LOG.error("wechat answered without a number");
            throw WeChatHttp.unavailable();
        }
        if (!appId.equals(watermark.getValue("appid"))) {
            LOG.error("wechat answered with a number for another app");
            throw codeInvalid();
        }
        return written(String.valueOf(info.getValue("purePhoneNumber")), String.valueOf(info.getValue("countryCode")));
    }

    /** WeChat's pages show the country's code as a number; it comes as text. */
    private static String written(String digits, String countryCode) {
        if (!DIGITS.matcher(digits).matches() || !COUNTRY.matcher(countryCode).matches()) {
            LOG.error("wechat answered with something that is not a number");
            throw WeChatHttp.unavailable();
        }
        return countryCode.equals(CHINA) ? digits : "+" + countryCode + digits;
    }

    private static Refusal codeInvalid() {
        return Faults.of("/code", "phone_code_invalid");
    }
}
