package org.huying.app;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;
import org.huying.db.Database;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database answers on the connections of one event loop. Asks once a second by itself, so that connections that
 * died unnoticed are found out before somebody needs them.
 */
final class Pulse {
    private static final long PERIOD_MILLIS = 1_000;
    private static final long WAIT_MILLIS = 1_500;

    private final Vertx vertx;
    private final Context loop;
    private final Database database;
    private final long timer;
    /** Touched on the event loop only. */
    private @Nullable Future<Void> asking;

    /** To be made on the event loop of the database's pool. */
    Pulse(Vertx vertx, Database database) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.database = database;
        this.timer = vertx.setPeriodic(PERIOD_MILLIS, due -> askHere());
    }

    /** From any event loop; fails when there is no answer within a moment, also where the loop asked is stuck itself. */
    Future<Void> ask() {
        var answer = ((ContextInternal) vertx.getOrCreateContext()).<Void>promise();
        loop.runOnContext(nothing -> askHere().onComplete(answer));
        return answer.future().timeout(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Many who want to know at once are told by one question. */
    private Future<Void> askHere() {
        if (asking == null || asking.isComplete()) {
            asking = database.reach();
        }
        return asking;
    }

    void close() {
        vertx.cancelTimer(timer);
    }
}
