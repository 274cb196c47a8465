package org.huying.app;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.db.Database;
import org.huying.kernel.Refusal;

/** Whether this node can do its work: not on its way out, and the database answers. */
final class Readiness {
    private final AtomicBoolean draining;

    /** Shared by the event loops of a node. */
    Readiness(AtomicBoolean draining) {
        this.draining = draining;
    }

    Future<Void> check(Database database) {
        if (draining.get()) {
            return Future.failedFuture(Refusal.unavailable("shutting_down"));
        }
        return database.read(client -> client.query("SELECT 1").execute()).mapEmpty();
    }
}
