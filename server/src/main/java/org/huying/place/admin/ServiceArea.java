package org.huying.place.admin;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An organization that serves a place and what is below it.
 *
 * @param serviceItemCode the only item that it serves it for; all items without
 */
record ServiceArea(
        UUID id,
        UUID placeId,
        String placeName,
        UUID organizationId,
        String organizationName,
        @Nullable String serviceItemCode) {
    static ServiceArea from(Row row) {
        return new ServiceArea(
                row.getUUID("id"),
                row.getUUID("place_id"),
                row.getString("place_name"),
                row.getUUID("organization_id"),
                row.getString("organization_name"),
                row.getString("service_item_code"));
    }
}
