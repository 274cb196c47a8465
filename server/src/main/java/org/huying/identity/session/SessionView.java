package org.huying.identity.session;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.Rows;

/** A session that stands, as its owner sees it. */
record SessionView(UUID id, Instant createdAt, Instant lastUsedAt, Instant expiresAt, boolean current) {
    static SessionView from(Row row, UUID currentId) {
        var id = row.getUUID("id");
        return new SessionView(
                id,
                Rows.instant(row, "created_at"),
                Rows.instant(row, "last_used_at"),
                Rows.instant(row, "expires_at"),
                id.equals(currentId));
    }
}
