package org.huying.http;

import java.time.Duration;
import java.util.Set;
import org.huying.kernel.Limit;

/**
 * How often some operations may be called, together.
 *
 * @param name       of the policy, as callers see it
 * @param per        whose calls count together
 * @param operations of the contract
 */
public record RateLimit(String name, Per per, Limit limit, Set<String> operations) {
    /** Whose calls count together. */
    public enum Per {
        ADDRESS,
        PERSON,
        /** Staff, who call for whoever comes to them, are free of it. */
        RESIDENT
    }

    public RateLimit {
        operations = Set.copyOf(operations);
    }

    public static RateLimit of(String name, Per per, int permits, Duration window, String... operations) {
        return new RateLimit(name, per, new Limit(permits, window), Set.of(operations));
    }

    /** The field {@code RateLimit-Policy}. */
    String policy() {
        return "\"" + name + "\";q=" + limit.permits() + ";w=" + limit.window().toSeconds();
    }

    /** The field {@code RateLimit}. */
    String state(int permitsLeft, Duration window) {
        return "\"" + name + "\";r=" + permitsLeft + ";t=" + Problems.seconds(window);
    }
}
