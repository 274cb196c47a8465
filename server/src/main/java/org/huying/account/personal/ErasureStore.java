package org.huying.account.personal;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.db.personal.PersonalData.Person;

/** Where somebody is to be found. */
final class ErasureStore {
    private static final String DISTRICTS = """
            SELECT p.district_id, s.id
            FROM person_district p
            CROSS JOIN LATERAL (
                SELECT $1::uuid AS id
                UNION ALL
                SELECT r.id FROM resident r
                WHERE r.district_id = p.district_id AND r.merged_into_id = $1) AS s
            WHERE p.person_id = $1
            ORDER BY p.district_id, s.id <> $1, s.id
            """;

    /** Nobody is merged with them meanwhile. */
    private static final String HOLD = """
            SELECT r.merged_into_id IS NOT NULL AS merged
            FROM resident r
            WHERE (r.district_id, r.id) IN (SELECT district_id, person_id FROM person_district WHERE person_id = $1)
            ORDER BY r.district_id
            FOR NO KEY UPDATE
            """;

    private ErasureStore() {}

    /** Holds them in each district; whether they are somebody of their own still. */
    static Future<Boolean> hold(SqlClient client, UUID personId) {
        return client.preparedQuery(HOLD)
                .execute(Tuple.of(personId))
                .map(rows -> Rows.stream(rows).noneMatch(row -> row.getBoolean("merged")));
    }

    /** As one of each district that knows them, with the entries that were merged into theirs. */
    static Future<List<Person>> everywhere(SqlClient client, UUID personId) {
        return client.preparedQuery(DISTRICTS)
                .execute(Tuple.of(personId))
                .map(Rows.list(row -> new Person(row.getUUID("district_id"), row.getUUID("id"))));
    }
}
