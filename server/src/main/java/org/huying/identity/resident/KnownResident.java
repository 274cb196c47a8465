package org.huying.identity.resident;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/**
 * A resident with all that is known, for those who may ask.
 *
 * @param home     a home of theirs, within the places asked for where there is one
 * @param hasLogin whether they log in by themselves
 */
record KnownResident(
        UUID id,
        int version,
        String name,
        @Nullable String phone,
        @Nullable LocalDate birthDate,
        boolean birthDateVerified,
        @Nullable Home home,
        boolean hasLogin,
        boolean erased,
        Instant createdAt) {
    record Home(UUID compoundId, String compoundName, List<UUID> path, String address) {}

    /** Whether they have a name, a number or a birth date in common with another. */
    boolean isLike(KnownResident other) {
        return NormalForm.ofName(name).equals(NormalForm.ofName(other.name))
                || (phone != null
                        && other.phone != null
                        && NormalForm.ofNumber(phone).equals(NormalForm.ofNumber(other.phone)))
                || (birthDate != null && birthDate.equals(other.birthDate));
    }

    static KnownResident from(Row row, FieldCipher cipher) {
        var birthDate = cipher.open(row.getBuffer("birth_date_sealed"));
        var compoundId = row.getUUID("compound_id");
        return new KnownResident(
                row.getUUID("id"),
                row.getInteger("version"),
                cipher.openPresent(row.getBuffer("name_sealed")),
                cipher.open(row.getBuffer("phone_sealed")),
                birthDate == null ? null : LocalDate.parse(birthDate),
                row.getBoolean("birth_date_verified"),
                compoundId == null
                        ? null
                        : new Home(
                                compoundId,
                                row.getString("compound_name"),
                                List.of(row.getArrayOfUUIDs("path")),
                                cipher.openPresent(row.getBuffer("address_sealed"))),
                row.getBoolean("has_login"),
                row.getBoolean("erased"),
                Rows.instant(row, "created_at"));
    }
}
