package org.huying.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import org.erdtman.jcs.JsonCanonicalizer;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** What came with a request: bytes, or a form. */
record Body(Buffer bytes, @Nullable MultipartForm form) {
    /** What a body that is left out says. */
    private static final Buffer NO_FIELDS = Buffer.buffer("{}");

    /** As it came, as text, and as objects with their names and values. */
    private static final int JSON_WEIGHT = 4;

    /** As it came, the copy in which the parts are found, and the one that a feature makes of its part. */
    private static final int FORM_WEIGHT = 3;

    /**
     * Reads what the operation takes, and nothing of what is longer than it may be.
     *
     * @param hold what it counts as part of, until that is released
     */
    static Future<Body> read(HttpServerRequest request, RequestCheck check, Duration within, MemoryBudget.Hold hold) {
        if (!isToBeRead(request, check)) {
            return Future.succeededFuture(
                    new Body(Buffer.buffer(), check.form() == null ? null : MultipartForm.empty()));
        }
        if (check.form() == null) {
            return BodyReader.read(request, check.bodyMaxBytes(), within, hold, JSON_WEIGHT)
                    .map(bytes -> new Body(bytes, null));
        }
        var contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return BodyReader.read(request, check.bodyMaxBytes(), within, hold, FORM_WEIGHT)
                .compose(bytes -> parse(contentType, bytes))
                .map(form -> new Body(Buffer.buffer(), form));
    }

    private static Future<MultipartForm> parse(String contentType, Buffer bytes) {
        return Vertx.currentContext().executeBlocking(() -> MultipartForm.parse(contentType, bytes), false);
    }

    private static boolean isToBeRead(HttpServerRequest request, RequestCheck check) {
        if (!BodyReader.isPresent(request) || !check.takesBody()) {
            return false;
        }
        BodyReader.refuseTooLarge(request, check.bodyMaxBytes());
        if (!check.takes(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            throw Refusal.unsupportedMedia();
        }
        return true;
    }

    /**
     * The same for the same, in whatever order its names stand and however its texts and numbers are written (RFC 8785);
     * what is left out says nothing. Of a body that was found right.
     */
    Buffer hashed() {
        if (form != null) {
            return form.digest();
        }
        return bytes.length() == 0 ? NO_FIELDS : canonical(bytes);
    }

    /** What has no canonical form, such as a number beyond all doubles, is the same only to the byte. */
    private static Buffer canonical(Buffer json) {
        try {
            return Buffer.buffer(new JsonCanonicalizer(json.getBytes()).getEncodedUTF8());
        } catch (IOException e) {
            return json;
        }
    }
}
