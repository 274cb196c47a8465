package org.huying.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.huying.app.Infrastructure;

/** Makes a node a demonstration: the demo districts in its database, and WeChat simulated where none is named. */
public final class Demo {
    private Demo() {}

    /** Starts the simulator; it ends with Vert.x. */
    public static Future<Infrastructure.WeChatAccess> simulateWeChat(Vertx vertx) {
        return Future.failedFuture("no simulator yet");
    }

    /** Loads the demo districts into an empty database; into another, only the meals of the days ahead. */
    public static Future<Void> load(Infrastructure infrastructure) {
        return Future.succeededFuture();
    }
}
