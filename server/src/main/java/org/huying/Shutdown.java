package org.huying;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.huying.app.Infrastructure;
import org.huying.app.Node;
import org.huying.demo.embedded.EmbeddedServers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the process, in order: word to whoever sends requests, requests in flight, the service, the servers under it. */
final class Shutdown implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final long TIMEOUT_SECONDS = 30;

    private final EmbeddedServers servers;
    private final Duration delay;
    private volatile @Nullable Infrastructure infrastructure;

    /** @param delay for how long requests are still taken after the node has said that it is not ready any more */
    Shutdown(EmbeddedServers servers, Duration delay) {
        this.servers = servers;
        this.delay = delay;
    }

    void stops(Infrastructure started) {
        infrastructure = started;
    }

    @Override
    public void run() {
        var started = infrastructure;
        try {
            if (started != null) {
                Node.leave(started);
                Thread.sleep(delay.toMillis());
                Node.stop(started).toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
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
