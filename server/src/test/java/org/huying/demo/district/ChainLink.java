package org.huying.demo.district;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/** An event as anybody may verify it: from its row and the rules of the design, without the ticket feature's code. */
record ChainLink(Row row, Map<String, String> heads) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

    /** Rows come in the order of their chains; {@code heads} keeps the last hash of each. */
    boolean verify() {
        var ticketId = row.getUUID("ticket_id").toString();
        var previous = heads.getOrDefault(ticketId, "0".repeat(64));
        heads.put(ticketId, row.getString("hash"));
        return row.getString("previous_hash").equals(previous)
                && row.getString("hash").equals(hash(event(ticketId)));
    }

    private JsonObject event(String ticketId) {
        var organization = row.getUUID("actor_org_id");
        return new JsonObject()
                .put("ticketId", ticketId)
                .put("seq", row.getInteger("seq"))
                .put("type", row.getString("type"))
                .put(
                        "at",
                        row.getOffsetDateTime("at")
                                .atZoneSameInstant(ZoneOffset.UTC)
                                .format(TIME))
                .put(
                        "actor",
                        new JsonObject()
                                .put("ref", row.getString("actor_ref"))
                                .put("kind", row.getString("actor_kind"))
                                .put("organizationId", organization == null ? null : organization.toString()))
                .put("onBehalfOf", row.getString("on_behalf_of_ref"))
                .put("data", row.getJsonObject("data"))
                .put("previousHash", row.getString("previous_hash"));
    }

    private static String hash(JsonObject event) {
        try {
            var canonical = new JsonCanonicalizer(event.encode()).getEncodedString();
            var digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
