package org.huying.identity.claim;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.identity.Glimpse;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on record with the number that the caller has bound.
 *
 * @param confirmedBy {@code number}: nobody else; {@code grid_member}: they as well
 */
public record ClaimOffer(
        UUID residentId, int version, String name, @Nullable Integer birthYear, String confirmedBy) {
    static ClaimOffer from(Row row, FieldCipher cipher) {
        var seen = Glimpse.from(row, cipher);
        return new ClaimOffer(
                row.getUUID("id"),
                row.getInteger("version"),
                seen.name(),
                seen.birthYear(),
                Boolean.TRUE.equals(row.getBoolean("by_number")) ? "number" : "grid_member");
    }

    public boolean numberSuffices() {
        return confirmedBy.equals("number");
    }
}
