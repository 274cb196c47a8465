package org.huying.identity.household;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Masked;
import org.jspecify.annotations.Nullable;

/**
 * A membership as the contract shows it, asked for, entered or approved.
 *
 * @param version counts the names that the resident has had
 * @param awaits  what it waits for: the {@code approval} of the place, or the {@code consent} of the resident's side
 */
record Member(
        UUID id,
        int version,
        UUID householdId,
        UUID residentId,
        String name,
        String role,
        String status,
        @Nullable String awaits,
        Instant createdAt,
        @Nullable Instant approvedAt) {
    private static final String CONSENT = "consent";
    private static final String UNNAMED = "**";

    static Member from(Row row, FieldCipher cipher) {
        return new Member(
                row.getUUID("id"),
                row.getInteger("version"),
                row.getUUID("household_id"),
                row.getUUID("resident_id"),
                cipher.openPresent(row.getBuffer("name_sealed")),
                row.getString("role"),
                row.getString("status"),
                awaits(row.getString("status"), row.getUUID("entered_by_id")),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "approved_at"));
    }

    static @Nullable String awaits(String status, @Nullable UUID enteredById) {
        if (!status.equals("pending")) {
            return null;
        }
        return enteredById == null ? "approval" : CONSENT;
    }

    boolean awaitsConsent() {
        return CONSENT.equals(awaits);
    }

    Member masked() {
        return named(Masked.name(name));
    }

    /** To those of the household: whoever has not agreed to belong to it is nobody there. */
    Member ofHousehold() {
        return awaitsConsent() ? named(UNNAMED) : this;
    }

    private Member named(String shown) {
        return new Member(id, version, householdId, residentId, shown, role, status, awaits, createdAt, approvedAt);
    }
}
