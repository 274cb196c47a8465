package org.huying.app;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import org.huying.db.Database;
import org.huying.db.job.JobWorker;
import org.huying.db.job.Side;
import org.huying.db.seal.KeyLease;
import org.jspecify.annotations.Nullable;

/** Looks twice a second for jobs of one side that are due, on an event loop of its own. */
final class JobsVerticle extends VerticleBase {
    private static final long PAUSE_MILLIS = 500;

    /** For looking round while all jobs are in hand, and for what a job reads beside its transaction. */
    private static final int SPARE_CONNECTIONS = 2;

    private static final long IN_HAND_SECONDS = 10;

    private final String name;
    private final Infrastructure infrastructure;
    private final Side side;
    private @Nullable Database database;
    private @Nullable OutwardWork outward;
    private @Nullable JobWorker worker;

    /** @param name of its pool, by which the metrics tell it apart */
    JobsVerticle(String name, Infrastructure infrastructure, Side side) {
        this.name = name;
        this.side = side;
        this.infrastructure = infrastructure;
    }

    @Override
    public Future<?> start() {
        var size = side.atOnce() + SPARE_CONNECTIONS;
        var opened = new KeyLease(infrastructure.keys().cipher())
                .forJobs(vertx, name, infrastructure.databaseUrl(), size)
                .guardedBy(infrastructure.clockGuard());
        database = opened;
        var made = worker(opened);
        worker = made;
        lookAgain(made);
        return Future.succeededFuture();
    }

    /** What is in hand ends first, if it ends soon, and is undone if not; the rest is left to the other nodes, or to the next start. */
    @Override
    public Future<?> stop() {
        Future<Void> ended = worker == null ? Future.succeededFuture() : worker.stop();
        return ended.timeout(IN_HAND_SECONDS, TimeUnit.SECONDS)
                .otherwiseEmpty()
                .onComplete(done -> {
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

    private void lookAgain(JobWorker looking) {
        if (infrastructure.draining().get()) {
            looking.stop();
            return;
        }
        looking.lookOrTell().onComplete(looked -> vertx.setTimer(PAUSE_MILLIS, timer -> lookAgain(looking)));
    }
}
