package org.huying.canteen;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The funnels of a node, one for each event loop. All bookings of a meal go through one of them: there they make one large
 * batch, where several would wait for each other at the meal's row with small ones. Which one it is may change while loops
 * come and go; that costs speed and nothing else, as it does between nodes.
 */
public final class FunnelRing {
    /**
     * Half of the funnels are used: while a batch is in the database, its loop and another have requests to read and answers
     * to write, and larger batches cost less each.
     */
    private static final int LOOPS_FOR_A_FUNNEL = 2;

    private final List<BookingFunnel> funnels = new CopyOnWriteArrayList<>();
    private final FunnelMetrics metrics;

    public FunnelRing(MeterRegistry registry) {
        this.metrics = new FunnelMetrics(registry, this);
    }

    /** For what is not the work of a node's event loops. */
    public static FunnelRing unwatched() {
        return new FunnelRing(new SimpleMeterRegistry());
    }

    FunnelMetrics metrics() {
        return metrics;
    }

    void join(BookingFunnel funnel) {
        funnels.add(funnel);
    }

    void leave(BookingFunnel funnel) {
        funnels.remove(funnel);
    }

    /** Null when all have left. */
    @Nullable
    BookingFunnel of(UUID mealId) {
        var present = funnels.toArray(BookingFunnel[]::new);
        int used = (present.length + LOOPS_FOR_A_FUNNEL - 1) / LOOPS_FOR_A_FUNNEL;
        return used == 0 ? null : present[Math.floorMod(mealId.hashCode(), used)];
    }

    int queued() {
        return funnels.stream().mapToInt(BookingFunnel::queued).sum();
    }

    /**
     * Whether bookings get through here. A funnel that is full for a moment says so to those who come to it; the node is out
     * of order only when nothing gets through any of them.
     */
    public boolean isAccepting() {
        return funnels.stream().anyMatch(BookingFunnel::isMoving);
    }
}
