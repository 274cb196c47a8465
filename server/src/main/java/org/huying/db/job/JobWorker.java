package org.huying.db.job;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.Database;
import org.huying.db.Rows;
import org.huying.kernel.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off what is due, one district after another, a few jobs of it at a time. Any number of workers on any number of
 * nodes share the work: each job is locked by whoever has it, and the others pass it over.
 */
public final class JobWorker {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final int AT_ONCE = 4;
    private static final int MAX_ATTEMPTS = 15;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;
    private final Map<String, JobHandler> handlers;
    private final JobMetrics metrics;

    /**
     * Makes a worker; it does nothing by itself.
     *
     * @param database with a connection to spare for each of the jobs done at a time
     * @param clock    the domain's
     * @param handlers by kind of job
     */
    public JobWorker(Database database, Clock clock, Map<String, JobHandler> handlers, JobMetrics metrics) {
        this.database = database;
        this.clock = clock;
        this.handlers = Map.copyOf(handlers);
        this.metrics = metrics;
    }

    /** Does all that is due by now, and what comes due by doing it. Fails only when the database is away. */
    public Future<Void> runDue() {
        var now = clock.instant();
        return database.read(client ->
                        client.preparedQuery(JobSql.DISTRICTS_WITH_DUE).execute(Tuple.of(Rows.utc(now))))
                .compose(rows -> {
                    var oldest = Rows.stream(rows)
                            .map(row -> row.getOffsetDateTime("due_at").toInstant())
                            .findFirst();
                    metrics.lag(oldest.map(due -> Duration.between(due, now)).orElse(Duration.ZERO));
                    return inTurn(
                            Rows.stream(rows).map(row -> row.getUUID("id")).iterator());
                })
                .compose(done -> countGivenUp());
    }

    private Future<Void> inTurn(Iterator<UUID> districts) {
        return districts.hasNext()
                ? exhaust(districts.next()).compose(done -> inTurn(districts))
                : Future.succeededFuture();
    }

    private Future<Void> exhaust(UUID districtId) {
        return Future.join(
                        Stream.generate(() -> lane(districtId)).limit(AT_ONCE).toList())
                .mapEmpty();
    }

    private Future<Void> lane(UUID districtId) {
        return next(districtId).compose(any -> any ? lane(districtId) : Future.succeededFuture());
    }

    /** Takes one and does it, or puts it off; false when there is none to take. */
    private Future<Boolean> next(UUID districtId) {
        return database.withConnection(connection -> connection
                .query("BEGIN")
                .execute()
                .compose(begun -> take(connection, districtId))
                .compose(taken -> taken.map(job -> attempt(connection, job).map(true))
                        .orElseGet(() -> Future.succeededFuture(false)))
                .compose(any -> connection.query("COMMIT").execute().map(any))
                .recover(failure ->
                        connection.query("ROLLBACK").execute().transform(anyhow -> Future.failedFuture(failure))));
    }

    private Future<Optional<Job>> take(SqlConnection transaction, UUID districtId) {
        return transaction
                .preparedQuery(JobSql.TAKE)
                .execute(Tuple.of(districtId, Rows.utc(clock.instant())))
                .map(rows -> Rows.stream(rows).findFirst().map(row -> Job.from(districtId, row)));
    }

    /** The job stays locked while it fails, so that nobody else tries it at the same time. */
    private Future<Void> attempt(SqlConnection transaction, Job job) {
        long startedNanos = System.nanoTime();
        return transaction
                .query("SAVEPOINT before_job")
                .execute()
                .compose(saved -> run(transaction, job))
                .onSuccess(done -> metrics.ended(job.kind(), JobMetrics.Result.DONE, startedNanos))
                .recover(failure -> Database.isPassing(failure) || failure instanceof Refusal.Unavailable
                        ? Future.failedFuture(failure)
                        : transaction
                                .query("ROLLBACK TO SAVEPOINT before_job")
                                .execute()
                                .compose(undone -> putOff(transaction, job, failure, startedNanos)));
    }

    private Future<Void> run(SqlConnection transaction, Job job) {
        var handler = handlers.get(job.kind());
        if (handler == null) {
            // A newer node will know it.
            return Future.failedFuture(Refusal.conflict("job_kind_unknown"));
        }
        return handler.run(transaction, job)
                .compose(done -> transaction.preparedQuery(JobSql.DONE).execute(Tuple.of(job.districtId(), job.id())))
                .mapEmpty();
    }

    private Future<Void> putOff(SqlConnection transaction, Job job, Throwable failure, long startedNanos) {
        int attempts = job.attempts() + 1;
        boolean isLast = attempts >= MAX_ATTEMPTS;
        LOG.atWarn()
                .addKeyValue("job", job.id())
                .addKeyValue("kind", job.kind())
                .addKeyValue("attempts", attempts)
                .setCause(failure)
                .log(isLast ? "job given up" : "job put off");
        metrics.ended(job.kind(), isLast ? JobMetrics.Result.GIVEN_UP : JobMetrics.Result.FAILED, startedNanos);
        var at = isLast ? clock.instant() : clock.instant().plus(pause(attempts));
        return transaction
                .preparedQuery(isLast ? JobSql.GIVE_UP : JobSql.PUT_OFF)
                .execute(Tuple.of(job.districtId(), job.id(), attempts, Rows.utc(at), nameOf(failure)))
                .mapEmpty();
    }

    private static Duration pause(int attempts) {
        var pause = FIRST_PAUSE.multipliedBy(1L << (attempts - 1));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private static String nameOf(Throwable failure) {
        return failure instanceof Refusal refusal
                ? refusal.code()
                : failure.getClass().getSimpleName();
    }

    private Future<Void> countGivenUp() {
        return database.read(client -> client.query(JobSql.COUNT_GIVEN_UP).execute())
                .onSuccess(rows -> {
                    var count = rows.iterator().next().getLong("jobs");
                    metrics.givenUp(count == null ? 0 : count);
                })
                .mapEmpty();
    }
}
