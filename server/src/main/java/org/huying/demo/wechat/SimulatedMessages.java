package org.huying.demo.wechat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code subscribeMessage.send}. Whoever logged in with a code {@code demo-new-gets-<what>[x<times>]-<anybody>} is answered
 * that, so many times or always: an errcode, {@code silence}, {@code down} (502) or {@code garbage}; and after that as
 * everybody else. {@code demo-new-gets-43101-wang} refuses all messages, {@code demo-new-gets--1x2-li} is reached the third
 * time. Keeps the last messages that were sent.
 */
final class SimulatedMessages {
    /** Answers that are none. */
    static final String SILENCE = "silence";

    static final String DOWN = "down";

    private static final int KEPT_MAX = 1_000;
    private static final int SCRIPTS_MAX = 1_000;
    private static final Pattern SCRIPT =
            Pattern.compile("demo-new-gets-(-?[0-9]{1,6}|silence|down|garbage)(?:x([0-9]{1,3}))?-.+");
    static final Pattern OPENID = Pattern.compile("o[A-Za-z0-9_-]{27}");
    private static final Map<String, Pattern> VALUES = Map.of(
            "thing", Pattern.compile(".{1,20}"),
            "phrase", Pattern.compile("\\p{IsHan}{1,5}"),
            "character_string", Pattern.compile("[\\x21-\\x7e]{1,32}"),
            "date", Pattern.compile("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日( [0-9]{2}:[0-9]{2})?"));

    private final SimulatedApp app;
    private final Deque<JsonObject> sent = new ArrayDeque<>();
    private final Map<String, Script> scripts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Script> eldest) {
            return size() > SCRIPTS_MAX;
        }
    };

    private static final class Script {
        private final String answer;
        private int times;

        private Script(String answer, int times) {
            this.answer = answer;
            this.times = times;
        }
    }

    SimulatedMessages(SimulatedApp app) {
        this.app = app;
    }

    /** How the owner of the code is to be answered. */
    synchronized void learn(String code) {
        var script = SCRIPT.matcher(code);
        if (script.matches()) {
            int times = script.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(script.group(2));
            scripts.putIfAbsent(WeChatSimulator.openidOf(code), new Script(script.group(1), times));
        }
    }

    synchronized String send(@Nullable String accessToken, JsonObject body) {
        var errcode = app.errorOf(accessToken);
        if (errcode != 0) {
            return SimulatedError.of(errcode);
        }
        var openid = body.getString("touser", "");
        if (!OPENID.matcher(openid).matches()) {
            return SimulatedError.of(40003);
        }
        var script = scripts.get(openid);
        if (script != null && script.times > 0) {
            script.times--;
            return scripted(script.answer);
        }
        return accept(body);
    }

    synchronized String sent() {
        return new JsonObject()
                .put("items", new JsonArray(sent.stream().toList()))
                .encodePrettily();
    }

    private static String scripted(String answer) {
        return switch (answer) {
            case SILENCE, DOWN -> answer;
            case "garbage" -> WeChatSimulator.GARBAGE;
            default -> SimulatedError.of(Integer.parseInt(answer));
        };
    }

    private String accept(JsonObject body) {
        if (!body.getString("template_id", "").startsWith("demo-")) {
            return SimulatedError.of(40037);
        }
        var data = body.getJsonObject("data", new JsonObject());
        for (var field : data.fieldNames()) {
            if (!isValid(field, data.getJsonObject(field).getString("value", ""))) {
                return SimulatedError.of(47003, " data." + field + ".value invalid");
            }
        }
        if (sent.size() == KEPT_MAX) {
            sent.removeFirst();
        }
        sent.addLast(body.copy().put("at", Instant.now().toString()));
        return new JsonObject()
                .put("errcode", 0)
                .put("errmsg", "ok")
                .put("msgid", 3_000_000_000L + sent.size())
                .encode();
    }

    private static boolean isValid(String field, String value) {
        var pattern = VALUES.get(field.replaceAll("[0-9]+$", ""));
        return pattern == null ? !value.isEmpty() : pattern.matcher(value).matches();
    }
}
