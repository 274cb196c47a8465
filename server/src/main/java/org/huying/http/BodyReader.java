package org.huying.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;

/** Reads a body of bounded size. */
final class BodyReader {
    /** How much of a body that is too large is read and dropped, so that the sender can hear the refusal. */
    private static final long DRAIN_MAX_BYTES = 64L << 20;

    private BodyReader() {}

    static boolean isPresent(HttpServerRequest request) {
        return declaredLength(request) > 0 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    static void refuseTooLarge(HttpServerRequest request, long maxBytes) {
        if (declaredLength(request) > maxBytes) {
            throw Refusal.tooLarge();
        }
    }

    /**
     * Resumes a paused request and collects what comes. A slow sender holds only what has come.
     *
     * @param within fails with 408 if it takes longer
     * @param hold   what the body counts as part of, until that is released
     * @param weight how many bytes of memory each byte takes by the time it is worked on
     */
    static Future<Buffer> read(
            HttpServerRequest request, long maxBytes, Duration within, MemoryBudget.Hold hold, int weight) {
        var collected = Buffer.buffer();
        Promise<Buffer> done = Promise.promise();
        request.handler(chunk -> {
            try {
                if (collected.length() + (long) chunk.length() > maxBytes) {
                    throw Refusal.tooLarge();
                }
                hold.more((long) chunk.length() * weight);
                collected.appendBuffer(chunk);
            } catch (Refusal refusal) {
                drain(request);
                done.tryFail(refusal);
            }
        });
        // The caller has left, or what came is no chunk: no fault of ours.
        request.exceptionHandler(cutOff -> done.tryFail(Refusal.malformed("body_cut_off")));
        request.endHandler(end -> done.tryComplete(collected));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.resume();
        return done.future().isComplete() ? done.future() : inTime(done, within);
    }

    /** Most bodies come together with their headers; only the others need a timer. */
    private static Future<Buffer> inTime(Promise<Buffer> done, Duration within) {
        var vertx = Vertx.currentContext().owner();
        long timer = vertx.setTimer(within.toMillis(), late -> done.tryFail(Refusal.tooSlow()));
        return done.future().onComplete(ended -> vertx.cancelTimer(timer));
    }

    /** Drops what is still coming; whoever sends without end loses the connection. */
    static void drain(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        var dropped = new long[1];
        request.handler(chunk -> {
            dropped[0] += chunk.length();
            if (dropped[0] > DRAIN_MAX_BYTES) {
                request.connection().close();
            }
        });
        request.resume();
    }

    private static long declaredLength(HttpServerRequest request) {
        var declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return declared == null ? 0 : Long.parseLong(declared);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
