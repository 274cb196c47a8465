package org.huying.identity.claim;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.identity.Glimpse;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a claim, as whoever made it reads it.
 *
 * @param residentId   the one on record
 * @param reason       of whoever declined it; none where somebody else was found to be that one
 * @param claimAgainAt where it is over, from when on the same may be said anew
 */
public record OwnClaim(
        UUID id,
        UUID residentId,
        String name,
        String status,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable Instant claimAgainAt) {
    static OwnClaim from(Row row, FieldCipher cipher) {
        var status = ClaimStatus.of(row.getString("status"));
        var endedAt = Rows.instantOrNull(row, "ended_at");
        return new OwnClaim(
                row.getUUID("id"),
                row.getUUID("record_id"),
                Glimpse.from(row, cipher).name(),
                status.code(),
                cipher.open(row.getBuffer("reason_sealed")),
                Rows.instant(row, "created_at"),
                endedAt,
                endedAt == null ? null : status.againAt(endedAt));
    }
}
