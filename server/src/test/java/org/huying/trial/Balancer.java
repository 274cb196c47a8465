package org.huying.trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Asks a node now and then whether it is ready, as a load balancer does: callers who heed it send nothing to one that is not.
 * Whom the system has let in before the node took them cannot be answered when its port closes; it leaves time to heed this.
 */
final class Balancer implements AutoCloseable, BooleanSupplier {
    private static final long PERIOD_NANOS = Duration.ofMillis(500).toNanos();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int READY = 200;

    private final HttpRequest question;
    private final Thread thread = new Thread(this::look, "balancer");
    private volatile boolean closed;
    private volatile boolean open = true;

    /** Takes the node for ready until it has looked. */
    Balancer(URI management) {
        question = HttpRequest.newBuilder(management.resolve("/health/ready"))
                .timeout(Duration.ofSeconds(3))
                .build();
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        while (!closed) {
            open = isReady();
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    private boolean isReady() {
        try {
            return CLIENT.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == READY;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether callers are sent there. */
    @Override
    public boolean getAsBoolean() {
        return open;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
