package org.huying.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one node has found out and spares the others, for a while. While Redis is away there is nothing of it, and nobody
 * waits for it.
 */
public final class SharedValues {
    private static final String PREFIX = "huying:value:";

    private final Link link;

    public SharedValues(Vertx vertx, List<String> urls) {
        this.link = new Link(vertx, urls);
    }

    /** Never fails. */
    public Future<Optional<Buffer>> get(String name) {
        return link.send(Request.cmd(Command.GET, PREFIX + name))
                .map(answer -> Optional.ofNullable(answer).map(value -> value.toBuffer()))
                .otherwise(Optional.empty());
    }

    /**
     * Never fails.
     *
     * @param value sealed, where it is a secret
     */
    public Future<Void> put(String name, Buffer value, Duration lifetime) {
        var request =
                Request.cmd(Command.SET).arg(PREFIX + name).arg(value).arg("PX").arg(lifetime.toMillis());
        return link.send(request).<Void>mapEmpty().otherwiseEmpty();
    }

    public Future<Void> close() {
        return link.close();
    }
}
