package org.huying.db.wire;

import io.vertx.core.Future;
import io.vertx.core.VertxException;

/** A statement was given to a connection that had been cut already: the other side has not seen it. */
public final class UnsentException extends VertxException {
    private static final long serialVersionUID = 1;

    private final transient Future<Void> gone;

    UnsentException(Future<Void> gone) {
        super("the connection was cut before", true);
        this.gone = gone;
    }

    /** When nothing is left of the connection, and the pool gives out others. */
    public Future<Void> gone() {
        return gone;
    }
}
