package org.huying.db.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.huying.db.Database;
import org.huying.db.Rows;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off what is due on its side, a few jobs at a time, in {@link Turns}. Any number of workers on any number of nodes
 * share the work: each job is locked by whoever has it, and the others pass it over. Kinds that it has no handler for are
 * left to a newer node.
 */
public final class JobWorker {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);

    private static final long LOOK_SECONDS = 1;

    private final Side side;
    private final Database database;
    private final Clock clock;
    private final Map<String, JobHandler> handlers;
    private final JobMetrics metrics;
    private final JobAttempt attempt;
    private final Turns turns;

    private int inHand;
    private long done;
    private boolean stopped;
    private @Nullable Throwable failure;
    private final List<Promise<Void>> waitingForIdle = new ArrayList<>();

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
        this.metrics = new JobMetrics(registry, side, clock);
        this.attempt = new JobAttempt(side, database, clock, this.handlers, metrics);
        this.turns = new Turns(side.atOnceOfADistrict());
    }

    /**
     * Looks for what is due, and begins with it as far as there are hands free. Succeeds when it has looked, whatever is
     * still in hand; fails when the database is away.
     */
    public Future<Void> look() {
        if (isStopped()) {
            return Future.succeededFuture();
        }
        var now = clock.instant();
        return database.read(
                        client -> client.preparedQuery(JobSql.DUE).execute(Tuple.of(Rows.utc(now), side.isOutward())))
                .compose(rows -> {
                    metrics.oldest(Rows.stream(rows)
                            .map(row -> Rows.instant(row, "oldest"))
                            .min(Comparator.naturalOrder())
                            .orElse(null));
                    Rows.stream(rows)
                            .filter(row -> handlers.containsKey(row.getString("kind")))
                            .forEach(row ->
                                    turns.join(new Turns.Turn(row.getUUID("district_id"), row.getString("kind"))));
                    fill();
                    return countGivenUp();
                });
    }

    /**
     * Looks, and tells the log what it fails with. Does not wait for a connection that has died under it as long as jobs may
     * take: the next look is made on another.
     */
    public Future<Void> lookOrTell() {
        return look().timeout(LOOK_SECONDS, TimeUnit.SECONDS)
                .onFailure(failure -> tell(failure, "could not look for jobs"))
                .otherwiseEmpty();
    }

    /** Does all that is due by now, and what comes due by doing it. Fails only when the database is away. */
    public Future<Void> runDue() {
        var before = doneSoFar();
        return look().compose(looked -> idle())
                .compose(ended -> doneSoFar() == before || isStopped() ? Future.succeededFuture() : runDue());
    }

    /** Takes nothing more, and completes when what is in hand has ended. */
    public Future<Void> stop() {
        synchronized (this) {
            stopped = true;
        }
        return idle().otherwiseEmpty();
    }

    private void fill() {
        for (var turn = begin(); turn != null; turn = begin()) {
            var begun = turn;
            attempt.next(begun).onComplete(any -> end(begun, any.succeeded() && any.result(), any.cause()));
        }
    }

    private synchronized Turns.@Nullable Turn begin() {
        if (stopped || inHand == side.atOnce()) {
            return null;
        }
        var turn = turns.next().orElse(null);
        if (turn != null) {
            inHand++;
        }
        return turn;
    }

    private void end(Turns.Turn turn, boolean any, @Nullable Throwable cause) {
        turns.end(turn, any);
        if (cause != null) {
            tell(cause, "jobs are left for the next look");
        }
        synchronized (this) {
            inHand--;
            done += any ? 1 : 0;
            failure = cause == null ? failure : cause;
        }
        fill();
        tellIfIdle();
    }

    /** While the database is away the readiness says so, and every look and every job would say it again. */
    private static void tell(Throwable failure, String what) {
        var away = failure instanceof Refusal.Unavailable || failure instanceof TimeoutException;
        var level = away ? LOG.atDebug() : LOG.atError();
        level.setCause(failure).log(what);
    }

    private Future<Void> idle() {
        Promise<Void> promise = Promise.promise();
        synchronized (this) {
            waitingForIdle.add(promise);
        }
        tellIfIdle();
        return promise.future();
    }

    private void tellIfIdle() {
        List<Promise<Void>> told;
        Throwable cause;
        synchronized (this) {
            if (inHand > 0 || waitingForIdle.isEmpty()) {
                return;
            }
            told = List.copyOf(waitingForIdle);
            waitingForIdle.clear();
            cause = failure;
            failure = null;
        }
        for (var promise : told) {
            promise.handle(cause == null ? Future.succeededFuture() : Future.failedFuture(cause));
        }
    }

    private synchronized long doneSoFar() {
        return done;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private Future<Void> countGivenUp() {
        return database.read(
                        client -> client.preparedQuery(JobSql.COUNT_GIVEN_UP).execute(Tuple.of(side.isOutward())))
                .onSuccess(rows -> metrics.givenUp(rows.iterator().next().getLong("jobs")))
                .mapEmpty();
    }
}
