package org.huying.canteen;

import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * A community canteen; its address is the public's to know.
 *
 * @param version counts the changes of it and of its usual times
 */
public record Canteen(UUID id, int version, UUID placeId, String name, String address, boolean delivers) {
    public static Canteen from(Row row) {
        return new Canteen(
                row.getUUID("id"),
                row.getInteger("version"),
                row.getUUID("place_id"),
                row.getString("name"),
                row.getString("address"),
                row.getBoolean("delivers"));
    }
}
