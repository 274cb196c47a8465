package org.huying.identity.claim;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * A claim, and how the caller stands to it.
 *
 * @param isSeen whether the caller is in charge of the one on record while both still have the number
 * @param isHeld whether it was the caller who wrote that number down, so that another one settles it
 */
record KnownClaim(
        UUID id,
        UUID claimantId,
        ClaimStatus status,
        @Nullable Instant endedAt,
        boolean isSeen,
        boolean isHeld) {
    static KnownClaim from(Row row) {
        return new KnownClaim(
                row.getUUID("id"),
                row.getUUID("claimant_id"),
                ClaimStatus.of(row.getString("status")),
                Rows.instantOrNull(row, "ended_at"),
                row.getBoolean("seen"),
                row.getBoolean("held"));
    }
}
