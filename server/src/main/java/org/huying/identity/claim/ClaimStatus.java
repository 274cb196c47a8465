package org.huying.identity.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What has become of a claim: the steps are those of the table in people.md. One that is confirmed is gone. */
enum ClaimStatus {
    PENDING(Duration.ZERO),
    DECLINED(Duration.ofDays(7)),
    WITHDRAWN(Duration.ZERO),
    EXPIRED(Duration.ZERO);

    private static final Map<ClaimStatus, Set<ClaimStatus>> STEPS = Map.of(
            PENDING, Set.of(DECLINED, WITHDRAWN, EXPIRED),
            DECLINED, Set.of(PENDING),
            WITHDRAWN, Set.of(PENDING),
            EXPIRED, Set.of(PENDING));

    private final Duration rest;

    ClaimStatus(Duration rest) {
        this.rest = rest;
    }

    boolean leadsTo(ClaimStatus next) {
        return STEPS.getOrDefault(this, Set.of()).contains(next);
    }

    /** From when on the same may be claimed anew, where it ended so. */
    Instant againAt(Instant endedAt) {
        return endedAt.plus(rest);
    }

    /** The name in the contract and the database. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ClaimStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
