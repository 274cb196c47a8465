package org.huying.db.wire;

import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.impl.PgConnectionImpl;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.internal.SqlConnectionBase;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the connections of a pool, and looks at all of them a few times a second with one timer: whichever kept us waiting
 * beyond its bound is closed, and the pool is rid of it. A connection closed by the driver itself would first wait for the
 * answers that it owes.
 */
final class BoundedConnector implements ConnectionFactory<PgConnectOptions> {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedConnector.class);
    private static final long LOOK_MILLIS = 200;

    private final VertxInternal vertx;
    private final NetClientOptions options;
    private final String pool;
    private final long connectNanos;
    private final long statementNanos;
    private final long doubtNanos;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    BoundedConnector(VertxInternal vertx, NetClientOptions options, String pool, Bounds bounds) {
        this.vertx = vertx;
        this.options = options;
        this.pool = pool;
        this.connectNanos = bounds.connect().toNanos();
        this.statementNanos = bounds.statement().toNanos();
        this.doubtNanos = bounds.doubt().toNanos();
        lookLater();
    }

    @Override
    public Future<SqlConnection> connect(Context context, PgConnectOptions connect) {
        var wire = new Wire(vertx, (ContextInternal) context, options);
        wires.add(wire);
        wire.end().onComplete(ended -> wires.remove(wire));
        return wire.factory()
                .connect(context, connect)
                .map(made -> watched(wire, (ContextInternal) context, made))
                .onFailure(none -> wire.cut());
    }

    private static SqlConnection watched(Wire wire, ContextInternal context, SqlConnection made) {
        var connection = new WatchedConnection(((SqlConnectionBase<?>) made).unwrap(), wire);
        return new PgConnectionImpl(wire.factory(), context, connection);
    }

    @Override
    public void close(Completable<Void> completion) {
        closed = true;
        var ends = wires.stream().map(Wire::end).toList();
        wires.forEach(Wire::cut);
        Future.join(ends).onComplete(ended -> completion.succeed());
    }

    /** Each time anew, not periodically: after a pause of our own, what came meanwhile is read before the next look. */
    private void lookLater() {
        vertx.setTimer(LOOK_MILLIS, timer -> {
            if (!closed) {
                look(System.nanoTime());
                lookLater();
            }
        });
    }

    private void look(long nowNanos) {
        for (var wire : wires) {
            var waited = wire.waitedNanos(nowNanos);
            if (waited > (wire.isConnected() ? statementNanos : connectNanos) && wire.isSeenTwice()) {
                LOG.warn(
                        "pool {}: no answer from the database {}for {} ms: connection closed",
                        pool,
                        wire.isConnected() ? "" : "to a connecting client ",
                        TimeUnit.NANOSECONDS.toMillis(waited));
                wire.cut();
            } else if (wire.isConnected() && waited > doubtNanos) {
                cutSilent(nowNanos - waited);
            }
        }
    }

    /** What is idle and has given no sign since then may be as dead; a new connection costs less than to find out. */
    private void cutSilent(long sinceNanos) {
        wires.forEach(wire -> wire.cutIfIdleSince(sinceNanos));
    }
}
