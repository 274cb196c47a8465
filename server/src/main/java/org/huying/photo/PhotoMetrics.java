package org.huying.photo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.huying.http.FairWorkers;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** How many photos were taken in or refused, and how long that took. */
final class PhotoMetrics {
    private final MeterRegistry registry;

    PhotoMetrics(MeterRegistry registry, FairWorkers renderers) {
        this.registry = registry;
        registry.gauge("huying.photos.rendering", renderers, FairWorkers::count);
    }

    /** @param failure what it was refused for, if it was */
    void ended(@Nullable Throwable failure, long startedNanos) {
        Timer.builder("huying.photos.intake")
                .tag("result", result(failure))
                .register(registry)
                .record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
    }

    private static String result(@Nullable Throwable failure) {
        if (failure == null) {
            return "taken";
        }
        return failure instanceof Refusal refusal ? refusal.code() : "failed";
    }
}
