package org.huying.place;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree.
 *
 * @param version counts the changes of its name and its parent
 * @param level {@code district}, {@code town}, {@code community} or {@code compound}
 * @param kind  of a compound: {@code compound} or {@code grid}
 * @param path  ids from the district down to this place
 */
public record Place(
        UUID id,
        int version,
        String level,
        @Nullable String kind,
        @Nullable UUID parentId,
        String name,
        List<UUID> path) {
    static Place from(Row row) {
        return new Place(
                row.getUUID("id"),
                row.getInteger("version"),
                row.getString("level"),
                row.getString("kind"),
                row.getUUID("parent_id"),
                row.getString("name"),
                List.of(row.getArrayOfUUIDs("path")));
    }
}
