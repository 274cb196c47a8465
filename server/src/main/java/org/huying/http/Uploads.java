package org.huying.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.huying.kernel.Refusal;

/**
 * Large bodies under way on this node, from their first byte until they are answered: together they never take more
 * memory than the budget, and none takes longer to come than its time. What would go beyond is refused with
 * {@code uploads_busy}. A slow sender holds only what it has sent.
 */
public final class Uploads {
    private final long budgetBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    public Uploads(long budgetBytes) {
        this.budgetBytes = budgetBytes;
    }

    /** What one request holds of the budget. */
    final class Held {
        private long bytes;
        private boolean isReleased;

        synchronized boolean more(int length) {
            if (isReleased) {
                return false;
            }
            if (heldBytes.addAndGet(length) > budgetBytes) {
                heldBytes.addAndGet(-length);
                return false;
            }
            bytes += length;
            return true;
        }

        /** To be called once, when the body is not needed any more. */
        synchronized Future<Void> release() {
            heldBytes.addAndGet(-bytes);
            bytes = 0;
            isReleased = true;
            return Future.succeededFuture();
        }
    }

    Held hold() {
        return new Held();
    }

    /** Reads the form and takes it apart, off the event loop. The parts count as held until {@code held} is released. */
    Future<MultipartForm> read(HttpServerRequest request, long maxBytes, Duration within, Held held) {
        var contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return BodyReader.read(request, maxBytes, within, held::more).compose(bytes -> parse(contentType, bytes));
    }

    private static Future<MultipartForm> parse(String contentType, Buffer bytes) {
        return Vertx.currentContext().executeBlocking(() -> MultipartForm.parse(contentType, bytes), false);
    }

    static Refusal busy() {
        return Refusal.unavailable("uploads_busy");
    }
}
