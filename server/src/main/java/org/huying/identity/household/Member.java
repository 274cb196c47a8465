package org.huying.identity.household;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Masked;
import org.jspecify.annotations.Nullable;

/**
 * A membership as the contract shows it, asked for or approved.
 *
 * @param version counts the names that the resident has had
 */
record Member(
        UUID id,
        int version,
        UUID householdId,
        UUID residentId,
        String name,
        String role,
        String status,
        Instant createdAt,
        @Nullable Instant approvedAt) {
    static Member from(Row row, FieldCipher cipher) {
        return new Member(
                row.getUUID("id"),
                row.getInteger("version"),
                row.getUUID("household_id"),
                row.getUUID("resident_id"),
                cipher.openPresent(row.getBuffer("name_sealed")),
                row.getString("role"),
                row.getString("status"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "approved_at"));
    }

    Member masked() {
        return new Member(id, version, householdId, residentId, Masked.name(name), role, status, createdAt, approvedAt);
    }
}
