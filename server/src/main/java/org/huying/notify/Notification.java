package org.huying.notify;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.Rows;
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
        return new Notification(
                row.getUUID("id"),
                row.getUUID("recipient_id"),
                row.getString("kind"),
                row.getUUID("subject_id"),
                row.getJsonObject("facts"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "read_at"));
    }
}
