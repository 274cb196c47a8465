package org.huying.testing;

import io.vertx.core.Vertx;
import java.time.Duration;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.Waits;

/** For tests that are not about a slow database: a busy machine is none. */
public final class Patient {
    public static final Waits WAITS = new Waits(Duration.ofSeconds(20));

    private Patient() {}

    /** As a node has it, but for that. */
    public static Database database(Vertx vertx, String name, String url, int size) {
        return new Database(Pools.forService(vertx, name, url, size, WAITS), WAITS);
    }
}
