package org.huying.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.stream.Stream;

/** One event of a ticket's chain, as `GET /v1/tickets/{id}/events` tells it. */
public record Event(int seq, String type, Instant at, String actorKind, JsonObject json) {
    static Event of(JsonObject json) {
        return new Event(
                json.getInteger("seq"),
                json.getString("type"),
                Instant.parse(json.getString("at")),
                json.getJsonObject("actor").getString("kind"),
                json);
    }

    /** What is said of it. */
    public JsonObject data() {
        return json.getJsonObject("data");
    }

    public boolean is(String... types) {
        return Stream.of(types).anyMatch(type::equals);
    }
}
