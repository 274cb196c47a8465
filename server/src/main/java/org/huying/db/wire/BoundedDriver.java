package org.huying.db.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.internal.Connection;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import io.vertx.sqlclient.spi.ConnectionFactory;

/** The driver of PostgreSQL, whose connections are watched over. One for each pool. */
public final class BoundedDriver extends PgDriver {
    private final String pool;
    private final Bounds bounds;

    /** @param pool its name in the log */
    public BoundedDriver(String pool, Bounds bounds) {
        this.pool = pool;
        this.bounds = bounds;
    }

    /** Ends a connection of such a pool at once, for ever: to close it would be to hand it back to the pool. */
    public static void cut(SqlConnection connection) {
        if (watched(connection) instanceof WatchedConnection ours) {
            ours.cut();
        }
    }

    /**
     * Somebody has a connection of such a pool to themself. Then its silence is theirs, who think or wait for something else,
     * and what they hold by it (a transaction, a lock of the session) is not to be lost.
     *
     * @return fails with an {@link UnsentException} if it was cut before, and the pool did not yet know
     */
    public static Future<Void> hold(SqlConnection connection) {
        return watched(connection) instanceof WatchedConnection ours ? ours.hold() : Future.succeededFuture();
    }

    /** The end of {@link #hold}. */
    public static void release(SqlConnection connection) {
        if (watched(connection) instanceof WatchedConnection ours) {
            ours.release();
        }
    }

    private static Connection watched(SqlConnection connection) {
        return ((SqlConnectionInternal) connection).unwrap().unwrap();
    }

    @Override
    public ConnectionFactory<PgConnectOptions> createConnectionFactory(Vertx vertx, NetClientOptions options) {
        return new BoundedConnector((VertxInternal) vertx, options, pool, bounds);
    }
}
