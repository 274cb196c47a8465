package org.huying.place.admin;

import io.vertx.sqlclient.Row;
import java.util.UUID;

/** A cooperative whose workers the organization may assign. */
record Contract(UUID organizationId, UUID cooperativeId, String cooperativeName) {
    static Contract from(Row row) {
        return new Contract(
                row.getUUID("organization_id"), row.getUUID("cooperative_id"), row.getString("cooperative_name"));
    }
}
