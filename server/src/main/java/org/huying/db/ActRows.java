package org.huying.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.huying.kernel.ActFor;

/**
 * Reads what was done in a resident's name: every room has a statement of its own, which takes the district, the
 * resident, the instant and the key before which to go on, and how many, and gives the columns of an act.
 */
public final class ActRows {
    private ActRows() {}

    public static Future<List<ActFor>> read(SqlClient client, String sql, ActFor.Query query) {
        return read(client, sql, values(query));
    }

    /** Of a statement that takes one thing more. */
    public static Future<List<ActFor>> read(SqlClient client, String sql, ActFor.Query query, boolean more) {
        return read(client, sql, values(query).addBoolean(more));
    }

    private static Tuple values(ActFor.Query query) {
        return Tuple.of(
                query.districtId(),
                query.residentId(),
                Rows.utcOrNull(query.beforeAt()),
                query.beforeKey(),
                query.limit());
    }

    private static Future<List<ActFor>> read(SqlClient client, String sql, Tuple values) {
        return client.preparedQuery(sql).execute(values).map(Rows.list(ActRows::act));
    }

    private static ActFor act(Row row) {
        return new ActFor(
                Rows.instant(row, "at"),
                row.getString("key"),
                row.getString("kind"),
                row.getUUID("by_id"),
                row.getString("by_role"),
                row.getString("subject_kind"),
                row.getUUID("subject_id"),
                row.getString("summary"));
    }
}
