package org.huying.demo.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.huying.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for WeChat on a loopback port, answering logins, numbers, the app's token and subscribe messages as the real one
 * does: always 200, errors inside the JSON. Demo codes are good again and again; a code {@code error-<errcode>} answers that
 * error, {@code error-timeout} stays silent, {@code error-garbage} is no JSON. How messages are answered is told at
 * {@link SimulatedMessages}; {@code GET /messages} lists what was sent. {@code demo-phone-<eleven digits>} gives that number.
 */
public final class WeChatSimulator {
    /** The only app that it knows. */
    public static final String APP_ID = "wxd3a0c5e1f7b24698";

    /** Of the demo app; it opens nothing but this simulator. */
    public static final String SECRET = "0demo0demo0demo0demo0demo0demo00";

    /** Where what was sent can be seen; nothing that the real one has. */
    public static final String MESSAGES_PATH = "/messages";

    static final Pattern KNOWN_CODE =
            Pattern.compile("demo-resident-([1-9]|[1-3][0-9]|40)|demo-far-1|demo-new-[\\x21-\\x7e]{1,100}");

    static final String GARBAGE = "<html><body>502 Bad Gateway</body></html>";

    private static final Pattern ERROR_CODE = Pattern.compile("error-(-?[0-9]{1,6})");
    private static final String PLAIN = "text/plain";
    private static final String JSON = "application/json; encoding=utf-8";

    /** How long a silent answer holds its connection, so that silence too is bounded. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final HttpServer server;
    private final SimulatedApp app = new SimulatedApp();
    private final SimulatedMessages messages = new SimulatedMessages(app);

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
        switch (request.method() + " " + request.path()) {
            case "GET /sns/jscode2session" -> session(request);
            case "POST /cgi-bin/stable_token" ->
                request.body().onSuccess(body -> end(request, JSON, app.token(object(body))));
            case "POST /cgi-bin/message/subscribe/send" ->
                request.body().onSuccess(body -> send(request, object(body)));
            case "POST /wxa/business/getuserphonenumber" ->
                request.body().onSuccess(body -> phone(request, object(body)));
            case "GET " + MESSAGES_PATH -> end(request, JSON, messages.sent());
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void session(HttpServerRequest request) {
        var code = request.getParam("js_code");
        answerCode(request, code, PLAIN, () -> {
            messages.learn(String.valueOf(code));
            return SimulatedLogin.session(request, code);
        });
    }

    private void phone(HttpServerRequest request, JsonObject body) {
        answerCode(request, body.getValue("code"), JSON, () -> {
            var errcode = app.errorOf(request.getParam("access_token"));
            return errcode == 0 ? SimulatedPhones.number(body) : SimulatedError.of(errcode);
        });
    }

    /** Unless the code provokes what is no answer. */
    private void answerCode(
            HttpServerRequest request, @Nullable Object code, String contentType, Supplier<String> answer) {
        if ("error-timeout".equals(code)) {
            staySilent(request);
        } else {
            end(request, contentType, "error-garbage".equals(code) ? GARBAGE : answer.get());
        }
    }

    private void send(HttpServerRequest request, JsonObject body) {
        var answer = messages.send(request.getParam("access_token"), body);
        switch (answer) {
            case SimulatedMessages.SILENCE -> staySilent(request);
            case SimulatedMessages.DOWN -> request.response().setStatusCode(502).end();
            default -> end(request, JSON, answer);
        }
    }

    private void staySilent(HttpServerRequest request) {
        vertx.setTimer(SILENCE.toMillis(), timer -> request.connection().close().onComplete(done -> {}));
    }

    /** What is no JSON says nothing. */
    private static JsonObject object(Buffer body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            return new JsonObject();
        }
    }

    private static void end(HttpServerRequest request, String contentType, String body) {
        request.response().putHeader("Content-Type", contentType).end(body).onComplete(sent -> {});
    }

    /** That which the code provokes, or nothing. */
    static OptionalInt provoked(String code) {
        var error = ERROR_CODE.matcher(code);
        return error.matches() ? OptionalInt.of(Integer.parseInt(error.group(1))) : OptionalInt.empty();
    }

    static byte[] digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
