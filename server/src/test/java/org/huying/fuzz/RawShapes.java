package org.huying.fuzz;

import java.util.List;

/**
 * What is no HTTP, or not the HTTP of everybody: two ways to say where a body ends, by which one request is smuggled
 * within another past whoever stands before us; lines, headers and first lines out of shape. One char is one byte.
 */
final class RawShapes {
    private static final String HOST = "Host: huying.test\r\n";
    private static final String SMUGGLED = "GET /v1/me HTTP/1.1\r\n" + HOST + "\r\n";
    private static final String POST =
            "POST /v1/auth/refresh HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";

    private RawShapes() {}

    /** Those by which a second request is smuggled in: one refusal, and the end. */
    static List<String> smuggling() {
        return List.of(
                POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + SMUGGLED,
                POST + "Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}" + SMUGGLED,
                POST + "Content-Length: 2, 60\r\n\r\n{}" + SMUGGLED,
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + SMUGGLED,
                POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                POST + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                POST + "Content-Length: +2\r\n\r\n{}" + SMUGGLED,
                POST + "Content-Length: -2\r\n\r\n{}" + SMUGGLED,
                POST + "Content-Length: 0x2\r\n\r\n{}" + SMUGGLED,
                POST + "Content-Length: 99999999999999999999999\r\n\r\n{}" + SMUGGLED);
    }

    static List<String> others() {
        var get = "GET /health/live HTTP/1.1\r\n" + HOST;
        return List.of(
                "GET /health/live HTTP/1.1\nHost: huying.test\n\n",
                get + "X-Folded: a\r\n b\r\n\r\n",
                "GET http://evil.test/health/live HTTP/1.1\r\n" + HOST + "\r\n",
                "GET http:/// HTTP/1.1\r\n" + HOST + "\r\n",
                "GET * HTTP/1.1\r\n" + HOST + "\r\n",
                "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n",
                "CONNECT evil.test:443 HTTP/1.1\r\n" + HOST + "\r\n",
                "GET ? HTTP/1.1\r\n" + HOST + "\r\n",
                "GET  HTTP/1.1\r\n" + HOST + "\r\n",
                "GET health/live HTTP/1.1\r\n" + HOST + "\r\n",
                "GET //evil.test/%2e%2e HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /docs HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /docs/../../../../etc/passwd HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /docs/%2e%2e/%2e%2e/logback.xml HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /docs/..%5c..%5clogback.xml HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /docs/%zz HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /docs/%00 HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /docs/ui/nothing.js HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /docs/\u00ff HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /docs//evil.test HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /docs/ HTTP/1.1\r\n" + HOST + "Range: bytes=5-2\r\nIf-Modified-Since: never\r\n\r\n",
                "GET /docs/ HTTP/1.1\r\n" + HOST + "Range: bytes=99999999999999999999-\r\n\r\n",
                "GET /health/live HTTP/1.0\r\n\r\n",
                "GET /health/live HTTP/1.1\r\n\r\n",
                "GET /health/live HTTP/2.0\r\n" + HOST + "\r\n",
                "GET /health/live HTTP/9.9\r\n" + HOST + "\r\n",
                "GET /health/live XTTP/1.1\r\n" + HOST + "\r\n",
                "GET /health/live\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                get + "Host: other.test\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: \u00ff<>\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a b:99999\r\n\r\n",
                get + "X: " + "x".repeat(100_000) + "\r\n\r\n",
                get + "X: 1\r\n".repeat(20_000) + "\r\n",
                "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /health/live?" + "x".repeat(4_050) + " HTTP/1.1\r\n" + HOST + "\r\n",
                "X".repeat(50_000),
                get + "No colon\r\n\r\n",
                get + ": no name\r\n\r\n",
                get + "Bad Name: x\r\n\r\n",
                get + "X\u0000: y\r\n\r\n",
                get + "X: y\u0000z\r\n\r\n",
                get + "X: y\rz\r\n\r\n",
                "GET /health/live\u0000 HTTP/1.1\r\n" + HOST + "\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                "\r\n\r\n" + get + "\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\n2;" + "x".repeat(50_000) + "\r\n{}\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "T: 1\r\n".repeat(10_000) + "\r\n");
    }

    /** Beginnings of requests whose senders leave. */
    static List<String> abandoned() {
        return List.of(
                "",
                "G",
                "GET /health/live HTTP/1.1\r\nHo",
                POST + "Content-Length: 1000\r\n\r\n{\"refreshToken\":",
                POST + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"ref",
                POST + "Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n",
                "POST /v1/photos HTTP/1.1\r\n" + HOST + "Content-Length: 1000\r\n\r\n--x",
                "GET /openapi.json HTTP/1.1\r\n" + HOST + "\r\n");
    }
}
