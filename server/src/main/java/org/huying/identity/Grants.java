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
    private static final String GRANTS_OF = """
            SELECT s.id, g.role, g.scope_kind, g.scope_id
            FROM staff s
            LEFT JOIN role_grant g ON g.district_id = s.district_id AND g.staff_id = s.id
            WHERE s.district_id = $1 AND s.id %s AND NOT s.suspended
            ORDER BY s.id, g.role, g.scope_id
            """;

    /** Whoever suspends them or changes their roles locks the same row for themselves. */
    private static final String HOLD_OF = """
            SELECT 1 FROM staff WHERE district_id = $1 AND id %s ORDER BY id FOR SHARE
            """;

    /** Every command of staff asks for one, by a plan that is kept; for an array it would be made anew each time. */
    private static final String ONE = "= $2";

    private static final String ALL = "= ANY ($2)";
    private static final String GRANTS_OF_ONE = GRANTS_OF.formatted(ONE);
    private static final String GRANTS = GRANTS_OF.formatted(ALL);
    private static final String HOLD_ONE = HOLD_OF.formatted(ONE);
    private static final String HOLD = HOLD_OF.formatted(ALL);

    private Grants() {}

    /**
     * Of each of them who is neither suspended nor unknown, and they stay so until the transaction ends. Both statements go
     * out at once; the second sees what was committed while the first waited.
     */
    public static Future<Map<UUID, List<Grant>>> hold(
            SqlConnection transaction, UUID districtId, Collection<UUID> staffIds) {
        var which = Tuple.of(districtId, (Object) staffIds.toArray(UUID[]::new));
        return hold(transaction, HOLD, GRANTS, which);
    }

    /** The same of one. */
    static Future<Optional<List<Grant>>> hold(SqlConnection transaction, UUID districtId, UUID staffId) {
        return hold(transaction, HOLD_ONE, GRANTS_OF_ONE, Tuple.of(districtId, staffId))
                .map(all -> Optional.ofNullable(all.get(staffId)));
    }

    private static Future<Map<UUID, List<Grant>>> hold(
            SqlConnection transaction, String hold, String grants, Tuple which) {
        var held = transaction.preparedQuery(hold).execute(which);
        return Future.all(held, read(transaction, grants, which)).map(both -> both.resultAt(1));
    }

    /** Empty for those who are suspended or unknown. */
    static Future<Optional<List<Grant>>> of(SqlClient client, UUID districtId, UUID staffId) {
        return read(client, GRANTS_OF_ONE, Tuple.of(districtId, staffId))
                .map(all -> Optional.ofNullable(all.get(staffId)));
    }

    private static Future<Map<UUID, List<Grant>>> read(SqlClient client, String grants, Tuple which) {
        return client.preparedQuery(grants).execute(which).map(rows -> {
            var found = new HashMap<UUID, List<Grant>>();
            for (var row : rows) {
                var its = found.computeIfAbsent(row.getUUID("id"), id -> new ArrayList<>());
                // a single row of nulls is somebody without a role
                if (row.getString("role") != null) {
                    its.add(grant(row));
                }
            }
            found.replaceAll((id, its) -> List.copyOf(its));
            return found;
        });
    }

    private static Grant grant(Row row) {
        return new Grant(
                Role.of(row.getString("role")),
                Grant.Scope.valueOf(row.getString("scope_kind").toUpperCase(Locale.ROOT)),
                row.getUUID("scope_id"));
    }
}
