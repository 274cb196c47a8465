package org.huying.db;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Pools with every wait bounded; each has a name, by which its metrics are told apart. */
public final class Pools {
    private static final int CONNECT_TIMEOUT_MILLIS = 2000;
    private static final int MAX_WAITING = 512;
    private static final Duration SERVICE_WAIT = Duration.ofSeconds(2);

    /** Work in bulk runs while things start, when a first connection takes its time. */
    private static final Duration BULK_WAIT = Duration.ofSeconds(30);

    private static final int PIPELINING_LIMIT = 64;
    private static final int PREPARED_STATEMENTS = 512;

    private Pools() {}

    /** A pool for one event loop. No writing transaction lives longer than 30 s (the rule behind {@code settled}). */
    public static Pool forService(Vertx vertx, String name, String url, int size) {
        return forService(vertx, name, url, size, SqlConnection::close);
    }

    /** As {@link #forService(Vertx, String, String, int)}; {@code made} has each new connection first, and closes it when done. */
    public static Pool forService(Vertx vertx, String name, String url, int size, Handler<SqlConnection> made) {
        return build(vertx, name, url, size, SERVICE_WAIT, Duration.ofSeconds(5), Duration.ofSeconds(20), made);
    }

    /** A pool for work in bulk, whose statements and whose waits for a connection may take longer. */
    public static Pool forBulk(Vertx vertx, String name, String url, int size) {
        return forBulk(vertx, name, url, size, SqlConnection::close);
    }

    /** As {@link #forBulk(Vertx, String, String, int)}; {@code made} has each new connection first, and closes it when done. */
    public static Pool forBulk(Vertx vertx, String name, String url, int size, Handler<SqlConnection> made) {
        return build(vertx, name, url, size, BULK_WAIT, Duration.ofSeconds(60), Duration.ofSeconds(120), made);
    }

    private static Pool build(
            Vertx vertx,
            String name,
            String url,
            int size,
            Duration wait,
            Duration statement,
            Duration transaction,
            Handler<SqlConnection> made) {
        var connect = PgConnectOptions.fromUri(url)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS)
                // Not only the short ones, which is the default.
                .setPreparedStatementCacheSqlFilter(sql -> true)
                .setPipeliningLimit(PIPELINING_LIMIT)
                .setProperties(Map.of(
                        "application_name", "huying",
                        "TimeZone", "UTC",
                        "statement_timeout", Long.toString(statement.toMillis()),
                        "lock_timeout", Long.toString(statement.toMillis()),
                        "idle_in_transaction_session_timeout", Long.toString(statement.toMillis()),
                        "transaction_timeout", Long.toString(transaction.toMillis())));
        var pool = new PoolOptions()
                .setName(name)
                .setMaxSize(size)
                .setMaxWaitQueueSize(MAX_WAITING)
                .setConnectionTimeout((int) wait.toSeconds())
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool()
                .with(pool)
                .with(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS))
                .connectingTo(connect)
                .withConnectHandler(made)
                .using(vertx)
                .build();
    }
}
