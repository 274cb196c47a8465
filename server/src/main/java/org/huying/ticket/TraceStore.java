package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Whether tickets name something for good. */
final class TraceStore {
    Future<Boolean> isInAPath(SqlClient client, UUID districtId, UUID placeId) {
        return found(client, TraceSql.IS_IN_A_PATH, districtId, placeId);
    }

    Future<Boolean> isNamed(SqlClient client, UUID districtId, UUID organizationId) {
        return found(client, TraceSql.IS_NAMED, districtId, organizationId);
    }

    private static Future<Boolean> found(SqlClient client, String sql, UUID districtId, UUID id) {
        return client.preparedQuery(sql)
                .execute(Tuple.of(districtId, id))
                .map(rows -> rows.iterator().next().getBoolean("found"));
    }
}
