package org.huying.place;

import io.vertx.sqlclient.Row;
import java.time.ZoneId;
import java.util.UUID;

/**
 * What a wall stands around.
 *
 * @param placeId the top of its tree of places
 */
public record District(UUID id, String name, ZoneId zone, UUID placeId) {
    static District from(Row row) {
        return new District(
                row.getUUID("id"), row.getString("name"), ZoneId.of(row.getString("zone")), row.getUUID("place_id"));
    }
}
