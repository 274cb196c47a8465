package org.huying.demo.district;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.testing.TestServers;

/** A migrated database of its own for a test class. */
final class DemoDatabase implements AutoCloseable {
    /** Not worth a real hash: these tests log nobody in. */
    static final String PASSWORD_HASH = "$argon2id$not-a-hash";

    private static final int LOAD_SECONDS = 120;
    private static final int CONNECTIONS = 5;

    final FieldCipher cipher = new FieldCipher(Map.of((byte) 1, new byte[32]), (byte) 1, new byte[32]);
    final Vertx vertx = Vertx.vertx();
    final Database database;
    final Database owner;

    DemoDatabase() {
        var url = TestServers.createMigratedDatabase();
        database = new Database(Pools.forBulk(vertx, "test", url, CONNECTIONS));
        owner = new Database(Pools.forBulk(vertx, "owner", TestServers.ownerUrl(url), 1));
    }

    <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(LOAD_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    <T> List<T> rows(String sql, Function<Row, T> mapper, Object... values) {
        return await(database.read(client -> client.preparedQuery(sql)
                .execute(Tuple.from(values))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(mapper)
                        .toList())));
    }

    long count(String sql, Object... values) {
        return rows(sql, row -> row.getLong(0), values).get(0);
    }

    @Override
    public void close() {
        await(database.close());
        await(owner.close());
        await(vertx.close());
    }
}
