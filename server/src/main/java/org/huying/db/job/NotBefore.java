package org.huying.db.job;

import java.time.Instant;

/** A handler fails with this when trying again is no use before an instant; it does not count as an attempt. */
public final class NotBefore extends RuntimeException {
    private final transient Instant at;

    /** @param code says why, in no more than a word */
    public NotBefore(Instant at, String code) {
        super(code, null, false, false);
        this.at = at;
    }

    Instant at() {
        return at;
    }
}
