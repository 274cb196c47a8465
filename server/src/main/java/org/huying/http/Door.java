package org.huying.http;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the event loops of a node let callers in, so that it can be shut before any of them closes a connection: a server that
 * ends on one loop alone throws out whom the others' door has let in for it. One for a node; thread-safe.
 */
public final class Door {
    private final AtomicReference<@Nullable Channel> listening = new AtomicReference<>();

    /** Learns from who came in where that was; a door through which nobody ever came need not be shut. */
    void cameIn(HttpConnection connection) {
        if (listening.get() == null) {
            listening.compareAndSet(
                    null, ((ConnectionBase) connection).channel().parent());
        }
    }

    /**
     * Lets nobody in any more. Whoever came in before is known to their event loop when it next does anything after this has
     * succeeded. Whom the system has let in and we have not taken is refused by it (a reset): there is no way to tell the
     * system to stop first.
     */
    Future<Void> shut() {
        var door = listening.get();
        if (door == null) {
            return Future.succeededFuture();
        }
        Promise<Void> shut = Promise.promise();
        var unused = door.close().addListener(done -> shut.complete());
        return shut.future();
    }
}
