package org.huying.metrics.scoreboard;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;
import java.util.function.Supplier;
import org.huying.kernel.BoundedCache;
import org.jspecify.annotations.Nullable;

/** Makes a page once a minute, however many ask for it, and once for all who ask at the same time. Of one event loop. */
final class ScoreboardCache {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int PAGES_MAX = 500;

    private final Clock clock;
    private final BoundedCache<Key, Entry> pages = new BoundedCache<>(PAGES_MAX);

    ScoreboardCache(Clock clock) {
        this.clock = clock;
    }

    /** A page; without a district that of the default one. */
    record Key(@Nullable UUID districtId, YearMonth month) {}

    private record Entry(Future<Scoreboard> page, Instant until) {}

    Future<Scoreboard> get(Key key, Supplier<Future<Scoreboard>> making) {
        var now = clock.instant();
        var known = pages.get(key);
        if (known != null && now.isBefore(known.until())) {
            return known.page();
        }
        var made = new Entry(making.get(), now.plus(FRESH));
        pages.put(key, made);
        return made.page().onFailure(failure -> pages.remove(key, made));
    }
}
