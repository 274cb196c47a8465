package org.huying.db;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.TransactionRollbackException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.huying.db.clock.ClockGuard;
import org.huying.db.wire.BoundedDriver;
import org.huying.db.wire.UnsentException;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to PostgreSQL: every failure that leaves here is a {@link Refusal} or a fault of our own. */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MAX_ATTEMPTS = 3;
    /** More than a pool has: each that is found to have been cut is out of it the next time. */
    private static final int MAX_CUT = 64;

    private static final long BULK_ACQUIRE_MILLIS = 35_000;

    private static final long CLOSE_SECONDS = 5;
    private static final int OPEN_ATTEMPTS = 15;

    /**
     * Writes some pages to the disk, and forgets them: nothing less tells whether there is room. Large objects are the one
     * thing that needs no table for it.
     */
    private static final String PROBE = """
            SELECT lo_from_bytea(0, decode(string_agg(md5(random()::text || n), ''), 'hex')) FROM generate_series(1, 2048) n
            """;

    private final Pool pool;
    private final long acquireMillis;
    private final ClockGuard guard;
    /** Since something was not written for want of room, or because the server only reads. */
    private volatile boolean refusesWrites;

    public Database(Pool pool) {
        this(pool, Waits.USUAL);
    }

    /** On a pool that waits so long. */
    public Database(Pool pool, Waits waits) {
        this(pool, waits.acquire().toMillis(), ClockGuard.trusting());
    }

    private Database(Pool pool, long acquireMillis, ClockGuard guard) {
        this.pool = pool;
        this.acquireMillis = acquireMillis;
        this.guard = guard;
    }

    /** The same, but it writes only while the clock is right. */
    public Database guardedBy(ClockGuard clock) {
        return new Database(pool, acquireMillis, clock);
    }

    /** On a pool for work in bulk. */
    public static Database forBulk(Pool pool) {
        return new Database(pool, BULK_ACQUIRE_MILLIS, ClockGuard.trusting());
    }

    /** For reading outside of a transaction: each statement sees what is committed when it starts. */
    public <T> Future<T> read(Function<SqlClient, Future<T>> work) {
        return again(MAX_CUT, Database::gone, () -> attempt(work, (SqlClient) pool))
                .recover(this::refuse);
    }

    /**
     * Commits when the future succeeds and rolls back when it fails; {@code work} uses only the connection given. It may
     * be run again when another transaction came between, so it has no other effects.
     */
    public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        var refusal = guard.refusal();
        return refusal != null ? Future.failedFuture(refusal) : unguarded(work);
    }

    private <T> Future<T> unguarded(Function<SqlConnection, Future<T>> work) {
        return again(MAX_ATTEMPTS, Database::passed, () -> transaction(work)).recover(this::refuse);
    }

    /** For reading what must fit together: every statement sees what was committed when the first one began. */
    public <T> Future<T> inSnapshot(Function<SqlConnection, Future<T>> work) {
        return unguarded(connection -> connection
                .query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                .execute()
                .compose(set -> work.apply(connection)));
    }

    private <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
        return withConnectionOfOurs(connection -> connection
                .begin()
                .compose(begun -> attempt(work, connection)
                        .compose(result -> begun.commit().map(result), failure -> undo(begun, failure))));
    }

    /** Whether another transaction came between, such as in a deadlock: the same work may well succeed now. */
    public static boolean isPassing(Throwable failure) {
        return failure instanceof PgException fault && PgFaults.isPassing(fault);
    }

    /** Whether a row was not removed because another refers to it. */
    public static boolean isStillReferredTo(Throwable failure) {
        return failure instanceof PgException fault && PgFaults.isStillReferredTo(fault);
    }

    /** A connection to pipeline on, for who speaks the transaction itself and writes nothing. */
    public <T> Future<T> withConnection(Function<SqlConnection, Future<T>> work) {
        return withConnectionOfOurs(connection -> attempt(work, connection)).recover(this::refuse);
    }

    /** The same for who writes. */
    public <T> Future<T> writing(Function<SqlConnection, Future<T>> work) {
        var refusal = guard.refusal();
        return refusal != null ? Future.failedFuture(refusal) : withConnection(work);
    }

    /**
     * Succeeds when the database answers, and, where it has refused to write something, writes again; the connection made
     * for that stays for the first who needs one.
     */
    public Future<Void> reach() {
        return read(client -> client.query("SELECT 1").execute())
                .compose(answered -> refusesWrites ? probe() : Future.succeededFuture());
    }

    private Future<Void> probe() {
        return withConnectionOfOurs(connection -> connection
                        .begin()
                        .compose(begun -> connection
                                .query(PROBE)
                                .execute()
                                .transform(written -> begun.rollback()
                                        .transform(undone -> written.succeeded()
                                                ? Future.<Void>succeededFuture()
                                                : Future.failedFuture(written.cause())))))
                .onSuccess(written -> refusesWrites = false)
                .recover(this::refuse);
    }

    /** The same while things start, when a first connection takes its time: asks more than once. */
    public Future<Void> open() {
        return again(OPEN_ATTEMPTS, failure -> Future.succeededFuture(), this::reach);
    }

    /** A pool that has forgotten somebody does not tell when it has closed. */
    public Future<Void> close() {
        return pool.close().timeout(CLOSE_SECONDS, TimeUnit.SECONDS).recover(failure -> {
            LOG.warn("a pool was not closed within {} s", CLOSE_SECONDS);
            return Future.succeededFuture();
        });
    }

    /**
     * The pool forgets whoever waits longer than its limit while their connection is being made: neither the connection
     * nor a failure ever comes. So the wait is bounded here as well; a connection that comes late goes back.
     */
    private <T> Future<T> withConnectionOfOurs(Function<SqlConnection, Future<T>> work) {
        return again(MAX_CUT, Database::gone, this::held)
                .compose(connection -> work.apply(connection).eventually(() -> {
                    BoundedDriver.release(connection);
                    return connection.close();
                }));
    }

    private Future<SqlConnection> held() {
        var acquired = pool.getConnection();
        return acquired.timeout(acquireMillis, TimeUnit.MILLISECONDS)
                .onFailure(tooLate -> acquired.onSuccess(SqlConnection::close))
                .compose(connection -> BoundedDriver.hold(connection)
                        .onFailure(cut -> connection.close())
                        .map(connection));
    }

    /**
     * Asks so many times at most.
     *
     * @param over what to wait for before it is asked again after a failure; null after one that another time would not help
     */
    private static <T> Future<T> again(
            int times, Function<Throwable, @Nullable Future<?>> over, Supplier<Future<T>> work) {
        return work.get().recover(failure -> {
            var wait = times > 1 ? over.apply(failure) : null;
            return wait == null ? Future.failedFuture(failure) : wait.transform(waited -> again(times - 1, over, work));
        });
    }

    private static @Nullable Future<?> passed(Throwable failure) {
        return isPassing(failure) ? Future.succeededFuture() : null;
    }

    /** The pool gives out, for a moment, what has just been cut; nothing has been asked on that, so it is asked on another. */
    private static @Nullable Future<?> gone(Throwable failure) {
        return failure instanceof UnsentException unsent ? unsent.gone() : null;
    }

    /** A commit that failed has ended the transaction itself. */
    private static <T> Future<T> undo(Transaction begun, Throwable failure) {
        return failure instanceof TransactionRollbackException
                ? Future.failedFuture(failure)
                : begun.rollback().transform(anyhow -> Future.failedFuture(failure));
    }

    /** What work throws must not keep the connection from going back to the pool. */
    private static <C, T> Future<T> attempt(Function<C, Future<T>> work, C client) {
        try {
            return work.apply(client);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private <T> Future<T> refuse(Throwable failure) {
        if (PgFaults.refusesWrites(failure)) {
            LOG.warn("the database does not take what is written", failure);
            refusesWrites = true;
        }
        if (failure instanceof Refusal) {
            return Future.failedFuture(failure);
        }
        if (failure instanceof PgException fault) {
            return Future.failedFuture(PgFaults.asRefusalOrSame(fault));
        }
        return Future.failedFuture(PgFaults.isOutage(failure) ? Refusal.unavailable("database_unavailable") : failure);
    }
}
