package org.huying.identity.resident;

import io.vertx.sqlclient.Row;
import java.util.Optional;
import org.huying.db.FieldCipher;
import org.huying.kernel.spelling.NormalForm;

/**
 * Somebody who may be the one that is to be registered.
 *
 * @param byName whether it is the name and the birth date that agree; else it is the number
 */
record Alike(ResidentMatch match, boolean byName) {
    /** @param row of somebody who has the name or the number; a name alone says nothing */
    static Optional<Alike> of(Row row, FieldCipher cipher, NewResident asked) {
        var phone = cipher.open(row.getBuffer("phone_sealed"));
        var byNumber = phone != null
                && asked.phone() != null
                && NormalForm.ofNumber(phone).equals(NormalForm.ofNumber(asked.phone()));
        var name = NormalForm.ofName(cipher.openPresent(row.getBuffer("name_sealed")));
        var byName = name.equals(NormalForm.ofName(asked.name()))
                && asked.birthDate().toString().equals(cipher.open(row.getBuffer("birth_date_sealed")));
        return byName || byNumber ? Optional.of(new Alike(ResidentMatch.from(row, cipher), byName)) : Optional.empty();
    }
}
