package org.huying.wechat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.huying.db.FieldCipher;
import org.huying.redis.SharedValues;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token with which the app calls WeChat: one for all nodes. A node looks into its own memory, into what the nodes
 * share, and then asks WeChat, which gives everybody who asks the same token while it is good; so nodes that cannot see
 * each other do no harm. However many calls wait for it, a node asks once.
 */
final class AppToken {
    private static final Logger LOG = LoggerFactory.getLogger(AppToken.class);

    /** In the last five minutes WeChat hands out the next token, and takes the old one as well. */
    private static final long MARGIN_SECONDS = 300;

    /** WeChat forces a new token 20 times a day, and never twice within 30 s. */
    private static final Duration FORCE_PAUSE = Duration.ofMinutes(10);

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
     * Makes one for a node.
     *
     * @param sharedName by which the nodes of this app find it
     * @param clock      real time
     */
    AppToken(
            WeChatHttp http,
            String appId,
            String secret,
            SharedValues shared,
            String sharedName,
            FieldCipher cipher,
            Clock clock) {
        this.http = http;
        this.appId = appId;
        this.secret = secret;
        this.shared = shared;
        this.sharedName = sharedName;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Fails with {@code wechat_unavailable}. */
    synchronized Future<String> get() {
        var known = held;
        if (known != null && clock.instant().isBefore(known.until())) {
            return Future.succeededFuture(known.value());
        }
        return once(() ->
                sharedOne().compose(other -> other.map(Future::succeededFuture).orElseGet(() -> ask(false))));
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
        return once(() -> sharedOne()
                .map(other -> other.filter(each -> !each.value().equals(refused)))
                .compose(other -> other.map(Future::succeededFuture)
                        .orElseGet(() -> ask(false)
                                .compose(now -> now.value().equals(refused) ? force() : Future.succeededFuture(now)))));
    }

    private synchronized Future<String> once(Supplier<Future<Held>> work) {
        if (asking != null) {
            return asking;
        }
        var started = work.get().map(this::keep);
        asking = started;
        started.onComplete(done -> forget(started));
        return started;
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

    private Future<Optional<Held>> sharedOne() {
        return shared.get(sharedName)
                .map(found ->
                        found.flatMap(this::open).filter(each -> clock.instant().isBefore(each.until())));
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
