package org.huying.identity.household;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** A request to join, or an entry, as those for whom it waits see it. */
record MembershipRequest(
        UUID id,
        int version,
        UUID householdId,
        UUID compoundId,
        String compoundName,
        String address,
        UUID residentId,
        String name,
        String role,
        @Nullable String awaits,
        Instant createdAt) {
    static MembershipRequest from(Row row, FieldCipher cipher) {
        return new MembershipRequest(
                row.getUUID("id"),
                row.getInteger("version"),
                row.getUUID("household_id"),
                row.getUUID("compound_id"),
                row.getString("compound_name"),
                cipher.openPresent(row.getBuffer("address_sealed")),
                row.getUUID("resident_id"),
                cipher.openPresent(row.getBuffer("name_sealed")),
                row.getString("role"),
                Member.awaits("pending", row.getUUID("entered_by_id")),
                Rows.instant(row, "created_at"));
    }
}
