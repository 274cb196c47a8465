package org.huying.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.huying.kernel.BoundedCache;
import org.huying.kernel.Sha256;

/**
 * Which names have logged in lately from which addresses: they need not queue with strangers. Holds nothing but hashes
 * under a key that is this process's alone. Thread-safe; one for all event loops.
 */
final class Regulars {
    private static final int ENTRIES_MAX = 20_000;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int PEPPER_BYTES = 32;

    private final Clock clock;
    private final byte[] pepper = new byte[PEPPER_BYTES];
    private final Map<String, Instant> lastByHash = new BoundedCache<>(ENTRIES_MAX);

    Regulars(Clock clock) {
        this.clock = clock;
        new SecureRandom().nextBytes(pepper);
    }

    synchronized boolean has(String username, String address) {
        var last = lastByHash.get(hash(username, address));
        return last != null && last.plus(KEPT).isAfter(clock.instant());
    }

    synchronized void add(String username, String address) {
        lastByHash.put(hash(username, address), clock.instant());
    }

    private String hash(String username, String address) {
        var text = (address + "\n" + username).getBytes(StandardCharsets.UTF_8);
        return Sha256.hex(pepper, text);
    }
}
