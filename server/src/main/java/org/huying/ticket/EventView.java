package org.huying.ticket;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as the contract shows it: the same for everybody but for what is shown beside it. */
record EventView(
        UUID ticketId,
        int seq,
        String type,
        String at,
        TicketEvent.Actor actor,
        @Nullable String onBehalfOf,
        JsonObject data,
        String previousHash,
        String hash,
        @Nullable Shown shown) {
    /** Texts and salts by path within the data, names and commitments by pseudonym. */
    record Shown(
            Map<String, Object> texts,
            Map<String, String> names,
            Map<String, Object> salts,
            Map<String, String> commitments) {}

    Tickets.Remark remark() {
        if (shown == null) {
            return new Tickets.Remark(null, null);
        }
        return new Tickets.Remark(
                shown.names().get(actor.ref()), shown.texts().get("note") instanceof String note ? note : null);
    }

    static EventView of(TicketEvent event, @Nullable Shown shown) {
        return new EventView(
                event.ticketId(),
                event.seq(),
                event.type().code(),
                TicketEvent.time(event.at()),
                event.actor(),
                event.onBehalfOf(),
                event.data(),
                event.previousHash(),
                event.hash(),
                shown);
    }
}
