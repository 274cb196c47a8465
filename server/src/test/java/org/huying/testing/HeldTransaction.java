package org.huying.testing;

import static org.huying.testing.TestApp.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.huying.db.Database;

/** A transaction that has done its part and does not commit before it is told to: whoever meets it waits. */
public final class HeldTransaction {
    /** Whoever waits for it, or for somebody who does. */
    private static final String BEHIND = """
            WITH RECURSIVE behind AS (
                SELECT pid FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))
                UNION
                SELECT a.pid FROM pg_stat_activity a JOIN behind b ON b.pid = ANY (pg_blocking_pids(a.pid)))
            SELECT count(*) AS n FROM behind
            """;

    private final Database database;
    private final int pid;
    private final Promise<Void> commit;
    private final Future<Void> end;

    private HeldTransaction(Database database, int pid, Promise<Void> commit, Future<Void> end) {
        this.database = database;
        this.pid = pid;
        this.commit = commit;
        this.end = end;
    }

    /** Returns when the work is done, and what it locks is locked. */
    public static HeldTransaction after(Database database, Function<SqlConnection, Future<?>> work) {
        var done = Promise.<Integer>promise();
        var commit = Promise.<Void>promise();
        Future<Void> end = database.inTransaction(transaction -> transaction
                .query("SELECT pg_backend_pid() AS pid")
                .execute()
                .compose(rows -> work.apply(transaction)
                        .onSuccess(worked ->
                                done.tryComplete(rows.iterator().next().getInteger("pid"))))
                .compose(worked -> commit.future()));
        end.onFailure(done::tryFail);
        return new HeldTransaction(database, await(done.future()), commit, end);
    }

    /** The same for one statement. */
    public static HeldTransaction after(Database database, String sql, Object... values) {
        return after(database, transaction -> transaction.preparedQuery(sql).execute(Tuple.from(values)));
    }

    /** Whoever writes to the table waits; whoever reads it does not. */
    public static HeldTransaction againstWritesTo(Database database, String table) {
        return after(
                database,
                transaction -> transaction
                        .query("LOCK TABLE " + table + " IN SHARE MODE")
                        .execute());
    }

    /** Returns when so many transactions wait until it ends, or what was begun does not wait. */
    public void untilWaiting(long many, CompletableFuture<?> begun) {
        Eventually.until(many + " transactions wait, or are over", () -> waiting() >= many || begun.isDone());
    }

    /** How many transactions wait until it ends. */
    public long waiting() {
        return await(database.read(client -> client.preparedQuery(BEHIND)
                .execute(Tuple.of(pid))
                .map(rows -> rows.iterator().next().getLong("n"))));
    }

    /** Returns when it has committed. */
    public void commit() {
        commit.tryComplete();
        await(end);
    }
}
