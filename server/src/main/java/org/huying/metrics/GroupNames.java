package org.huying.metrics;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.place.Places;

/** What groups are called. */
final class GroupNames {
    private final Places places;

    GroupNames(Places places) {
        this.places = places;
    }

    /** Names by key; groups that are not to be shown are left out. */
    Future<Map<String, String>> of(
            SqlClient client, UUID districtId, String groupBy, List<String> keys, Set<UUID> roots) {
        return switch (groupBy) {
            case "organization" -> organizations(client, districtId, keys);
            case "place" -> placesWithin(client, districtId, keys, roots);
            default -> Future.succeededFuture(keys.stream().collect(Collectors.toMap(key -> key, key -> key)));
        };
    }

    private Future<Map<String, String>> organizations(SqlClient client, UUID districtId, List<String> keys) {
        return places.organizations(
                        client, districtId, keys.stream().map(UUID::fromString).toList())
                .map(found -> found.values().stream().collect(Collectors.toMap(o -> o.id().toString(), o -> o.name())));
    }

    /** Of a path that is counted at each of its levels, only the levels from the roots down are shown. */
    private Future<Map<String, String>> placesWithin(
            SqlClient client, UUID districtId, List<String> keys, Set<UUID> roots) {
        var lookups = keys.stream()
                .map(key -> places.find(client, districtId, UUID.fromString(key)))
                .toList();
        return Future.all(lookups)
                .map(done -> lookups.stream()
                        .flatMap(lookup -> lookup.result().stream())
                        .filter(place ->
                                roots.isEmpty() || place.path().stream().anyMatch(roots::contains))
                        .collect(Collectors.toMap(place -> place.id().toString(), place -> place.name())));
    }
}
