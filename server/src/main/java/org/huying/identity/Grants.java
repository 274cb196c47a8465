package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.huying.kernel.Grant;
import org.huying.kernel.Role;

/** The roles of staff as they stand now. */
final class Grants {
    private static final String GRANTS = """
            SELECT g.role, g.scope_kind, g.scope_id
            FROM staff s
            LEFT JOIN role_grant g ON g.district_id = s.district_id AND g.staff_id = s.id
            WHERE s.district_id = $1 AND s.id = $2 AND NOT s.suspended
            ORDER BY g.role, g.scope_id
            """;

    /** Whoever suspends them or changes their roles locks the same row for themselves. */
    private static final String HOLD = """
            SELECT 1 FROM staff WHERE district_id = $1 AND id = $2 FOR SHARE
            """;

    private Grants() {}

    /**
     * The same, and they stay so until the transaction ends. Both statements go out at once; the second sees what was
     * committed while the first waited.
     */
    static Future<Optional<List<Grant>>> hold(SqlConnection transaction, UUID districtId, UUID staffId) {
        var held = transaction.preparedQuery(HOLD).execute(Tuple.of(districtId, staffId));
        return Future.all(held, of(transaction, districtId, staffId)).map(both -> both.resultAt(1));
    }

    /** Empty for those who are suspended or unknown. */
    static Future<Optional<List<Grant>>> of(SqlClient client, UUID districtId, UUID staffId) {
        return client.preparedQuery(GRANTS)
                .execute(Tuple.of(districtId, staffId))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    var grants = new ArrayList<Grant>();
                    for (var row : rows) {
                        // a single row of nulls is somebody without a role
                        if (row.getString("role") != null) {
                            grants.add(grant(row));
                        }
                    }
                    return Optional.of(List.copyOf(grants));
                });
    }

    private static Grant grant(Row row) {
        return new Grant(
                Role.of(row.getString("role")),
                Grant.Scope.valueOf(row.getString("scope_kind").toUpperCase(Locale.ROOT)),
                row.getUUID("scope_id"));
    }
}
