package org.huying.place;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who takes responsibility.
 *
 * @param version       counts the changes of its name
 * @param officePlaceId the place whose office it is, where it is one
 */
public record Organization(
        UUID id,
        int version,
        String kind,
        String name,
        @Nullable UUID officePlaceId) {
    public static Organization from(Row row) {
        return new Organization(
                row.getUUID("id"),
                row.getInteger("version"),
                row.getString("kind"),
                row.getString("name"),
                row.getUUID("office_place_id"));
    }

    public boolean isOffice() {
        return officePlaceId != null;
    }
}
