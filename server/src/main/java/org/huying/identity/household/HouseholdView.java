package org.huying.identity.household;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.huying.db.FieldCipher;

/** A household as the contract shows it. */
record HouseholdView(UUID id, UUID compoundId, String compoundName, String address) {
    static HouseholdView from(Row row, FieldCipher cipher) {
        return new HouseholdView(
                row.getUUID("id"),
                row.getUUID("compound_id"),
                row.getString("compound_name"),
                cipher.openPresent(row.getBuffer("address_sealed")));
    }
}
