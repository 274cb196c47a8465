package org.huying.db.wire;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnection;
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
        var pooled = ((SqlConnectionInternal) connection).unwrap();
        ((WatchedConnection) pooled.unwrap()).cut();
    }

    @Override
    public ConnectionFactory<PgConnectOptions> createConnectionFactory(Vertx vertx, NetClientOptions options) {
        return new BoundedConnector((VertxInternal) vertx, options, pool, bounds);
    }
}
