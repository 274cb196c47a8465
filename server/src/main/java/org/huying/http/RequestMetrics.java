package org.huying.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Count, latency and requests in flight, by operation. Shared by all event loops. */
public final class RequestMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private record Series(String operationId, int status) {}

    private final MeterRegistry registry;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
    private final LongAdder inFlight = new LongAdder();

    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("huying.requests.in.flight", inFlight, LongAdder::sum);
    }

    void started() {
        inFlight.increment();
    }

    void ended(String operationId, int status, long elapsedNanos) {
        inFlight.decrement();
        timers.computeIfAbsent(new Series(operationId, status), this::timer).record(elapsedNanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return Timer.builder("huying.requests")
                .tag("operation", series.operationId())
                .tag("status", Integer.toString(series.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
