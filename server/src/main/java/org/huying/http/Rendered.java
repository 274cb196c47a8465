package org.huying.http;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it goes over the wire.
 *
 * @param stream what is sent in place of the body, where there is one
 */
record Rendered(
        int status,
        @Nullable String contentType,
        Buffer body,
        Map<String, String> headers,
        @Nullable StreamedBody stream) {
    Rendered(int status, @Nullable String contentType, Buffer body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    static Rendered of(Answer answer) {
        var given = answer.headers().get("Content-Type");
        if (answer.body() instanceof Buffer bytes) {
            return new Rendered(answer.status(), given, bytes, answer.headers());
        }
        if (answer.body() instanceof StreamedBody stream) {
            return new Rendered(answer.status(), given, Buffer.buffer(), answer.headers(), stream);
        }
        if (answer.body() == null) {
            return new Rendered(answer.status(), null, Buffer.buffer(), answer.headers());
        }
        return new Rendered(answer.status(), RequestCheck.JSON, JsonText.write(answer.body()), answer.headers());
    }

    /** The first answer to a key, again. */
    static Rendered replay(Idempotency.FirstAnswer first) {
        return new Rendered(
                first.status(),
                first.body().length() == 0 ? null : RequestCheck.JSON,
                first.body(),
                Map.of("Idempotent-Replayed", "true"));
    }
}
