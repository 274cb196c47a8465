package org.huying.app;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.job.JobWorker;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks twice a second for jobs that are due, on an event loop of its own. */
final class JobsVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(JobsVerticle.class);
    private static final long PAUSE_MILLIS = 500;
    private static final int POOL_SIZE = 6;

    private final Infrastructure infrastructure;
    private @Nullable Database database;
    private Future<Void> round = Future.succeededFuture();
    private boolean stopped;

    JobsVerticle(Infrastructure infrastructure) {
        this.infrastructure = infrastructure;
    }

    @Override
    public Future<?> start() {
        var opened = new Database(Pools.forService(vertx, "jobs", infrastructure.databaseUrl(), POOL_SIZE));
        database = opened;
        goOn(BackgroundWork.worker(vertx, infrastructure, opened));
        return Future.succeededFuture();
    }

    /** What is under way ends first. */
    @Override
    public Future<?> stop() {
        stopped = true;
        return round.eventually(() -> database == null ? Future.succeededFuture() : database.close());
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
