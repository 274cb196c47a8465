package org.huying.ticket;

import java.time.Duration;

/** The terms of the design. All include their last instant. */
final class Windows {
    /** After the first resolve: what breaks a one-time completion. After the latest: reopening, and closing by itself. */
    static final Duration AFTER_RESOLVE = Duration.ofDays(7);

    static final Duration RATING = Duration.ofDays(30);
    static final Duration WAITING_FOR_INFO = Duration.ofDays(7);
    static final Duration SUSPENSION = Duration.ofDays(30);
    static final Duration BETWEEN_URGES = Duration.ofHours(4);

    /** After which saying the same again is no slip of the hand any more. */
    static final Duration SAME_WORDS = Duration.ofMinutes(10);

    private Windows() {}
}
