package org.huying.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Headers that nobody sends who means well. One char of them is one byte. */
final class HostileHeaders {
    private static final List<String> ONES = List.of(
            "Authorization: Bearer " + "x".repeat(6_000),
            "Authorization: Bearer a.b.c",
            "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
            "Authorization: Bearer ",
            "Authorization: Bearer",
            "Authorization: Basic YWRtaW46YWRtaW4=",
            "Authorization: bearer \u00ff\u00fe",
            "Accept: */*;q=9,text/csv;q=0.5;q=1,;,,q=,text/;q=.;=",
            "Accept: text/csv",
            "Accept: " + "text/x,".repeat(700),
            "Accept: image/*, text/html;q=1.000, application/problem+json",
            "Accept-Language: en-\u00ff\u00ff, zh;q=NaN, *",
            "Accept-Language: en" + "-x".repeat(2_000),
            "Accept-Language: ../../../etc/passwd",
            "Accept-Encoding: gzip, br, deflate, identity;q=0",
            "If-None-Match: *",
            "If-None-Match: " + "\"x\",".repeat(1_500),
            "If-None-Match: W/\"\u00ff",
            "If-Modified-Since: yesterday",
            "If-Match: *",
            "Range: bytes=0-,-1,5-2,99999999999999999999-",
            "X-Request-Id: " + "r".repeat(65),
            "X-Request-Id: a b\tc",
            "X-Request-Id: \u00ff\u0080",
            "X-Request-Id: <script>alert(1)</script>",
            "X-Request-Id: ${jndi:ldap://127.0.0.1/a}",
            "Idempotency-Key: " + "k".repeat(129),
            "Idempotency-Key: ",
            "Idempotency-Key: \u00e9\u00ff",
            "Idempotency-Key: a b",
            "Idempotency-Key: same",
            "X-Forwarded-For: 127.0.0.1, 10.0.0.1, ::1, '; --",
            "X-Forwarded-For: " + "1.2.3.4,".repeat(500),
            "Forwarded: for=\"_gazonk\";proto=gopher;host=\"\u00ff\"",
            "X-Forwarded-Host: evil.test",
            "X-HTTP-Method-Override: DELETE",
            "X-Original-URL: /health/live",
            "Expect: 100-continue",
            "Expect: the unexpected",
            "Cookie: a=b; c; =d; \u00ff=" + "e".repeat(1_000),
            "Origin: null",
            "Origin: http://evil.test",
            "Referer: javascript:alert(1)",
            "User-Agent: () { :;}; echo vulnerable",
            "TE: trailers, deflate;q=0.5",
            "Trailer: Authorization",
            "Connection: keep-alive, X-Forwarded-For, Authorization",
            "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x",
            "Content-Encoding: gzip",
            "Content-Language: \u00ff",
            "Content-MD5: x",
            "X-" + "n".repeat(3_000) + ": v");

    private HostileHeaders() {}

    static List<String> added(List<String> headers, Random random) {
        var more = new ArrayList<>(headers);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            var header = Odd.one(ONES, random);
            if (random.nextInt(3) > 0) {
                var name = header.substring(0, header.indexOf(':') + 1);
                more.removeIf(other -> other.startsWith(name));
            }
            more.add(header);
        }
        var again = doubled(more, random);
        if (again != null) {
            more.add(again);
        }
        if (random.nextInt(25) == 0) {
            for (int i = 0; i < 300; i++) {
                more.add("X-" + i + ": " + i);
            }
        }
        return more;
    }

    private static @Nullable String doubled(List<String> headers, Random random) {
        return random.nextInt(6) == 0 ? Odd.one(headers, random) : null;
    }
}
