package org.huying.testing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** An answer that has passed the contract. */
public record Reply(int status, HttpHeaders headers, Buffer body) {
    public String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    public JsonObject json() {
        return new JsonObject(text());
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The id of the resource answered. */
    public UUID id() {
        return UUID.fromString(json().getString("id"));
    }

    /** The code of the problem answered. */
    public String code() {
        return json().getString("code");
    }

    /** The items of the page answered. */
    public List<JsonObject> items() {
        return json().getJsonArray("items").stream().map(JsonObject.class::cast).toList();
    }

    /** The pointers of all faults. */
    public List<String> faults() {
        return json().getJsonArray("errors", new JsonArray()).stream()
                .map(fault -> ((JsonObject) fault).getString("pointer"))
                .toList();
    }

    /** The pointers and codes of all faults. */
    public List<String> faultsAndCodes() {
        return json().getJsonArray("errors", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(fault -> fault.getString("pointer") + " " + fault.getString("code"))
                .toList();
    }

    /** The same, if it has this status. */
    public Reply withStatus(int expected) {
        if (status != expected) {
            throw new AssertionError("status " + status + " instead of " + expected + ": " + text());
        }
        return this;
    }
}
