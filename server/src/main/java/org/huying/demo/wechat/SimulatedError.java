package org.huying.demo.wechat;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Errors in WeChat's words. */
final class SimulatedError {
    private static final Map<Integer, String> MESSAGES = Map.ofEntries(
            Map.entry(-1, "system error"),
            Map.entry(40001, "invalid credential, access_token is invalid or not latest"),
            Map.entry(40002, "invalid grant_type"),
            Map.entry(40003, "invalid openid"),
            Map.entry(40013, "invalid appid"),
            Map.entry(40014, "invalid access_token"),
            Map.entry(40029, "invalid code"),
            Map.entry(40037, "invalid template_id"),
            Map.entry(40125, "invalid appsecret"),
            Map.entry(40164, "invalid ip 127.0.0.1, not in whitelist"),
            Map.entry(40243, "AppSecret is frozen"),
            Map.entry(48001, "api unauthorized"),
            Map.entry(50001, "user unauthorized api"),
            Map.entry(50002, "user limited"),
            Map.entry(40163, "code been used"),
            Map.entry(40226, "code blocked"),
            Map.entry(41001, "access_token missing"),
            Map.entry(41002, "appid missing"),
            Map.entry(41004, "appsecret missing"),
            Map.entry(41008, "missing code"),
            Map.entry(42001, "access_token expired"),
            Map.entry(43101, "user refuse to accept the msg"),
            Map.entry(45009, "reach max api daily quota limit"),
            Map.entry(45011, "api minute-quota reach limit  mustslower  retry next minute"),
            Map.entry(47003, "argument invalid!"));

    private SimulatedError() {}

    static String of(int errcode) {
        return of(errcode, "");
    }

    /** @param detail what exactly, where WeChat says it */
    static String of(int errcode, String detail) {
        var message = MESSAGES.getOrDefault(errcode, "unknown error") + detail;
        var tail = String.format("%08x", WeChatSimulator.digest("rid " + message)[0] & 0xff);
        return new JsonObject()
                .put("errcode", errcode)
                .put("errmsg", message + ", rid: 6a21f0c4-" + tail)
                .encode();
    }
}
