package org.huying.demo.wechat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.regex.Pattern;

/** {@code getuserphonenumber}. Whose the number is it does not know: with a demo code anybody has it. */
final class SimulatedPhones {
    private static final Pattern CODE = Pattern.compile("demo-phone-([0-9]{11})");

    private SimulatedPhones() {}

    static String number(JsonObject body) {
        if (!(body.getValue("code") instanceof String code) || code.isEmpty()) {
            return SimulatedError.of(41008);
        }
        if (body.getValue("openid") instanceof String openid
                && !SimulatedMessages.OPENID.matcher(openid).matches()) {
            return SimulatedError.of(40003);
        }
        var known = CODE.matcher(code);
        var errcode = WeChatSimulator.provoked(code).orElse(known.matches() ? 0 : 40029);
        return errcode == 0 ? answer(known.group(1)) : SimulatedError.of(errcode);
    }

    private static String answer(String number) {
        var watermark = new JsonObject()
                .put("timestamp", Instant.now().getEpochSecond())
                .put("appid", WeChatSimulator.APP_ID);
        var info = new JsonObject()
                .put("phoneNumber", number)
                .put("purePhoneNumber", number)
                .put("countryCode", "86")
                .put("watermark", watermark);
        return new JsonObject()
                .put("errcode", 0)
                .put("errmsg", "ok")
                .put("phone_info", info)
                .encode();
    }
}
