package org.huying.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages of other origins may call from a browser. They bring a token and no cookie, so nothing is sent along by the
 * browser itself. An origin that is not listed gets the same answers without the headers that would let its page read them.
 */
public final class Cors {
    private static final CharSequence REQUEST_METHOD = HttpHeaders.createOptimized("Access-Control-Request-Method");
    private static final CharSequence ALLOW_HEADERS =
            HttpHeaders.createOptimized("Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-Id");
    private static final CharSequence EXPOSE_HEADERS = HttpHeaders.createOptimized("Content-Disposition, ETag,"
            + " Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id");
    /** As long as the most cautious of the browsers keeps it anyway. */
    private static final CharSequence MAX_AGE_SECONDS = HttpHeaders.createOptimized("600");

    private final Set<String> origins;

    /** @param origins as browsers send them: scheme, host and port if it is not the scheme's own */
    public Cors(Collection<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Tells the browser, with whatever is answered, whether the page may read it. */
    void mark(HttpServerRequest request) {
        if (origins.isEmpty()) {
            return;
        }
        var headers = request.response().headers();
        Vary.add(headers, HttpHeaders.ORIGIN);
        if (isAllowed(request)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, request.getHeader(HttpHeaders.ORIGIN))
                    .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSE_HEADERS);
        }
    }

    /** Whether it is a browser's question before a request of a page that may ask. */
    boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(REQUEST_METHOD)
                && isAllowed(request);
    }

    /** What such a question is answered with, beside {@link #mark}. */
    void permit(HttpServerRequest request, Collection<HttpMethod> methods) {
        request.response()
                .putHeader(
                        HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS,
                        methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")))
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOW_HEADERS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
    }

    private boolean isAllowed(HttpServerRequest request) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && origins.contains(origin);
    }
}
