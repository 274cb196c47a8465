package org.huying.notify;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A notice in somebody's inbox. */
record Notification(
        UUID id,
        UUID recipientId,
        String kind,
        UUID subjectId,
        JsonObject facts,
        Instant createdAt,
        @Nullable Instant readAt) {
    static Notification from(Row row) {
        var readAt = row.getOffsetDateTime("read_at");
        return new Notification(
                row.getUUID("id"),
                row.getUUID("recipient_id"),
                row.getString("kind"),
                row.getUUID("subject_id"),
                row.getJsonObject("facts"),
                row.getOffsetDateTime("created_at").toInstant(),
                readAt == null ? null : readAt.toInstant());
    }
}
