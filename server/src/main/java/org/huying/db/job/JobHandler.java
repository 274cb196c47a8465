package org.huying.db.job;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/**
 * Does a job in the transaction in which the job goes away: both happen, or neither. What it does elsewhere happens at
 * least once.
 */
@FunctionalInterface
public interface JobHandler {
    /** Fails to be tried again, later and later; with {@link NotBefore} or {@link NoUse} where it knows better. */
    Future<Void> run(SqlConnection transaction, Job job);

    /**
     * Takes note that the job will not be tried again by itself, in the transaction that says so.
     *
     * @param failure of the last attempt, whose effects are undone
     */
    default Future<Void> givenUp(SqlConnection transaction, Job job, Throwable failure) {
        return Future.succeededFuture();
    }
}
