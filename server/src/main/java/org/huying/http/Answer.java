package org.huying.http;

import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers. The body is a record (or map, list) that becomes JSON, a {@link Buffer} that goes out as it
 * is, or nothing.
 */
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {
    private static final String IMMUTABLE = "private, max-age=604800, immutable";

    public static Answer ok(Object body) {
        return new Answer(200, body, Map.of());
    }

    public static Answer created(Object body) {
        return new Answer(201, body, Map.of());
    }

    public static Answer noContent() {
        return new Answer(204, null, Map.of());
    }

    /** Bytes to be kept under a name; the first name is for what cannot read the second. */
    public static Answer file(String contentType, Buffer bytes, String asciiName, String name) {
        var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        var disposition = "attachment; filename=\"" + asciiName + "\"; filename*=UTF-8''" + encoded;
        return new Answer(200, bytes, Map.of("Content-Type", contentType, "Content-Disposition", disposition));
    }

    /** Bytes that never change, for whoever asked alone; the tag stands for them in caches. */
    public static Answer immutable(String contentType, Buffer bytes, String tag) {
        return new Answer(200, bytes, Map.of("Content-Type", contentType, "ETag", tag, "Cache-Control", IMMUTABLE));
    }

    /** The caller has it already. */
    public static Answer notModified(String tag) {
        return new Answer(304, null, Map.of("ETag", tag, "Cache-Control", IMMUTABLE));
    }

    public static Answer bytes(String contentType, Buffer bytes) {
        return new Answer(200, bytes, Map.of("Content-Type", contentType));
    }
}
