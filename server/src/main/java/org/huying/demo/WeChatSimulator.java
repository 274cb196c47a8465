package org.huying.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for WeChat's login service on a loopback port, answering {@code GET /sns/jscode2session} as the real one
 * does: always 200, always {@code text/plain}, errors inside the JSON. Demo codes are good again and again; a code
 * {@code error-<errcode>} answers that error, {@code error-timeout} stays silent, {@code error-garbage} is no JSON.
 */
public final class WeChatSimulator {
    /** The only app that it knows. */
    public static final String APP_ID = "wxd3a0c5e1f7b24698";

    /** Of the demo app; it opens nothing but this simulator. */
    public static final String SECRET = "0demo0demo0demo0demo0demo0demo00";

    static final Pattern KNOWN_CODE =
            Pattern.compile("demo-resident-([1-9]|[1-3][0-9]|40)|demo-far-1|demo-new-[\\x21-\\x7e]{1,100}");

    private static final String PATH = "/sns/jscode2session";
    private static final Map<Integer, String> MESSAGES = Map.ofEntries(
            Map.entry(-1, "system error"),
            Map.entry(40002, "invalid grant_type"),
            Map.entry(40013, "invalid appid"),
            Map.entry(40029, "invalid code"),
            Map.entry(40125, "invalid appsecret"),
            Map.entry(40163, "code been used"),
            Map.entry(40226, "code blocked"),
            Map.entry(41002, "appid missing"),
            Map.entry(41004, "appsecret missing"),
            Map.entry(41008, "missing code"),
            Map.entry(45011, "api minute-quota reach limit  mustslower  retry next minute"));
    private static final Pattern ERROR_CODE = Pattern.compile("error-(-?[0-9]{1,6})");
    /** How long a silent answer holds its connection, so that silence too is bounded. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final HttpServer server;

    private WeChatSimulator(Vertx vertx) {
        this.vertx = vertx;
        this.server = vertx.createHttpServer().requestHandler(this::answer);
    }

    public static Future<WeChatSimulator> start(Vertx vertx) {
        var simulator = new WeChatSimulator(vertx);
        return simulator.server.listen(0, "127.0.0.1").map(simulator);
    }

    /** The address to give as {@code HUYING_WECHAT_URL}, without a path. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    public Future<Void> close() {
        return server.close();
    }

    /** Who the code logs in: 28 characters, the same for a code at all times and on all machines. */
    public static String openidOf(String code) {
        var letters = Base64.getUrlEncoder().withoutPadding().encodeToString(digest("openid " + code));
        return "o" + letters.substring(0, 27);
    }

    private void answer(HttpServerRequest request) {
        if (!HttpMethod.GET.equals(request.method()) || !PATH.equals(request.path())) {
            request.response().setStatusCode(404).end();
            return;
        }
        var code = request.getParam("js_code");
        if ("error-timeout".equals(code)) {
            vertx.setTimer(
                    SILENCE.toMillis(), timer -> request.connection().close().onComplete(done -> {}));
        } else if ("error-garbage".equals(code)) {
            end(request, "<html><body>502 Bad Gateway</body></html>");
        } else {
            end(request, session(request, code).encode());
        }
    }

    private static JsonObject session(HttpServerRequest request, @Nullable String code) {
        var errcode = errorOf(request, code);
        if (errcode != 0) {
            var message = MESSAGES.getOrDefault(errcode, "unknown error");
            var tail = String.format("%08x", digest("rid " + code + errcode)[0] & 0xff);
            return new JsonObject().put("errcode", errcode).put("errmsg", message + ", rid: 6a21f0c4-" + tail);
        }
        var key = Base64.getEncoder().encodeToString(Arrays.copyOf(digest("session " + code), 16));
        return new JsonObject().put("session_key", key).put("openid", openidOf(String.valueOf(code)));
    }

    /** The first thing wrong, in the order in which the real service looks; 0 when nothing is. */
    private static int errorOf(HttpServerRequest request, @Nullable String code) {
        var appid = request.getParam("appid");
        var secret = request.getParam("secret");
        if (isAbsent(appid)) {
            return 41002;
        }
        if (!APP_ID.equals(appid)) {
            return 40013;
        }
        if (isAbsent(secret)) {
            return 41004;
        }
        if (!SECRET.equals(secret)) {
            return 40125;
        }
        return isAbsent(code) ? 41008 : errorOfCode(request.getParam("grant_type"), String.valueOf(code));
    }

    private static int errorOfCode(@Nullable String grantType, String code) {
        if (!"authorization_code".equals(grantType)) {
            return 40002;
        }
        var provoked = ERROR_CODE.matcher(code);
        if (provoked.matches()) {
            return Integer.parseInt(provoked.group(1));
        }
        return KNOWN_CODE.matcher(code).matches() ? 0 : 40029;
    }

    private static boolean isAbsent(@Nullable String value) {
        return value == null || value.isEmpty();
    }

    private static void end(HttpServerRequest request, String body) {
        request.response().putHeader("Content-Type", "text/plain").end(body).onComplete(sent -> {});
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
