package org.huying.db;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.huying.db.wire.BoundedDriver;
import org.huying.db.wire.Bounds;

/** Pools with every wait bounded; each has a name, by which its metrics are told apart. */
public final class Pools {
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(2);
    private static final int MAX_WAITING = 512;
    private static final Duration JOBS_WAIT = Duration.ofSeconds(2);

    private static final Duration SERVICE_STATEMENT = Duration.ofSeconds(5);
    private static final Duration SERVICE_TRANSACTION = Duration.ofSeconds(20);
    private static final Duration BULK_STATEMENT = Duration.ofMinutes(1);
    private static final Duration BULK_TRANSACTION = Duration.ofMinutes(2);

    /** The server's own limit comes first, with a message, while it lives. */
    private static final Duration BEYOND_SERVER = Duration.ofSeconds(1);

    /** No statement over a whole log takes as long. */
    private static final Duration UNLIMITED_ANSWER = Duration.ofHours(1);

    /** Work in bulk runs while things start, when a first connection takes its time. */
    private static final Duration BULK_WAIT = Duration.ofSeconds(30);

    private static final Duration UNACKNOWLEDGED = Duration.ofSeconds(10);

    private static final int PIPELINING_LIMIT = 64;
    private static final int PREPARED_STATEMENTS = 512;

    /** What the server ends by itself; {@code idle} is the pause between two statements of a transaction. */
    private record ServerLimits(Duration lock, Duration statement, Duration idle, Duration transaction) {}

    private Pools() {}

    /** A pool for one event loop. No writing transaction lives longer than 30 s (the rule behind {@code settled}). */
    public static Pool forService(Vertx vertx, String name, String url, int size) {
        return forService(vertx, name, url, size, Waits.USUAL, SqlConnection::close);
    }

    /** The same with other waits. */
    public static Pool forService(Vertx vertx, String name, String url, int size, Waits waits) {
        return forService(vertx, name, url, size, waits, SqlConnection::close);
    }

    /** The same; {@code made} has each new connection first, and closes it when done. */
    public static Pool forService(
            Vertx vertx, String name, String url, int size, Waits waits, Handler<SqlConnection> made) {
        var limits = new ServerLimits(waits.lock(), waits.statement(), SERVICE_STATEMENT, SERVICE_TRANSACTION);
        return build(vertx, name, url, size, waits.answer(), limits, new Bounds(waits.connect(), waits.answer()), made);
    }

    /** The same for what nobody waits for: a statement may take as long as the server lets it. */
    public static Pool forJobs(Vertx vertx, String name, String url, int size) {
        return forJobs(vertx, name, url, size, SqlConnection::close);
    }

    /** As {@link #forJobs(Vertx, String, String, int)}; {@code made} has each new connection first, and closes it when done. */
    public static Pool forJobs(Vertx vertx, String name, String url, int size, Handler<SqlConnection> made) {
        var bounds = answering(SERVICE_STATEMENT.plus(BEYOND_SERVER));
        return build(vertx, name, url, size, JOBS_WAIT, limits(SERVICE_STATEMENT, SERVICE_TRANSACTION), bounds, made);
    }

    /** A pool for work in bulk, whose statements and whose waits for a connection may take longer. */
    public static Pool forBulk(Vertx vertx, String name, String url, int size) {
        return forBulk(vertx, name, url, size, SqlConnection::close);
    }

    /** As {@link #forBulk(Vertx, String, String, int)}; {@code made} has each new connection first, and closes it when done. */
    public static Pool forBulk(Vertx vertx, String name, String url, int size, Handler<SqlConnection> made) {
        var bounds = answering(BULK_STATEMENT.plus(BEYOND_SERVER));
        return build(vertx, name, url, size, BULK_WAIT, limits(BULK_STATEMENT, BULK_TRANSACTION), bounds, made);
    }

    /** A pool for reading a whole database, which takes the server's limits away where it does. */
    public static Pool forWholeLogs(Vertx vertx, String name, String url, int size) {
        var bounds = answering(UNLIMITED_ANSWER);
        var limits = limits(BULK_STATEMENT, BULK_TRANSACTION);
        return build(vertx, name, url, size, BULK_WAIT, limits, bounds, SqlConnection::close);
    }

    private static ServerLimits limits(Duration statement, Duration transaction) {
        return new ServerLimits(statement, statement, statement, transaction);
    }

    private static Bounds answering(Duration statement) {
        return new Bounds(CONNECT_WAIT, statement);
    }

    private static Pool build(
            Vertx vertx,
            String name,
            String url,
            int size,
            Duration wait,
            ServerLimits limits,
            Bounds bounds,
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
                        "statement_timeout", Long.toString(limits.statement().toMillis()),
                        "lock_timeout", Long.toString(limits.lock().toMillis()),
                        "idle_in_transaction_session_timeout",
                                Long.toString(limits.idle().toMillis()),
                        "transaction_timeout",
                                Long.toString(limits.transaction().toMillis())));
        var pool = new PoolOptions()
                .setName(name)
                .setMaxSize(size)
                .setMaxWaitQueueSize(MAX_WAITING)
                .setConnectionTimeout((int) wait.toSeconds())
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        return new BoundedDriver(name, bounds)
                .createPool(vertx, () -> Future.succeededFuture(connect), pool, transport(), made);
    }

    /** Where the other machine is gone, the system's own time-outs end what nobody asks about; where there are any. */
    private static NetClientOptions transport() {
        return new NetClientOptions()
                .setConnectTimeout((int) CONNECT_WAIT.toMillis())
                .setTcpKeepAlive(true)
                .setTcpUserTimeout((int) UNACKNOWLEDGED.toMillis());
    }
}
