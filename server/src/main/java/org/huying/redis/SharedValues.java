package org.huying.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one node has found out and spares the others, for a while. While Redis is away there is nothing of it, and nobody
 * waits for it.
 */
public final class SharedValues {
    private static final String PREFIX = "huying:value:";
    private static final String TURN_PREFIX = "huying:turn:";

    /** Ends a turn that is still one's own. */
    private static final String END_TURN =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end";

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

    /**
     * Whether it is one's turn to find something out for all nodes. While Redis is away it is everybody's, as nobody can
     * see what others find. Never fails.
     *
     * @param token    of the one who asks, for {@link #endTurn}
     * @param lifetime after which the turn ends by itself, should its owner die
     */
    public Future<Boolean> takeTurn(String name, String token, Duration lifetime) {
        var request = Request.cmd(Command.SET)
                .arg(TURN_PREFIX + name)
                .arg(token)
                .arg("NX")
                .arg("PX")
                .arg(lifetime.toMillis());
        return link.send(request).map(Objects::nonNull).otherwise(true);
    }

    /** Never fails. */
    public Future<Void> endTurn(String name, String token) {
        return link.send(Request.cmd(Command.EVAL, END_TURN, 1, TURN_PREFIX + name, token))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    public Future<Void> close() {
        return link.close();
    }
}
