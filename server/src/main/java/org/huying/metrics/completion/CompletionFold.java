package org.huying.metrics.completion;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.huying.db.Rows;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.Jobs;

/** Folds what has come in into the daily roll-up, so that there is never much to be added up. */
public final class CompletionFold implements JobHandler {
    /** The kind of job; a trigger leaves the first one of each district. */
    static final String FOLD = "fold_completion";

    private static final Duration PAUSE = Duration.ofMinutes(5);

    /** Twice as long as a transaction lives, so that hardly anything comes in behind the fold. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final Clock clock;

    private CompletionFold(Clock clock) {
        this.clock = clock;
    }

    public static Map<String, JobHandler> jobs(Clock clock) {
        return Map.of(FOLD, new CompletionFold(clock));
    }

    @Override
    public Future<Void> run(SqlConnection transaction, Job job) {
        var now = clock.instant();
        var districtId = job.districtId();
        return transaction
                .preparedQuery(CompletionSql.FOLD)
                .execute(Tuple.of(districtId, Rows.utc(now.minus(SETTLED))))
                .compose(folded ->
                        Jobs.leave(transaction, districtId, Jobs.NewJob.of(FOLD, districtId, now.plus(PAUSE))));
    }
}
