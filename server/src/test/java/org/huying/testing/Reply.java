package org.huying.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

/** An answer that has passed the contract. */
public record Reply(int status, HttpResponse<String> raw) {
    public String text() {
        return raw.body();
    }

    public JsonObject json() {
        return new JsonObject(raw.body());
    }

    public String header(String name) {
        return raw.headers().firstValue(name).orElse("");
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
}
