package org.huying.wechat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.huying.db.FieldCipher;
import org.huying.redis.SharedValues;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token with which the app calls WeChat: one for all nodes. A node looks into its own memory, into what the nodes
 * share, and then asks WeChat, one node at a time; the others wait for what it finds. WeChat gives everybody who asks the
 * same token while it is good, so nodes that cannot see each other do no harm. However many calls wait for it, on whatever
 * event loops, a node asks once.
 */
public final class AppToken {
    private static final Logger LOG = LoggerFactory.getLogger(AppToken.class);

    /** In the last five minutes WeChat hands out the next token, and takes the old one as well. */
    private static final long MARGIN_SECONDS = 300;

    /** WeChat forces a new token 20 times a day, and never twice within 30 s. */
    private static final Duration FORCE_PAUSE = Duration.ofMinutes(10);

    /** not the latest token; not a token; an expired one. */
    static final Set<Integer> REFUSALS = Set.of(40001, 40014, 42001);

    /** A turn outlasts two questions that take all the time they may. */
    private static final Duration TURN = Duration.ofSeconds(7);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int PAUSES_MAX = 30;

    private final Vertx vertx;
    private final WeChatHttp http;
    private final String appId;
    private final String secret;
    private final SharedValues shared;
    private final String sharedName;
    private final FieldCipher cipher;
    private final Clock clock;
    private @Nullable Held held;
    private @Nullable Future<String> asking;
    private Instant forcedAt = Instant.MIN;

    private record Held(String value, Instant until) {}

    /**
     * Makes the one of a node.
     *
     * @param baseUrl without a trailing slash, such as {@code https://api.weixin.qq.com}
     * @param clock   real time
     */
    public AppToken(
            Vertx vertx,
            String baseUrl,
            String appId,
            String secret,
            SharedValues shared,
            FieldCipher cipher,
            Clock clock) {
        this.vertx = vertx;
        this.http = new WeChatHttp(vertx, baseUrl);
        this.appId = appId;
        this.secret = secret;
        this.shared = shared;
        this.sharedName = "wechat-token:" + appId + "@" + baseUrl;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Fails with {@code wechat_unavailable}. */
    synchronized Future<String> get() {
        var known = held;
        if (known != null && clock.instant().isBefore(known.until())) {
            return Future.succeededFuture(known.value());
        }
        return once(() -> found(each -> true, () -> ask(false)));
    }

    /**
     * Another than the one that WeChat has just refused: what another node or WeChat itself has meanwhile, or else a new
     * one, which ends all others. Fails with {@code wechat_unavailable}.
     */
    synchronized Future<String> insteadOf(String refused) {
        var known = held;
        if (known != null && !known.value().equals(refused)) {
            return Future.succeededFuture(known.value());
        }
        held = null;
        return once(() -> found(
                each -> !each.value().equals(refused),
                () -> ask(false).compose(now -> now.value().equals(refused) ? force() : Future.succeededFuture(now))));
    }

    /** Calls with the token and, where WeChat refuses that, once more with another. */
    Future<JsonObject> call(Function<String, Future<JsonObject>> send) {
        return get().compose(first -> send.apply(first)
                .compose(answer -> REFUSALS.contains(WeChatHttp.errorOf(answer))
                        ? insteadOf(first).compose(send)
                        : Future.succeededFuture(answer)));
    }

    private synchronized Future<String> once(Supplier<Future<Held>> work) {
        var started = asking;
        if (started == null) {
            started = work.get().map(this::keep);
            asking = started;
            var ending = started;
            started.onComplete(done -> forget(ending));
        }
        return here(started);
    }

    /** Goes on where the caller is, whoever's event loop has asked. */
    private static <T> Future<T> here(Future<T> elsewhere) {
        var context = Vertx.currentContext();
        if (context == null) {
            return elsewhere;
        }
        var here = Promise.<T>promise();
        elsewhere.onComplete(done -> context.runOnContext(nothing -> here.handle(done)));
        return here.future();
    }

    private synchronized String keep(Held found) {
        held = found;
        return found.value();
    }

    private synchronized void forget(Future<String> ended) {
        if (asking == ended) {
            asking = null;
        }
    }

    /** What the nodes share, or what this one asks for when it is its turn. */
    private Future<Held> found(Predicate<Held> isGood, Supplier<Future<Held>> question) {
        return sharedOne(isGood).compose(other -> orElse(other, () -> inTurn(isGood, question, PAUSES_MAX)));
    }

    private Future<Held> inTurn(Predicate<Held> isGood, Supplier<Future<Held>> question, int pausesLeft) {
        var turn = UUID.randomUUID().toString();
        return shared.takeTurn(sharedName, turn, TURN).compose(isMine -> {
            if (isMine) {
                // Whoever had the turn before may have found it.
                return sharedOne(isGood)
                        .compose(other -> orElse(other, question))
                        .eventually(() -> shared.endTurn(sharedName, turn));
            }
            // However long the other takes: what it finds is the same.
            return pausesLeft == 0
                    ? question.get()
                    : vertx.timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                            .compose(passed -> sharedOne(isGood))
                            .compose(other -> orElse(other, () -> inTurn(isGood, question, pausesLeft - 1)));
        });
    }

    private static Future<Held> orElse(Optional<Held> found, Supplier<Future<Held>> question) {
        return found.map(Future::succeededFuture).orElseGet(question);
    }

    private synchronized Future<Held> force() {
        var now = clock.instant();
        if (forcedAt.isAfter(now.minus(FORCE_PAUSE))) {
            LOG.error("wechat refuses the token that it gave a moment ago");
            return Future.failedFuture(WeChatHttp.unavailable());
        }
        forcedAt = now;
        return ask(true);
    }

    private Future<Held> ask(boolean isForced) {
        var body = new JsonObject()
                .put("grant_type", "client_credential")
                .put("appid", appId)
                .put("secret", secret)
                .put("force_refresh", isForced);
        return WeChatHttp.answer(
                        http.request(HttpMethod.POST, "/cgi-bin/stable_token").sendJsonObject(body))
                .map(this::held)
                .compose(found -> share(found).map(found));
    }

    private Held held(JsonObject answer) {
        if (answer.getValue("access_token") instanceof String value
                && !value.isEmpty()
                && answer.getValue("expires_in") instanceof Number seconds) {
            var lifetime = Math.max(seconds.longValue() - MARGIN_SECONDS, seconds.longValue() / 2);
            return new Held(value, clock.instant().plusSeconds(lifetime));
        }
        LOG.error("wechat gives no token: errcode {}; look at the app id and secret", WeChatHttp.errorOf(answer));
        throw WeChatHttp.unavailable();
    }

    private Future<Void> share(Held found) {
        var text = new JsonObject()
                .put("token", found.value())
                .put("until", found.until().toString());
        var lifetime = Duration.between(clock.instant(), found.until());
        return lifetime.toMillis() < 1
                ? Future.succeededFuture()
                : shared.put(sharedName, cipher.sealBytes(text.toBuffer().getBytes()), lifetime);
    }

    private Future<Optional<Held>> sharedOne(Predicate<Held> isGood) {
        return shared.get(sharedName)
                .map(found -> found.flatMap(this::open)
                        .filter(each -> clock.instant().isBefore(each.until()))
                        .filter(isGood));
    }

    /** Empty for what a node with other keys, or of another age, has left. */
    private Optional<Held> open(Buffer sealed) {
        try {
            var text = new JsonObject(Buffer.buffer(cipher.openBytes(sealed)));
            var value = text.getString("token");
            var until = text.getInstant("until");
            return value == null || until == null ? Optional.empty() : Optional.of(new Held(value, until));
        } catch (IllegalStateException | DecodeException | ClassCastException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
