package org.huying.demo.embedded;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a server again that ended without being told to, on the same port and data. It says so once for each row of
 * starts that do not hold, and gives up after a bounded number of them. Whoever started a server supervises it, nobody
 * else.
 */
final class Supervision {
    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

    /**
     * What is supervised.
     *
     * @param name    as people call it
     * @param process the latest one
     * @param again   blocks until it is of use again; fails if it cannot be brought to that
     */
    record Supervised(String name, Supplier<Process> process, Runnable again) {}

    /**
     * When to give up.
     *
     * @param starts in a row that did not hold
     * @param pause  before the second of a row; it doubles each time
     * @param holds  how long a server lives that has held
     */
    record Patience(int starts, Duration pause, Duration holds) {
        static final Patience USUAL = new Patience(5, Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    private final Supervised server;
    private final Patience patience;
    private final Runnable givenUp;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final Thread thread;

    private Supervision(Supervised server, Patience patience, Runnable givenUp) {
        this.server = server;
        this.patience = patience;
        this.givenUp = givenUp;
        this.thread = new Thread(this::watch, "supervise-" + server.name());
        thread.setDaemon(true);
    }

    /** @param givenUp run, on another thread, when the server is left dead */
    static Supervision begin(Supervised server, Patience patience, Runnable givenUp) {
        var supervision = new Supervision(server, patience, givenUp);
        supervision.thread.start();
        return supervision;
    }

    /** The server may end from now on; returns when nothing is being started any more. */
    void end() {
        stopped.complete(null);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while waiting for an embedded server", e);
        }
    }

    private void watch() {
        int starts = 0;
        long startedNanos = System.nanoTime();
        while (true) {
            CompletableFuture.anyOf(server.process().get().onExit(), stopped).join();
            if (System.nanoTime() - startedNanos > patience.holds().toNanos()) {
                starts = 0;
            }
            if (starts == 0 && !stopped.isDone()) {
                LOG.warn(
                        "{} has ended by itself, with {}; it is started again",
                        server.name(),
                        server.process().get().exitValue());
            }
            if (starts == patience.starts() && !stopped.isDone()) {
                giveUp();
                return;
            }
            if (isStopped(pauseBefore(starts))) {
                return;
            }
            starts++;
            startedNanos = System.nanoTime();
            start();
        }
    }

    /** One that fails leaves a process that has ended, which is seen next. */
    private void start() {
        try {
            server.again().run();
        } catch (RuntimeException e) {
            LOG.debug("{} did not start again", server.name(), e);
        }
    }

    private Duration pauseBefore(int starts) {
        return starts == 0 ? Duration.ZERO : patience.pause().multipliedBy(1L << (starts - 1));
    }

    private boolean isStopped(Duration wait) {
        try {
            stopped.get(wait.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (Exception e) {
            return true;
        }
    }

    private void giveUp() {
        LOG.error(
                "{} does not stay up: {} starts in a row did not hold, so it is left alone; see server.log in its"
                        + " directory, then start the service again",
                server.name(),
                patience.starts());
        givenUp.run();
    }
}
