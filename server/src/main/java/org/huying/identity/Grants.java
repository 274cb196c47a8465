package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.huying.kernel.Grant;
import org.huying.kernel.Role;

/** The roles of staff as they stand now. */
public final class Grants {
    private static final String GRANTS = """
            SELECT s.id, g.role, g.scope_kind, g.scope_id
            FROM staff s
            LEFT JOIN role_grant g ON g.district_id = s.district_id AND g.staff_id = s.id
            WHERE s.district_id = $1 AND s.id = ANY ($2) AND NOT s.suspended
            ORDER BY s.id, g.role, g.scope_id
            """;

    /** Whoever suspends them or changes their roles locks the same row for themselves. */
    private static final String HOLD = """
            SELECT 1 FROM staff WHERE district_id = $1 AND id = ANY ($2) ORDER BY id FOR SHARE
            """;

    private Grants() {}

    /**
     * Of each of them who is neither suspended nor unknown, and they stay so until the transaction ends. Both statements go
     * out at once; the second sees what was committed while the first waited.
     */
    public static Future<Map<UUID, List<Grant>>> hold(
            SqlConnection transaction, UUID districtId, Collection<UUID> staffIds) {
        var held =
                transaction.preparedQuery(HOLD).execute(Tuple.of(districtId, (Object) staffIds.toArray(UUID[]::new)));
        return Future.all(held, of(transaction, districtId, staffIds)).map(both -> both.resultAt(1));
    }

    /** The same of one. */
    static Future<Optional<List<Grant>>> hold(SqlConnection transaction, UUID districtId, UUID staffId) {
        return hold(transaction, districtId, List.of(staffId)).map(all -> Optional.ofNullable(all.get(staffId)));
    }

    /** Empty for those who are suspended or unknown. */
    static Future<Optional<List<Grant>>> of(SqlClient client, UUID districtId, UUID staffId) {
        return of(client, districtId, List.of(staffId)).map(all -> Optional.ofNullable(all.get(staffId)));
    }

    private static Future<Map<UUID, List<Grant>>> of(SqlClient client, UUID districtId, Collection<UUID> staffIds) {
        return client.preparedQuery(GRANTS)
                .execute(Tuple.of(districtId, (Object) staffIds.toArray(UUID[]::new)))
                .map(rows -> {
                    var grants = new HashMap<UUID, List<Grant>>();
                    for (var row : rows) {
                        var its = grants.computeIfAbsent(row.getUUID("id"), id -> new ArrayList<>());
                        // a single row of nulls is somebody without a role
                        if (row.getString("role") != null) {
                            its.add(grant(row));
                        }
                    }
                    grants.replaceAll((id, its) -> List.copyOf(its));
                    return grants;
                });
    }

    private static Grant grant(Row row) {
        return new Grant(
                Role.of(row.getString("role")),
                Grant.Scope.valueOf(row.getString("scope_kind").toUpperCase(Locale.ROOT)),
                row.getUUID("scope_id"));
    }
}
