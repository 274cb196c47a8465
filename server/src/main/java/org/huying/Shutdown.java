package org.huying;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.huying.app.Node;
import org.huying.demo.embedded.EmbeddedServers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the process, in order: word to whoever sends requests, requests in flight, the service, the servers under it. */
final class Shutdown implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final long TIMEOUT_SECONDS = 40;

    private final EmbeddedServers servers;
    private final Duration delay;
    private volatile @Nullable Node node;
    private volatile boolean underWay;

    /** @param delay for how long requests are still taken after the node has said that it is not ready any more */
    Shutdown(EmbeddedServers servers, Duration delay) {
        this.servers = servers;
        this.delay = delay;
    }

    void stops(Node started) {
        node = started;
    }

    /** Whether what fails now fails by it. */
    boolean isUnderWay() {
        return underWay;
    }

    @Override
    public void run() {
        underWay = true;
        servers.superviseNoMore();
        var started = node;
        try {
            if (started != null) {
                started.leave();
                Thread.sleep(delay.toMillis());
                started.stop().toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("did not stop cleanly", e);
        } finally {
            servers.close();
        }
    }
}
