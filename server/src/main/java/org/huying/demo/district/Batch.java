package org.huying.demo.district;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** One statement for many rows. */
record Batch(String sql, List<Tuple> rows) {
    Future<Void> run(SqlClient client) {
        return rows.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(sql).executeBatch(rows).mapEmpty();
    }

    /** In order, because later ones refer to earlier ones. */
    static Future<Void> runAll(List<Batch> batches, SqlClient client) {
        Future<Void> done = Future.succeededFuture();
        for (var batch : batches) {
            done = done.compose(before -> batch.run(client));
        }
        return done;
    }
}
