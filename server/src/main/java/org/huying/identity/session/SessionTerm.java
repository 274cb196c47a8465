package org.huying.identity.session;

import java.time.Duration;
import java.time.Instant;
import org.huying.kernel.Caller;

/**
 * How long a session lasts, after NIST SP 800-63B-4: the longest at AAL1 should be thirty days. A resident's is longer, as
 * their next login would be WeChat's own, which asks them nothing; see accounts.md.
 */
enum SessionTerm {
    RESIDENT(Duration.ofDays(30), Duration.ofDays(180)),
    STAFF(Duration.ofHours(12), Duration.ofDays(30));

    private final Duration unused;
    private final Duration longest;

    SessionTerm(Duration unused, Duration longest) {
        this.unused = unused;
        this.longest = longest;
    }

    static SessionTerm of(Caller.Kind kind) {
        return switch (kind) {
            case RESIDENT -> RESIDENT;
            case STAFF -> STAFF;
        };
    }

    /** When a session of this age ends unless it is used again. */
    Instant end(Instant openedAt, Instant usedAt) {
        var idle = usedAt.plus(unused);
        var last = openedAt.plus(longest);
        return idle.isBefore(last) ? idle : last;
    }
}
