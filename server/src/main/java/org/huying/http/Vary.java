package org.huying.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * The one way in which an answer says what of a request it depends on: each adds to what others have said, and nobody takes
 * it back.
 */
final class Vary {
    private Vary() {}

    static void add(MultiMap headers, CharSequence name) {
        var said = headers.get(HttpHeaders.VARY);
        if (said == null) {
            headers.set(HttpHeaders.VARY, name);
        } else if (!isSaid(said, name)) {
            headers.set(HttpHeaders.VARY, said + ", " + name);
        }
    }

    private static boolean isSaid(String said, CharSequence name) {
        for (var each : said.split(",", -1)) {
            if (each.strip().contentEquals(name)) {
                return true;
            }
        }
        return false;
    }
}
