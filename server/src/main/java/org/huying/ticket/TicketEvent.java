package org.huying.ticket;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import org.erdtman.jcs.JsonCanonicalizer;
import org.huying.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * One link of a ticket's chain: what everybody who sees the ticket sees, and what is hashed. People stand in it as
 * pseudonyms, free text as salted hashes.
 *
 * @param onBehalfOf the pseudonym of the one in whose name it was done
 */
public record TicketEvent(
        UUID ticketId,
        int seq,
        EventType type,
        Instant at,
        Actor actor,
        @Nullable String onBehalfOf,
        JsonObject data,
        String previousHash,
        String hash) {
    /** The previous hash of the first event. */
    static final String GENESIS = "0".repeat(64);

    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Who did it, by pseudonym, and as what. */
    public record Actor(String ref, String kind, @Nullable UUID organizationId) {}

    /** Makes the link after the one with {@code previousHash}. */
    static TicketEvent link(
            UUID ticketId,
            int seq,
            EventType type,
            Instant at,
            Actor actor,
            @Nullable String onBehalfOf,
            JsonObject data,
            String previousHash) {
        var open = new TicketEvent(ticketId, seq, type, at, actor, onBehalfOf, data, previousHash, "");
        return new TicketEvent(ticketId, seq, type, at, actor, onBehalfOf, data, previousHash, open.computeHash());
    }

    static TicketEvent from(Row row) {
        return new TicketEvent(
                row.getUUID("ticket_id"),
                row.getInteger("seq"),
                EventType.of(row.getString("type")),
                row.getOffsetDateTime("at").toInstant(),
                new Actor(row.getString("actor_ref"), row.getString("actor_kind"), row.getUUID("actor_org_id")),
                row.getString("on_behalf_of_ref"),
                row.getJsonObject("data"),
                row.getString("previous_hash"),
                row.getString("hash"));
    }

    /** UTC with exactly three decimals, as times stand in the log. */
    static String time(Instant instant) {
        return AT.format(instant);
    }

    /** The SHA-256 of the RFC 8785 canonical JSON of all but the hash. */
    String computeHash() {
        var organization = actor.organizationId();
        var json = new JsonObject()
                .put("ticketId", ticketId.toString())
                .put("seq", seq)
                .put("type", type.code())
                .put("at", time(at))
                .put(
                        "actor",
                        new JsonObject()
                                .put("ref", actor.ref())
                                .put("kind", actor.kind())
                                .put("organizationId", organization == null ? null : organization.toString()))
                .put("onBehalfOf", onBehalfOf)
                .put("data", data)
                .put("previousHash", previousHash);
        try {
            return Sha256.hex(new JsonCanonicalizer(json.encode()).getEncodedUTF8());
        } catch (IOException e) {
            throw new IllegalStateException("an event that is not JSON", e);
        }
    }

    /** A text as it stands in {@code data}: the hash of the salt's bytes and then the text's. */
    static String textHash(String saltHex, String text) {
        return Sha256.hex(HexFormat.of().parseHex(saltHex), text.getBytes(StandardCharsets.UTF_8));
    }
}
