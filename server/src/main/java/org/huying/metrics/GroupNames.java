package org.huying.metrics;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.Rows;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** What groups are called. */
public final class GroupNames {
    /** As the present version has it. */
    private static final String SERVICE_ITEM_NAMES = """
            SELECT DISTINCT ON (code) code, name FROM service_item
            WHERE district_id = $1 AND code = ANY ($2)
            ORDER BY code, version DESC
            """;

    private final Places places;

    public GroupNames(Places places) {
        this.places = places;
    }

    /** Each with its name, in the order given; what has none is called by its key. */
    public Future<List<GroupKey>> keys(SqlClient client, UUID districtId, @Nullable String groupBy, List<String> keys) {
        return of(client, districtId, groupBy, keys)
                .map(names -> keys.stream()
                        .map(key -> new GroupKey(key, names.getOrDefault(key, key)))
                        .toList());
    }

    /** By key; where there are no groups there is nothing to name. */
    Future<Map<String, String>> of(SqlClient client, UUID districtId, @Nullable String groupBy, List<String> keys) {
        if (groupBy == null) {
            return Future.succeededFuture(Map.of());
        }
        return switch (groupBy) {
            case "organization" -> organizations(client, districtId, keys);
            case "serviceItem" -> serviceItems(client, districtId, keys);
            case "place" -> places(client, districtId, keys);
            default -> Future.succeededFuture(keys.stream().collect(Collectors.toMap(key -> key, key -> key)));
        };
    }

    private Future<Map<String, String>> organizations(SqlClient client, UUID districtId, List<String> keys) {
        return places.organizations(client, districtId, ids(keys))
                .map(found -> found.values().stream().collect(Collectors.toMap(o -> o.id().toString(), o -> o.name())));
    }

    private Future<Map<String, String>> places(SqlClient client, UUID districtId, List<String> keys) {
        return places.places(client, districtId, ids(keys))
                .map(found -> found.values().stream()
                        .collect(Collectors.toMap(place -> place.id().toString(), place -> place.name())));
    }

    private static Future<Map<String, String>> serviceItems(SqlClient client, UUID districtId, List<String> keys) {
        return client.preparedQuery(SERVICE_ITEM_NAMES)
                .execute(Tuple.of(districtId, (Object) keys.toArray(String[]::new)))
                .map(rows -> Rows.stream(rows)
                        .collect(Collectors.toMap(row -> row.getString("code"), row -> row.getString("name"))));
    }

    private static List<UUID> ids(List<String> keys) {
        return keys.stream().map(UUID::fromString).toList();
    }
}
