package org.huying.app;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.huying.db.Database;
import org.huying.kernel.Refusal;

/** Whether work can be done here: not on the way out, bookings accepted, and the database answers. */
final class Readiness {
    private final AtomicBoolean draining;
    private final Database database;
    private final BooleanSupplier accepting;

    Readiness(AtomicBoolean draining, Database database, BooleanSupplier accepting) {
        this.draining = draining;
        this.database = database;
        this.accepting = accepting;
    }

    Future<Void> check() {
        if (draining.get()) {
            return Future.failedFuture(Refusal.unavailable("shutting_down"));
        }
        if (!accepting.getAsBoolean()) {
            return Future.failedFuture(Refusal.unavailable("bookings_busy"));
        }
        return database.reach();
    }
}
