package org.huying.demo.wechat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code stable_token}: one token for everybody who asks, until its time is over or somebody forces a new one, which ends
 * the old.
 */
final class SimulatedApp {
    private static final long LIFETIME_SECONDS = 7_200;

    private String token = newToken();
    private long madeNanos = System.nanoTime();

    synchronized String token(JsonObject body) {
        var errcode = errorOf(body.getString("appid"), body.getString("secret"));
        if (errcode != 0) {
            return SimulatedError.of(errcode);
        }
        if (!"client_credential".equals(body.getString("grant_type"))) {
            return SimulatedError.of(40002);
        }
        if (age() >= LIFETIME_SECONDS || body.getBoolean("force_refresh", false)) {
            token = newToken();
            madeNanos = System.nanoTime();
        }
        return new JsonObject()
                .put("access_token", token)
                .put("expires_in", LIFETIME_SECONDS - age())
                .encode();
    }

    /** Of a call that brings the token; 0 when it is the one. */
    synchronized int errorOf(@Nullable String accessToken) {
        if (isAbsent(accessToken)) {
            return 41001;
        }
        if (!token.equals(accessToken)) {
            return 40001;
        }
        return age() < LIFETIME_SECONDS ? 0 : 42001;
    }

    /** Of who calls; 0 when it is the app. */
    static int errorOf(@Nullable String appid, @Nullable String secret) {
        if (isAbsent(appid)) {
            return 41002;
        }
        if (!WeChatSimulator.APP_ID.equals(appid)) {
            return 40013;
        }
        if (isAbsent(secret)) {
            return 41004;
        }
        return WeChatSimulator.SECRET.equals(secret) ? 0 : 40125;
    }

    private long age() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - madeNanos);
    }

    private static boolean isAbsent(@Nullable String value) {
        return value == null || value.isEmpty();
    }

    private static String newToken() {
        return "97_" + UUID.randomUUID() + UUID.randomUUID();
    }
}
