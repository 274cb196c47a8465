package org.huying.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.huying.kernel.FairTurns;
import org.huying.kernel.Refusal;

/** Threads for slow work, on which everybody has their turn ({@link FairTurns}). One for all event loops of a node. */
public final class FairWorkers implements Shareable {
    private static final long WARN_AFTER_SECONDS = 30;

    private final Vertx vertx;
    private final WorkerExecutor threads;
    private final FairTurns turns;

    /** The one of this name that the event loops of a node share, made by the first who asks. */
    public static FairWorkers shared(
            Vertx vertx, String name, int threads, int waitingMax, int waitingEach, String busyCode) {
        return vertx.sharedData()
                .<String, FairWorkers>getLocalMap("fair-workers")
                .computeIfAbsent(
                        name, made -> new FairWorkers(vertx, name, threads, waitingMax, waitingEach, busyCode));
    }

    /** @param name of the threads, and of their metrics */
    public FairWorkers(Vertx vertx, String name, int threads, int waitingMax, int waitingEach, String busyCode) {
        this.vertx = vertx;
        this.threads = vertx.createSharedWorkerExecutor(name, threads, WARN_AFTER_SECONDS, TimeUnit.SECONDS);
        this.turns = new FairTurns(threads, waitingMax, waitingEach, busyCode);
    }

    /** Does the work when its turn has come, or refuses to wait. Answers on the context it was called on. */
    public <T> Future<T> run(String lane, boolean isFavoured, Callable<T> work) {
        var context = vertx.getOrCreateContext();
        Promise<T> done = Promise.promise();
        turns.take(
                lane,
                isFavoured,
                () -> context.runOnContext(turn -> start(work).onComplete(done)),
                refusal -> context.runOnContext(sentAway -> done.tryFail(refusal)));
        return done.future();
    }

    private <T> Future<T> start(Callable<T> work) {
        try {
            return threads.executeBlocking(work, false).onComplete(ended -> turns.done());
        } catch (RejectedExecutionException closed) {
            turns.done();
            return Future.failedFuture(Refusal.unavailable("shutting_down"));
        }
    }

    /** How many are at work, and wait for it. */
    public int count() {
        return turns.count();
    }
}
