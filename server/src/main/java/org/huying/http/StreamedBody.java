package org.huying.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A body that is made piece by piece, as fast as it is taken. */
@FunctionalInterface
public interface StreamedBody {
    /** Takes the next piece; ends when there is room for another, and fails when the caller has left. */
    @FunctionalInterface
    interface Sink {
        Future<Void> write(Buffer piece);
    }

    /** Makes one piece after another, each when the one before has been taken. */
    Future<Void> send(Sink sink);
}
