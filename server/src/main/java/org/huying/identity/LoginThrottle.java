package org.huying.identity;

import io.vertx.core.Future;
import java.time.Duration;
import org.huying.kernel.Refusal;
import org.huying.redis.SharedLocks;

/**
 * Slows down whoever guesses passwords. Counts per user name and address, known name or not, so that it tells nothing of
 * which names exist.
 */
public interface LoginThrottle {
    /** After ten failures a name is locked for half a minute, then twice as long after each further one, up to an hour. */
    SharedLocks.Rule RULE = new SharedLocks.Rule(10, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofHours(24));

    /** Fails with {@code login_locked} while the name is locked for the address. */
    Future<Void> check(String username, String address);

    /**
     * Takes note of an attempt's outcome. Fails with {@code login_locked} when the name was locked meanwhile: then the
     * outcome is not told, and guesses made all at once gain nothing.
     */
    Future<Void> settle(String username, String address, boolean success);

    /** What a locked name is answered with; rounded up, as the answer has whole seconds. */
    static Refusal locked(Duration wait) {
        return Refusal.tooMany(
                "login_locked", Duration.ofSeconds(wait.plusMillis(999).toSeconds()));
    }
}
