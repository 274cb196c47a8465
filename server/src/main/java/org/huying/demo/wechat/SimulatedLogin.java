package org.huying.demo.wechat;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** {@code jscode2session}. */
final class SimulatedLogin {
    private SimulatedLogin() {}

    static String session(HttpServerRequest request, @Nullable String code) {
        var errcode = errorOf(request, code);
        if (errcode != 0) {
            return SimulatedError.of(errcode);
        }
        var key = Base64.getEncoder().encodeToString(Arrays.copyOf(WeChatSimulator.digest("session " + code), 16));
        return new JsonObject()
                .put("session_key", key)
                .put("openid", WeChatSimulator.openidOf(String.valueOf(code)))
                .encode();
    }

    /** The first thing wrong, in the order in which the real service looks; 0 when nothing is. */
    private static int errorOf(HttpServerRequest request, @Nullable String code) {
        var app = SimulatedApp.errorOf(request.getParam("appid"), request.getParam("secret"));
        if (app != 0) {
            return app;
        }
        return code == null || code.isEmpty() ? 41008 : errorOfCode(request.getParam("grant_type"), code);
    }

    private static int errorOfCode(@Nullable String grantType, String code) {
        if (!"authorization_code".equals(grantType)) {
            return 40002;
        }
        return WeChatSimulator.provoked(code)
                .orElse(WeChatSimulator.KNOWN_CODE.matcher(code).matches() ? 0 : 40029);
    }
}
