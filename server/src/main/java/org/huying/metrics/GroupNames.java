package org.huying.metrics;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.place.Places;

/** What groups are called. */
final class GroupNames {
    private final Places places;

    GroupNames(Places places) {
        this.places = places;
    }

    /** Names by key. */
    Future<Map<String, String>> of(SqlClient client, UUID districtId, String groupBy, List<String> keys) {
        return switch (groupBy) {
            case "organization" -> organizations(client, districtId, keys);
            case "serviceItem" -> serviceItems(client, districtId, keys);
            case "place" -> places(client, districtId, keys);
            default -> Future.succeededFuture(keys.stream().collect(Collectors.toMap(key -> key, key -> key)));
        };
    }

    private Future<Map<String, String>> organizations(SqlClient client, UUID districtId, List<String> keys) {
        return places.organizations(
                        client, districtId, keys.stream().map(UUID::fromString).toList())
                .map(found -> found.values().stream().collect(Collectors.toMap(o -> o.id().toString(), o -> o.name())));
    }

    private static Future<Map<String, String>> serviceItems(SqlClient client, UUID districtId, List<String> keys) {
        return client.preparedQuery(MetricsSql.SERVICE_ITEM_NAMES)
                .execute(Tuple.of(districtId, (Object) keys.toArray(String[]::new)))
                .map(rows -> {
                    var found = new HashMap<String, String>();
                    rows.forEach(row -> found.put(row.getString("code"), row.getString("name")));
                    return found;
                });
    }

    private Future<Map<String, String>> places(SqlClient client, UUID districtId, List<String> keys) {
        return places.places(
                        client, districtId, keys.stream().map(UUID::fromString).toList())
                .map(found -> found.values().stream()
                        .collect(Collectors.toMap(place -> place.id().toString(), place -> place.name())));
    }
}
