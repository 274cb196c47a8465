package org.huying.identity.resident;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.kernel.Masked;
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
        var phone = cipher.open(row.getBuffer("phone_sealed"));
        return new ResidentMatch(
                row.getUUID("id"),
                Masked.name(cipher.openPresent(row.getBuffer("name_sealed"))),
                phone == null ? null : Masked.phone(phone),
                Masked.birthDate(cipher.open(row.getBuffer("birth_date_sealed"))),
                row.getUUID("compound_id"),
                row.getString("compound_name"));
    }
}
