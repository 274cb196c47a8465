package org.huying.db.job;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/**
 * Does a job in the transaction in which the job goes away: both happen, or neither. What it does elsewhere happens at
 * least once.
 */
@FunctionalInterface
public interface JobHandler {
    Future<Void> run(SqlConnection transaction, Job job);
}
