package org.huying.identity;

import io.vertx.core.Future;

/**
 * Slows down whoever guesses passwords. Counts per user name and address, known name or not, so that it tells nothing of
 * which names exist.
 */
public interface LoginThrottle {
    /** Fails with {@code login_locked} while the name is locked for the address. */
    Future<Void> check(String username, String address);

    /**
     * Takes note of an attempt's outcome. Fails with {@code login_locked} when the name was locked meanwhile: then the
     * outcome is not told, and guesses made all at once gain nothing.
     */
    Future<Void> settle(String username, String address, boolean success);
}
