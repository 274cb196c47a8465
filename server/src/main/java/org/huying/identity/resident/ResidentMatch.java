package org.huying.identity.resident;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.identity.Glimpse;
import org.jspecify.annotations.Nullable;

/** Somebody who was looked up: enough to tell people of one name apart, no more. */
record ResidentMatch(
        UUID id,
        String name,
        @Nullable String phone,
        @Nullable Integer birthYear,
        @Nullable UUID compoundId,
        @Nullable String compoundName) {
    static ResidentMatch from(Row row, FieldCipher cipher) {
        var seen = Glimpse.from(row, cipher);
        return new ResidentMatch(
                row.getUUID("id"),
                seen.name(),
                seen.phone(),
                seen.birthYear(),
                row.getUUID("compound_id"),
                row.getString("compound_name"));
    }
}
