package org.huying.audit;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.huying.command.CommandException;

/** Whether the events of a ticket are its whole log from the first on, untouched. */
final class Chain {
    private static final String GENESIS = "0".repeat(64);

    private Chain() {}

    /** The events, if each follows from the one before; otherwise this fails. */
    static List<Event> verified(UUID ticketId, List<JsonObject> raw) {
        var previous = GENESIS;
        for (var i = 0; i < raw.size(); i++) {
            var event = raw.get(i);
            var isNext = event.getString("ticketId").equals(ticketId.toString())
                    && event.getInteger("seq") == i + 1
                    && event.getString("previousHash").equals(previous)
                    && (i == 0 || event.getString("at").compareTo(raw.get(i - 1).getString("at")) >= 0)
                    && event.getString("type").equals("submitted") == (i == 0);
            previous = event.getString("hash");
            if (!isNext || !previous.equals(hash(event))) {
                throw new CommandException("the chain of " + ticketId + " is broken at " + (i + 1));
            }
        }
        if (raw.isEmpty()) {
            throw new CommandException("the chain of " + ticketId + " is empty");
        }
        return raw.stream().map(Event::of).toList();
    }

    private static String hash(JsonObject event) {
        var actor = event.getJsonObject("actor");
        var hashed = new JsonObject()
                .put("ticketId", event.getString("ticketId"))
                .put("seq", event.getInteger("seq"))
                .put("type", event.getString("type"))
                .put("at", event.getString("at"))
                .put(
                        "actor",
                        new JsonObject()
                                .put("ref", actor.getString("ref"))
                                .put("kind", actor.getString("kind"))
                                .put("organizationId", actor.getString("organizationId")))
                .put("onBehalfOf", event.getString("onBehalfOf"))
                .put("data", event.getJsonObject("data"))
                .put("previousHash", event.getString("previousHash"));
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Canonical.of(hashed).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
