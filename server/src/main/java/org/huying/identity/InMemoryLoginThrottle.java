package org.huying.identity;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.huying.kernel.BoundedCache;

/**
 * Counts within one node. Bounded: whoever tries very many names only makes it forget the oldest failures, at the price of a
 * password hash each. Thread-safe; one for all event loops.
 */
public final class InMemoryLoginThrottle implements LoginThrottle {
    private static final int DOUBLINGS_MAX = 7;
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
        return Future.failedFuture(LoginThrottle.locked(Duration.between(now, known.lockedUntil())));
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
        if (before.last().plus(RULE.forgotten()).isBefore(now)) {
            return latest;
        }
        var count = before.count() + 1;
        return new Failures(count, now, count < RULE.free() ? now : now.plus(lock(count - RULE.free())));
    }

    private static Duration lock(int failuresBeyond) {
        var lock = RULE.first().multipliedBy(1L << Math.min(failuresBeyond, DOUBLINGS_MAX));
        return lock.compareTo(RULE.longest()) > 0 ? RULE.longest() : lock;
    }
}
