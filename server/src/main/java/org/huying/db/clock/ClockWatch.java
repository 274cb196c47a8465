package org.huying.db.clock;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.db.Database;
import org.huying.db.Rows;
import org.huying.kernel.Ids;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a node's clock with the database's every few seconds, leaves there how far this node has come, and puts on
 * record when the clock turns out wrong, or right again.
 */
public final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final long PERIOD_MILLIS = 5_000;
    private static final String RIGHT = "right";
    private static final String ACCEPTED = "accepted";

    private final Vertx vertx;
    private final Database database;
    private final ClockGuard guard;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable String recorded;

    /** @param database that is not guarded itself */
    public ClockWatch(Vertx vertx, Database database, ClockGuard guard) {
        this.vertx = vertx;
        this.database = database;
        this.guard = guard;
    }

    /** Completes when the first comparison has been made, whatever it found, and goes on comparing. */
    public Future<Void> start() {
        return guard.isTrusting() ? Future.succeededFuture() : compare().onSuccess(done -> compareLater());
    }

    public void close() {
        closed.set(true);
    }

    private void compareLater() {
        vertx.setTimer(PERIOD_MILLIS, timer -> {
            if (!closed.get()) {
                compare()
                        .onFailure(failure -> LOG.debug("the clock could not be compared", failure))
                        .onComplete(done -> compareLater());
            }
        });
    }

    /** Once. */
    public Future<Void> compare() {
        return database.inTransaction(transaction -> ask(transaction, guard).compose(asked -> {
                    var fault = guard.fault();
                    return fault == null ? mark(transaction) : record(transaction, fault);
                }))
                .mapEmpty();
    }

    private static Future<Void> ask(SqlConnection connection, ClockGuard guard) {
        var askedNanos = guard.steadyNow();
        return connection
                .query(ClockSql.ASK)
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> {
                    guard.compared(askedNanos, Rows.instant(row, "now"), Rows.instantOrNull(row, "latest"));
                    return null;
                });
    }

    private Future<Void> mark(SqlClient transaction) {
        var marked = transaction
                .preparedQuery(ClockSql.MARK)
                .execute(Tuple.of(Rows.utc(guard.domainNow())))
                .<Void>mapEmpty();
        var before = recorded;
        return before == null || before.equals(RIGHT)
                ? marked
                : marked.compose(done -> record(transaction, RIGHT, Duration.ZERO));
    }

    private Future<Void> record(SqlClient transaction, ClockFault fault) {
        return fault.kind().code().equals(recorded)
                ? Future.succeededFuture()
                : record(transaction, fault.kind().code(), fault.by());
    }

    private Future<Void> record(SqlClient transaction, String kind, Duration by) {
        return insert(transaction, kind, by, guard.domainNow()).onSuccess(done -> recorded = kind);
    }

    private static Future<Void> insert(SqlClient transaction, String kind, Duration by, Instant now) {
        return transaction
                .preparedQuery(ClockSql.RECORD)
                .execute(Tuple.of(Ids.next(), kind, by.toMillis(), Rows.utc(now)))
                .mapEmpty();
    }

    /**
     * Takes back how far what is written reaches, by the word of an operator who has seen to it that the clocks are right.
     * Nothing that is written changes; the record says from when to when.
     *
     * @param now by the clock that is right
     */
    public static Future<Void> accept(SqlConnection transaction, Instant now) {
        return insert(transaction, ACCEPTED, Duration.ZERO, now)
                .compose(noted -> transaction.preparedQuery(ClockSql.ACCEPT).execute(Tuple.of(Rows.utc(now))))
                .mapEmpty();
    }
}
