package org.huying.identity.resident;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Masked;
import org.jspecify.annotations.Nullable;

/** Somebody who says that they are one on record, as the grid member sees it; names and number masked. */
public record ClaimView(
        UUID claimantId,
        int claimantVersion,
        String claimantName,
        UUID residentId,
        int version,
        String name,
        String phone,
        @Nullable Integer birthYear,
        Instant createdAt) {
    static ClaimView from(Row row, FieldCipher cipher) {
        return new ClaimView(
                row.getUUID("claimant_id"),
                row.getInteger("claimant_version"),
                Masked.name(cipher.openPresent(row.getBuffer("claimant_sealed"))),
                row.getUUID("record_id"),
                row.getInteger("record_version"),
                Masked.name(cipher.openPresent(row.getBuffer("record_sealed"))),
                Masked.phone(cipher.openPresent(row.getBuffer("phone_sealed"))),
                Masked.birthDate(cipher.open(row.getBuffer("birth_date_sealed"))),
                Rows.instant(row, "created_at"));
    }
}
