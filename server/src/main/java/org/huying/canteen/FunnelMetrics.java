package org.huying.canteen;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How many bookings wait, for how long, and how many then go together. Shared by all funnels of a node. */
final class FunnelMetrics {
    private static final double[] BATCH_BUCKETS = {1, 2, 4, 8, 16, 32, 64, 128, 256};
    private static final Duration[] WAIT_BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1)
    };

    private final DistributionSummary batchSize;
    private final Timer wait;

    FunnelMetrics(MeterRegistry registry, FunnelRing ring) {
        registry.gauge("huying.bookings.queued", ring, FunnelRing::queued);
        batchSize = DistributionSummary.builder("huying.bookings.batch.size")
                .serviceLevelObjectives(BATCH_BUCKETS)
                .register(registry);
        wait = Timer.builder("huying.bookings.queue.wait")
                .serviceLevelObjectives(WAIT_BUCKETS)
                .register(registry);
    }

    void waited(long sinceNanos) {
        wait.record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
    }

    void batch(int size) {
        batchSize.record(size);
    }
}
