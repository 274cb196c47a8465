package org.huying.app;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.huying.db.clock.ClockGuard;
import org.huying.kernel.Refusal;

/**
 * Whether work can be done here: not on the way out, the clock right, bookings accepted, and the database answers on every
 * event loop. One for a node.
 */
final class Readiness {
    private final AtomicBoolean draining;
    private final ClockGuard clock;
    private final BooleanSupplier accepting;
    private final List<Pulse> pulses = new CopyOnWriteArrayList<>();

    Readiness(AtomicBoolean draining, ClockGuard clock, BooleanSupplier accepting) {
        this.draining = draining;
        this.clock = clock;
        this.accepting = accepting;
    }

    void join(Pulse pulse) {
        pulses.add(pulse);
    }

    void leave(Pulse pulse) {
        pulse.close();
        pulses.remove(pulse);
    }

    /** Fails with the reason why not. */
    Future<Void> check() {
        if (draining.get()) {
            return Future.failedFuture(Refusal.unavailable("shutting_down"));
        }
        if (clock.refusal() != null) {
            return Future.failedFuture(Refusal.unavailable(ClockGuard.CODE));
        }
        if (!accepting.getAsBoolean()) {
            return Future.failedFuture(Refusal.unavailable("bookings_busy"));
        }
        var asked = pulses.stream().map(Pulse::ask).toList();
        return Future.all(asked)
                .<Void>mapEmpty()
                .recover(failure -> Future.failedFuture(Refusal.unavailable("database_unavailable")));
    }
}
