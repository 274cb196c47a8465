package org.huying.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.Vertx;
import org.huying.testing.Patient;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has a connection to themself keeps it, whatever is suspected of the others. */
class HeldConnectionTest {
    /** Longer than it takes to doubt the connections beside one that says nothing. */
    private static final String LONG = "SELECT pg_sleep(1.6)";

    private static final String HELD =
            "SELECT count(*) AS held FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()";

    private final Vertx vertx = Vertx.vertx();
    private final Database database = Patient.database(vertx, "test", TestServers.createDatabase(), 3);

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
}
