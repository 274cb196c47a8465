package org.huying.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the simulator of WeChat was sent. */
public final class SentMessages {
    private SentMessages() {}

    /** Latest last. */
    public static List<JsonObject> at(URI list) {
        try (var answer = list.toURL().openStream()) {
            return new JsonObject(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .getJsonArray("items").stream().map(JsonObject.class::cast).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
