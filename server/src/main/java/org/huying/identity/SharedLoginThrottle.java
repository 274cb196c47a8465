package org.huying.identity;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.huying.db.FieldCipher;
import org.huying.redis.SharedLocks;

/**
 * Counts for all nodes together in Redis, where names stand as keyed hashes. This node's own failures are counted beside
 * it, and count alone while Redis is away: its going is no chance for whoever is guessing. Thread-safe; one for all event
 * loops.
 */
public final class SharedLoginThrottle implements LoginThrottle {
    private final SharedLocks locks;
    private final LoginThrottle local;
    private final FieldCipher cipher;

    /** @param local what this node has counted itself */
    public SharedLoginThrottle(SharedLocks locks, LoginThrottle local, FieldCipher cipher) {
        this.locks = locks;
        this.local = local;
        this.cipher = cipher;
    }

    @Override
    public Future<Void> check(String username, String address) {
        return withOrWithout(locks.check(name(username, address)), () -> local.check(username, address));
    }

    @Override
    public Future<Void> settle(String username, String address, boolean success) {
        var alone = local.settle(username, address, success);
        return withOrWithout(locks.settle(name(username, address), success), () -> alone);
    }

    private static Future<Void> withOrWithout(Future<Duration> shared, Supplier<Future<Void>> local) {
        return shared.transform(wait -> {
            if (wait.failed()) {
                return local.get();
            }
            return wait.result().isZero()
                    ? Future.succeededFuture()
                    : Future.failedFuture(LoginThrottle.locked(wait.result()));
        });
    }

    private String name(String username, String address) {
        return "login:"
                + HexFormat.of()
                        .formatHex(cipher.index("login\n" + address + "\n" + username)
                                .getBytes());
    }
}
