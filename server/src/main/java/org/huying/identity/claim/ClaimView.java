package org.huying.identity.claim;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.identity.Glimpse;
import org.huying.kernel.Masked;
import org.jspecify.annotations.Nullable;

/** Somebody who says that they are one on record, as whoever may confirm it sees it; names and number masked. */
public record ClaimView(
        UUID id,
        UUID claimantId,
        int claimantVersion,
        String claimantName,
        UUID residentId,
        int version,
        String name,
        @Nullable String phone,
        @Nullable Integer birthYear,
        Instant createdAt) {
    static ClaimView from(Row row, FieldCipher cipher) {
        var seen = Glimpse.from(row, cipher);
        return new ClaimView(
                row.getUUID("id"),
                row.getUUID("claimant_id"),
                row.getInteger("claimant_version"),
                Masked.name(cipher.openPresent(row.getBuffer("claimant_sealed"))),
                row.getUUID("record_id"),
                row.getInteger("record_version"),
                seen.name(),
                seen.phone(),
                seen.birthYear(),
                Rows.instant(row, "created_at"));
    }
}
