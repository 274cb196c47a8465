package org.huying.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.huying.db.wire.BoundedDriver;
import org.huying.testing.Patient;
import org.huying.testing.TestApp;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has a connection to themself keeps it, whatever is suspected of the others. */
class HeldConnectionTest {
    /** Longer than it takes to doubt the connections beside one that says nothing. */
    private static final String LONG = "SELECT pg_sleep(1.6)";

    private static final String SHORT = "SELECT 1";
    private static final int SIZE = 3;

    private static final String HELD =
            "SELECT count(*) AS held FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()";

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = Pools.forService(vertx, "test", TestServers.createDatabase(), SIZE, Patient.WAITS);
    private final Database database = new Database(pool, Patient.WAITS);

    @AfterEach
    void close() {
        await(database.close());
        await(vertx.close());
    }

    @Test
    void aLockOfASessionOutlivesAStatementThatTakesLongBesideIt() {
        var held = await(database.withConnection(connection -> connection
                .query("SELECT pg_advisory_lock(7)")
                .execute()
                .compose(locked -> database.read(client -> client.query(LONG).execute()))
                .compose(done -> connection.query(HELD).execute())
                .map(rows -> rows.iterator().next().getLong("held"))));

        assertThat(held).isEqualTo(1);
    }

    @Test
    void whoIsGivenAConnectionThatIsJustBeingCutIsGivenAnother() {
        // given
        var idle = Stream.generate(pool::getConnection)
                .limit(SIZE)
                .map(TestApp::await)
                .toList();
        idle.forEach(connection -> await(connection.close()));

        // when
        var answered = onOneLoop(() -> {
            idle.forEach(BoundedDriver::cut);
            return Future.all(
                    database.read(client -> client.query(SHORT).execute()),
                    database.inTransaction(
                            transaction -> transaction.query(SHORT).execute()),
                    database.withConnection(
                            connection -> connection.query(SHORT).execute()));
        });

        // then
        assertThat(answered.succeeded()).isTrue();
    }

    private <T> T onOneLoop(Supplier<Future<T>> work) {
        var done = Promise.<T>promise();
        vertx.runOnContext(now -> work.get().onComplete(done));
        return await(done.future());
    }
}
