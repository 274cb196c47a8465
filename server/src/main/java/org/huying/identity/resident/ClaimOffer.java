package org.huying.identity.resident;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.kernel.Masked;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on record with the number that the caller has bound.
 *
 * @param confirmedBy {@code number}: nobody else; {@code grid_member}: they as well
 */
public record ClaimOffer(
        UUID residentId, int version, String name, @Nullable Integer birthYear, String confirmedBy) {
    static ClaimOffer from(Row row, FieldCipher cipher) {
        return new ClaimOffer(
                row.getUUID("id"),
                row.getInteger("version"),
                Masked.name(cipher.openPresent(row.getBuffer("name_sealed"))),
                Masked.birthDate(cipher.open(row.getBuffer("birth_date_sealed"))),
                Boolean.TRUE.equals(row.getBoolean("by_number")) ? "number" : "grid_member");
    }

    public boolean numberSuffices() {
        return confirmedBy.equals("number");
    }
}
