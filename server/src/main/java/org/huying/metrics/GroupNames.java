package org.huying.metrics;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.place.Places;

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

    /** Names by key; groups that are not to be shown are left out. */
    public Future<Map<String, String>> of(
            SqlClient client, UUID districtId, String groupBy, List<String> keys, Set<UUID> roots) {
        return switch (groupBy) {
            case "organization" -> organizations(client, districtId, keys);
            case "serviceItem" -> serviceItems(client, districtId, keys);
            case "place" -> placesWithin(client, districtId, keys, roots);
            default -> Future.succeededFuture(keys.stream().collect(Collectors.toMap(key -> key, key -> key)));
        };
    }

    private Future<Map<String, String>> organizations(SqlClient client, UUID districtId, List<String> keys) {
        return places.organizations(
                        client, districtId, keys.stream().map(UUID::fromString).toList())
                .map(found -> found.values().stream().collect(Collectors.toMap(o -> o.id().toString(), o -> o.name())));
    }

    private static Future<Map<String, String>> serviceItems(SqlClient client, UUID districtId, List<String> keys) {
        return client.preparedQuery(SERVICE_ITEM_NAMES)
                .execute(Tuple.of(districtId, (Object) keys.toArray(String[]::new)))
                .map(rows -> {
                    var found = new HashMap<String, String>();
                    rows.forEach(row -> found.put(row.getString("code"), row.getString("name")));
                    return found;
                });
    }

    /** Of a path that is counted at each of its levels, only the levels from the roots down are shown. */
    private Future<Map<String, String>> placesWithin(
            SqlClient client, UUID districtId, List<String> keys, Set<UUID> roots) {
        return places.places(
                        client, districtId, keys.stream().map(UUID::fromString).toList())
                .map(found -> found.values().stream()
                        .filter(place ->
                                roots.isEmpty() || place.path().stream().anyMatch(roots::contains))
                        .collect(Collectors.toMap(place -> place.id().toString(), place -> place.name())));
    }
}
