package org.huying.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Base64;
import org.huying.kernel.Ids;
import org.huying.kernel.Sha256;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and the headers that every answer to it carries. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
    private static final CharSequence RATE_LIMIT_POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence RATE_LIMIT = HttpHeaders.createOptimized("RateLimit");
    private static final int REQUEST_ID_MAX_LENGTH = 64;

    private final HttpServerRequest request;
    private final String address;
    private final String requestId;
    private final long startedNanos = System.nanoTime();
    private @Nullable String allow;

    /** @param address where the request comes from, as limits are counted by it */
    Exchange(HttpServerRequest request, String address) {
        this.request = request;
        this.address = address;
        this.requestId = requestId(request.getHeader(REQUEST_ID));
    }

    HttpServerRequest request() {
        return request;
    }

    String address() {
        return address;
    }

    String requestId() {
        return requestId;
    }

    long elapsedNanos() {
        return System.nanoTime() - startedNanos;
    }

    void allow(String methods) {
        allow = methods;
    }

    /** The answer depends on this header of the request, too: caches keep such answers apart. */
    void varyBy(CharSequence header) {
        Vary.add(request.response().headers(), header);
    }

    /** The call was counted: the answer, whatever it is, says so. */
    void limited(String policy, String state) {
        request.response().putHeader(RATE_LIMIT_POLICY, policy).putHeader(RATE_LIMIT, state);
    }

    /** Gives an answer to a read its ETag, if it has none of its own, and takes back a body that the caller has already. */
    Rendered tagged(Rendered rendered) {
        if (rendered.status() != 200 || rendered.stream() != null) {
            return rendered;
        }
        var given = rendered.headers().get("ETag");
        var tag = given == null ? "\"" + digest(rendered.body()) + "\"" : given;
        request.response().putHeader(HttpHeaders.ETAG, tag);
        return knows(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)
                ? new Rendered(304, null, Buffer.buffer(), rendered.headers())
                : rendered;
    }

    /** The answer that the tag was of is not sent. */
    void untagged() {
        request.response().headers().remove(HttpHeaders.ETAG);
    }

    static boolean knows(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(tag));
    }

    /** Ends when the answer has been taken, or the caller has left. */
    Future<Void> send(Rendered rendered) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(rendered.status());
        head(rendered, response.headers());
        var sent = rendered.stream() == null ? response.end(rendered.body()) : streamed(rendered.stream());
        return sent.onFailure(
                gone -> LOG.atDebug().addKeyValue("requestId", requestId).log("the caller left before the answer"));
    }

    private void head(Rendered rendered, MultiMap headers) {
        rendered.headers().forEach(headers::set);
        headers.set(REQUEST_ID, requestId);
        SecurityHeaders.add(headers);
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(
                    HttpHeaders.CACHE_CONTROL, headers.contains(HttpHeaders.ETAG) ? "private, no-cache" : "no-store");
        }
        if (rendered.contentType() != null) {
            headers.set(HttpHeaders.CONTENT_TYPE, rendered.contentType());
        }
        if (allow != null) {
            headers.set(HttpHeaders.ALLOW, allow);
        }
    }

    /** What cannot be sent to its end is cut off, so that nobody takes it for whole. */
    private Future<Void> streamed(StreamedBody body) {
        var response = request.response().setChunked(true);
        return body.send(piece -> piece.length() == 0 ? Future.succeededFuture() : response.write(piece))
                .compose(sent -> response.end())
                .recover(failure -> {
                    if (!response.closed()) {
                        LOG.atWarn()
                                .addKeyValue("requestId", requestId)
                                .setCause(failure)
                                .log("an answer was cut off");
                        response.reset();
                    }
                    return Future.failedFuture(failure);
                });
    }

    private static String digest(Buffer body) {
        var hash = Sha256.of(body.getBytes());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
    }

    /** The caller's, where it is harmless in a header and a log line; else a new one. */
    private static String requestId(@Nullable String given) {
        if (given == null || given.isEmpty() || given.length() > REQUEST_ID_MAX_LENGTH) {
            return Ids.next().toString();
        }
        var harmless = given.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return harmless ? given : Ids.next().toString();
    }
}
