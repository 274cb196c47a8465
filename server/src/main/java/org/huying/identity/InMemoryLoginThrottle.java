package org.huying.identity;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.huying.kernel.BoundedCache;
import org.huying.kernel.Refusal;

/**
 * Counts within one node. After ten failures a name is locked for half a minute, then twice as long after each further
 * one, up to an hour. Bounded: whoever tries very many names only makes it forget the oldest failures, at the price of a
 * password hash each. Thread-safe; one for all event loops.
 */
public final class InMemoryLoginThrottle implements LoginThrottle {
    private static final int FAILURES_FREE = 10;
    private static final Duration LOCK_FIRST = Duration.ofSeconds(30);
    private static final Duration LOCK_MAX = Duration.ofHours(1);
    private static final int DOUBLINGS_MAX = 7;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);
    private static final int ENTRIES_MAX = 50_000;

    private final Clock clock;
    private final Map<Key, Failures> failures = new BoundedCache<>(ENTRIES_MAX);

    /** Takes real time as its clock. */
    public InMemoryLoginThrottle(Clock clock) {
        this.clock = clock;
    }

    private record Key(String username, String address) {}

    private record Failures(int count, Instant last, Instant lockedUntil) {}

    @Override
    public synchronized Future<Void> check(String username, String address) {
        var now = clock.instant();
        var known = failures.get(new Key(username, address));
        if (known == null || !known.lockedUntil().isAfter(now)) {
            return Future.succeededFuture();
        }
        // rounded up, as the answer has whole seconds
        var wait = Duration.between(now, known.lockedUntil()).plusMillis(999).toSeconds();
        return Future.failedFuture(Refusal.tooMany("login_locked", Duration.ofSeconds(wait)));
    }

    @Override
    public synchronized Future<Void> settle(String username, String address, boolean success) {
        var refused = check(username, address);
        if (refused.failed()) {
            return refused;
        }
        var key = new Key(username, address);
        if (success) {
            failures.remove(key);
        } else {
            failures.merge(key, first(clock.instant()), InMemoryLoginThrottle::more);
        }
        return Future.succeededFuture();
    }

    private static Failures first(Instant now) {
        return new Failures(1, now, now);
    }

    private static Failures more(Failures before, Failures latest) {
        var now = latest.last();
        if (before.last().plus(FORGOTTEN_AFTER).isBefore(now)) {
            return latest;
        }
        var count = before.count() + 1;
        return new Failures(count, now, count < FAILURES_FREE ? now : now.plus(lock(count - FAILURES_FREE)));
    }

    private static Duration lock(int failuresBeyond) {
        var lock = LOCK_FIRST.multipliedBy(1L << Math.min(failuresBeyond, DOUBLINGS_MAX));
        return lock.compareTo(LOCK_MAX) > 0 ? LOCK_MAX : lock;
    }
}
