package org.huying.db.job;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.huying.db.Database;
import org.huying.db.Rows;
import org.huying.kernel.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one job and does it, in one transaction; or puts it off, or gives it up. */
final class JobAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(JobAttempt.class);
    private static final int MAX_ATTEMPTS = 15;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Side side;
    private final Database database;
    private final Clock clock;
    private final Map<String, JobHandler> handlers;
    private final JobMetrics metrics;

    JobAttempt(Side side, Database database, Clock clock, Map<String, JobHandler> handlers, JobMetrics metrics) {
        this.side = side;
        this.database = database;
        this.clock = clock;
        this.handlers = handlers;
        this.metrics = metrics;
    }

    /** False when there is none to take. Fails when the database is away. */
    Future<Boolean> next(Turns.Turn turn) {
        return database.writing(connection -> connection
                .query("BEGIN")
                .execute()
                .compose(begun -> take(connection, turn))
                .compose(taken -> taken.map(job -> attempt(connection, job).map(true))
                        .orElseGet(() -> Future.succeededFuture(false)))
                .compose(any -> connection.query("COMMIT").execute().map(any))
                .recover(failure ->
                        connection.query("ROLLBACK").execute().transform(anyhow -> Future.failedFuture(failure))));
    }

    private Future<Optional<Job>> take(SqlConnection transaction, Turns.Turn turn) {
        return transaction
                .preparedQuery(JobSql.TAKE)
                .execute(Tuple.of(turn.districtId(), Rows.utc(clock.instant()), side.isOutward(), turn.kind()))
                .map(Rows.first(row -> Job.from(turn.districtId(), row)));
    }

    /**
     * The job stays locked while it fails, so that nobody else tries it at the same time. When the database is away it
     * cannot even be put off, and the attempt fails.
     */
    private Future<Void> attempt(SqlConnection transaction, Job job) {
        long startedNanos = System.nanoTime();
        return transaction
                .query("SAVEPOINT before_job")
                .execute()
                .compose(saved -> run(transaction, job))
                .onSuccess(done -> metrics.ended(job.kind(), JobMetrics.Result.DONE, startedNanos))
                .recover(failure -> Database.isPassing(failure)
                        ? Future.failedFuture(failure)
                        : transaction
                                .query("ROLLBACK TO SAVEPOINT before_job")
                                .execute()
                                .compose(undone -> putOff(transaction, job, failure))
                                .onSuccess(result -> metrics.ended(job.kind(), result, startedNanos))
                                .mapEmpty());
    }

    private Future<Void> run(SqlConnection transaction, Job job) {
        return handlerOf(job)
                .run(transaction, job)
                .compose(done -> transaction.preparedQuery(JobSql.DONE).execute(Tuple.of(job.districtId(), job.id())))
                .mapEmpty();
    }

    private Future<JobMetrics.Result> putOff(SqlConnection transaction, Job job, Throwable failure) {
        if (failure instanceof NotBefore wait) {
            return write(transaction, JobSql.PUT_OFF, job, job.attempts(), wait.at(), failure)
                    .map(JobMetrics.Result.POSTPONED);
        }
        int attempts = job.attempts() + 1;
        boolean isLast = attempts >= MAX_ATTEMPTS || failure instanceof NoUse;
        LOG.atWarn()
                .addKeyValue("job", job.id())
                .addKeyValue("kind", job.kind())
                .addKeyValue("attempts", attempts)
                .setCause(failure)
                .log(isLast ? "job given up" : "job put off");
        var now = clock.instant();
        return isLast
                ? handlerOf(job)
                        .givenUp(transaction, job, failure)
                        .compose(noted -> write(transaction, JobSql.GIVE_UP, job, attempts, now, failure))
                        .map(JobMetrics.Result.GIVEN_UP)
                : write(transaction, JobSql.PUT_OFF, job, attempts, now.plus(pause(attempts)), failure)
                        .map(JobMetrics.Result.FAILED);
    }

    private static Future<Void> write(
            SqlConnection transaction, String sql, Job job, int attempts, Instant at, Throwable failure) {
        return transaction
                .preparedQuery(sql)
                .execute(Tuple.of(job.districtId(), job.id(), attempts, Rows.utc(at), nameOf(failure)))
                .mapEmpty();
    }

    /** Only kinds with a handler are taken. */
    private JobHandler handlerOf(Job job) {
        return Objects.requireNonNull(handlers.get(job.kind()));
    }

    private static Duration pause(int attempts) {
        var pause = FIRST_PAUSE.multipliedBy(1L << (attempts - 1));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private static String nameOf(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal.code();
        }
        return failure instanceof NotBefore || failure instanceof NoUse
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
    }
}
