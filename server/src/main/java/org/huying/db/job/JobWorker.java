package org.huying.db.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.Database;
import org.huying.db.Rows;
import org.huying.kernel.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off what is due on its side, one district after another, a few jobs of it at a time. Any number of workers on any
 * number of nodes share the work: each job is locked by whoever has it, and the others pass it over. Kinds that it has no
 * handler for are left to a newer node.
 */
public final class JobWorker {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final int MAX_ATTEMPTS = 15;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Side side;
    private final Database database;
    private final Clock clock;
    private final Map<String, JobHandler> handlers;
    private final String[] kinds;
    private final JobMetrics metrics;

    /**
     * Makes a worker; it does nothing by itself.
     *
     * @param database with a connection to spare for each of the jobs done at a time
     * @param clock    the domain's
     * @param handlers by kind of job
     */
    public JobWorker(
            Side side, Database database, Clock clock, Map<String, JobHandler> handlers, MeterRegistry registry) {
        this.side = side;
        this.database = database;
        this.clock = clock;
        this.handlers = Map.copyOf(handlers);
        this.kinds = handlers.keySet().toArray(String[]::new);
        this.metrics = new JobMetrics(registry, side);
    }

    /** Does all that is due by now, and what comes due by doing it. Fails only when the database is away. */
    public Future<Void> runDue() {
        var now = clock.instant();
        return database.read(client -> client.preparedQuery(JobSql.DISTRICTS_WITH_DUE)
                        .execute(Tuple.of(Rows.utc(now), side.isOutward())))
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
        return Future.join(Stream.generate(() -> lane(districtId))
                        .limit(side.atOnce())
                        .toList())
                .mapEmpty();
    }

    private Future<Void> lane(UUID districtId) {
        return next(districtId).compose(any -> any ? lane(districtId) : Future.succeededFuture());
    }

    /** Takes one and does it, or puts it off; false when there is none to take. */
    private Future<Boolean> next(UUID districtId) {
        return database.writing(connection -> connection
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
                .execute(Tuple.of(districtId, Rows.utc(clock.instant()), side.isOutward(), (Object) kinds))
                .map(Rows.first(row -> Job.from(districtId, row)));
    }

    /**
     * The job stays locked while it fails, so that nobody else tries it at the same time. When the database is away it
     * cannot even be put off, and the lane ends.
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

    private Future<Void> countGivenUp() {
        return database.read(
                        client -> client.preparedQuery(JobSql.COUNT_GIVEN_UP).execute(Tuple.of(side.isOutward())))
                .onSuccess(rows -> {
                    var count = rows.iterator().next().getLong("jobs");
                    metrics.givenUp(count == null ? 0 : count);
                })
                .mapEmpty();
    }
}
