package org.huying.db.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

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
    private final AtomicLong lagMillis = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();

    JobMetrics(MeterRegistry registry, Side side) {
        this.registry = registry;
        Gauge.builder("huying.jobs.lag.seconds", lagMillis, millis -> millis.get() / 1e3)
                .tag("side", side.code())
                .register(registry);
        Gauge.builder("huying.jobs.given.up", givenUp, AtomicLong::get)
                .tag("side", side.code())
                .register(registry);
    }

    void lag(Duration lag) {
        lagMillis.set(lag.toMillis());
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
