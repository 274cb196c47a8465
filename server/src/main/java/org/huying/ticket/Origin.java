package org.huying.ticket;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket is about: fixed when it is submitted, for good.
 *
 * @param householdId absent at a public spot
 * @param placePath   ids from the district down to the place, as they were then
 * @param reporterRef the pseudonym of the reporter: in whose name it was filed, else who filed it
 * @param routedOrgId who it was sent to
 */
record Origin(
        UUID id,
        String ticketNo,
        String itemCode,
        int itemVersion,
        String itemKind,
        @Nullable UUID householdId,
        List<UUID> placePath,
        String channel,
        boolean anonymous,
        @Nullable String reporterRef,
        Instant submittedAt,
        UUID routedOrgId) {
    static Origin from(TicketEvent event) {
        var data = event.data();
        return new Origin(
                event.ticketId(),
                data.getString("ticketNo"),
                data.getString("serviceItemCode"),
                data.getInteger("serviceItemVersion"),
                data.getString("serviceItemKind"),
                TicketState.uuid(data, "householdId"),
                data.getJsonArray("placePath").stream()
                        .map(each -> UUID.fromString((String) each))
                        .toList(),
                data.getString("channel"),
                data.getBoolean("anonymous"),
                reporter(event),
                event.at(),
                TicketState.requiredUuid(data, "responsibleOrgId"));
    }

    private static @Nullable String reporter(TicketEvent event) {
        if (event.onBehalfOf() != null) {
            return event.onBehalfOf();
        }
        return event.actor().kind().equals(Author.SYSTEM) ? null : event.actor().ref();
    }

    UUID placeId() {
        return placePath.get(placePath.size() - 1);
    }
}
