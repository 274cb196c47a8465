package org.huying.http;

import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers. The body is a record (or map, list) that becomes JSON, a {@link Buffer} that goes out as it
 * is, a {@link StreamedBody}, or nothing.
 */
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {
    /**
     * Whoever uses the browser after the caller has no token to ask again with. Also what never changes is asked for again
     * each time: who may see it does change.
     */
    private static final String ASKED_AGAIN = "private, no-cache";

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
        return named(contentType, bytes, asciiName, name);
    }

    /** The same, made while it is taken. */
    public static Answer file(String contentType, StreamedBody body, String asciiName, String name) {
        return named(contentType, body, asciiName, name);
    }

    private static Answer named(String contentType, Object body, String asciiName, String name) {
        var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        var disposition = "attachment; filename=\"" + asciiName + "\"; filename*=UTF-8''" + encoded;
        return new Answer(200, body, Map.of("Content-Type", contentType, "Content-Disposition", disposition));
    }

    /** Bytes for whoever asked alone, who may keep them, and asks each time whether they still may see them. */
    public static Answer tagged(String contentType, Buffer bytes, String tag) {
        return new Answer(200, bytes, Map.of("Content-Type", contentType, "ETag", tag, "Cache-Control", ASKED_AGAIN));
    }

    /** The caller has it already. */
    public static Answer notModified(String tag) {
        return new Answer(304, null, Map.of("ETag", tag, "Cache-Control", ASKED_AGAIN));
    }

    public static Answer bytes(String contentType, Buffer bytes) {
        return new Answer(200, bytes, Map.of("Content-Type", contentType));
    }
}
