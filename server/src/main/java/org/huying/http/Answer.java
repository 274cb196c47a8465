package org.huying.http;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers. The body is a record (or map, list) that becomes JSON, a {@link Buffer} that goes out as it
 * is, or nothing.
 */
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {
    public static Answer ok(Object body) {
        return new Answer(200, body, Map.of());
    }

    public static Answer created(Object body) {
        return new Answer(201, body, Map.of());
    }

    public static Answer noContent() {
        return new Answer(204, null, Map.of());
    }

    public static Answer bytes(String contentType, Buffer bytes) {
        return new Answer(200, bytes, Map.of("Content-Type", contentType));
    }
}
