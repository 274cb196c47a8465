package org.huying.app;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.job.JobWorker;
import org.huying.db.job.Side;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks twice a second for jobs of one side that are due, on an event loop of its own. */
final class JobsVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(JobsVerticle.class);
    private static final long PAUSE_MILLIS = 500;

    /** For looking round while all jobs are in hand, and for what a job reads beside its transaction. */
    private static final int SPARE_CONNECTIONS = 2;

    private final String name;
    private final Infrastructure infrastructure;
    private final Side side;
    private @Nullable Database database;
    private @Nullable OutwardWork outward;
    private Future<Void> round = Future.succeededFuture();
    private boolean stopped;

    /** @param name of its pool, by which the metrics tell it apart */
    JobsVerticle(String name, Infrastructure infrastructure, Side side) {
        this.name = name;
        this.side = side;
        this.infrastructure = infrastructure;
    }

    @Override
    public Future<?> start() {
        var size = side.atOnce() + SPARE_CONNECTIONS;
        var opened = new Database(Pools.forJobs(vertx, name, infrastructure.databaseUrl(), size))
                .guardedBy(infrastructure.clockGuard());
        database = opened;
        goOn(worker(opened));
        return Future.succeededFuture();
    }

    /** What is under way ends first. */
    @Override
    public Future<?> stop() {
        stopped = true;
        return round.onComplete(ended -> {
                    if (outward != null) {
                        outward.close();
                    }
                })
                .eventually(() -> database == null ? Future.succeededFuture() : database.close());
    }

    private JobWorker worker(Database opened) {
        if (side == Side.INNER) {
            return BackgroundWork.worker(vertx, infrastructure, opened);
        }
        var work = new OutwardWork(vertx, infrastructure, opened);
        outward = work;
        return work.worker();
    }

    private void goOn(JobWorker worker) {
        if (stopped) {
            return;
        }
        round = worker.runDue().otherwise(failure -> {
            // While the database is away the readiness says so, and every round would say it again.
            var level = failure instanceof Refusal.Unavailable ? LOG.atDebug() : LOG.atError();
            level.setCause(failure).log("jobs are left for the next round");
            return null;
        });
        round.onComplete(done -> vertx.setTimer(PAUSE_MILLIS, timer -> goOn(worker)));
    }
}
