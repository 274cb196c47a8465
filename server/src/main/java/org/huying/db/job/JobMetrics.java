package org.huying.db.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How the jobs of a side end and how long they take, how late the work is, and how many were given up. */
final class JobMetrics {
    /** How an attempt ended. */
    enum Result {
        DONE,
        FAILED,
        POSTPONED,
        GIVEN_UP
    }

    private final MeterRegistry registry;
    private final AtomicReference<@Nullable Instant> oldest = new AtomicReference<>();
    private final AtomicLong givenUp = new AtomicLong();

    JobMetrics(MeterRegistry registry, Side side, Clock clock) {
        this.registry = registry;
        Gauge.builder("huying.jobs.lag.seconds", oldest, since -> secondsSince(since.get(), clock))
                .tag("side", side.code())
                .register(registry);
        Gauge.builder("huying.jobs.given.up", givenUp, AtomicLong::get)
                .tag("side", side.code())
                .register(registry);
    }

    /** Since when the one waits that has been due longest; the lag grows by itself until the next look. */
    void oldest(@Nullable Instant since) {
        oldest.set(since);
    }

    private static double secondsSince(@Nullable Instant since, Clock clock) {
        return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1e3;
    }

    void givenUp(long count) {
        givenUp.set(count);
    }

    void ended(String kind, Result result, long startedNanos) {
        Timer.builder("huying.jobs")
                .tag("kind", kind)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
    }
}
