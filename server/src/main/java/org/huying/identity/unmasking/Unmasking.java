package org.huying.identity.unmasking;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the record.
 *
 * @param kind      {@code unmasking}, or {@code search}
 * @param subjectId null for those who may not know who is anonymous, and where a search found nobody
 */
record Unmasking(
        UUID id,
        String kind,
        Instant at,
        UUID actorId,
        String role,
        @Nullable UUID subjectId,
        @Nullable UUID ticketId,
        List<String> fields,
        @Nullable String reason) {
    static Unmasking from(Row row, FieldCipher cipher) {
        return new Unmasking(
                row.getUUID("id"),
                row.getString("kind"),
                Rows.instant(row, "at"),
                row.getUUID("actor_id"),
                row.getString("role"),
                row.getUUID("subject_id"),
                row.getUUID("ticket_id"),
                List.of(row.getArrayOfStrings("fields")),
                cipher.open(row.getBuffer("reason_sealed")));
    }
}
