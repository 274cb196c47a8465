package org.huying.db.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How jobs end and how long they take, how late the work is, and how many were given up. */
public final class JobMetrics {
    /** How an attempt ended. */
    enum Result {
        DONE,
        FAILED,
        GIVEN_UP
    }

    private final MeterRegistry registry;
    private final AtomicLong lagMillis = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();

    public JobMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("huying.jobs.lag.seconds", lagMillis, millis -> millis.get() / 1e3);
        registry.gauge("huying.jobs.given.up", givenUp, AtomicLong::get);
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
