package org.huying.identity;

import io.vertx.sqlclient.Row;
import org.huying.db.FieldCipher;
import org.huying.kernel.Masked;
import org.jspecify.annotations.Nullable;

/** What is shown of a resident who only has to be told from others: all of it masked. */
public record Glimpse(
        String name, @Nullable String phone, @Nullable Integer birthYear) {
    /**
     * Of a row.
     *
     * @param row with the resident's {@code name_sealed}, {@code phone_sealed} and {@code birth_date_sealed}
     */
    public static Glimpse from(Row row, FieldCipher cipher) {
        return of(
                cipher.openPresent(row.getBuffer("name_sealed")),
                cipher.open(row.getBuffer("phone_sealed")),
                cipher.open(row.getBuffer("birth_date_sealed")));
    }

    public static Glimpse of(String name, @Nullable String phone, @Nullable String birthDate) {
        return new Glimpse(Masked.name(name), phone == null ? null : Masked.phone(phone), Masked.birthDate(birthDate));
    }
}
