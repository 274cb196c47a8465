package org.huying.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.huying.kernel.Refusal;
import org.huying.testing.DemoTemplate;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that answers and takes nothing, for its disk is full or it only reads, is not reached. */
class RefusedWritesTest {
    private Vertx vertx;
    private Database database;

    @BeforeEach
    void connect() {
        vertx = Vertx.vertx();
        // one connection, whose session the test may change
        database = new Database(Pools.forService(vertx, "one", TestServers.createDatabase(DemoTemplate.name()), 1));
    }

    @AfterEach
    void close() {
        await(database.close());
        await(vertx.close());
    }

    @Test
    void itIsReachedAgainWhenItWritesAgain() throws InterruptedException {
        // given
        assertThat(isReached()).isTrue();
        readOnly("on");
        assertThat(isReached()).as("nobody has written").isTrue();

        // when
        var written = ended(database.inTransaction(transaction -> transaction
                .query("DELETE FROM notification WHERE false")
                .execute()
                .mapEmpty()));

        // then
        assertThat(written.cause()).isInstanceOf(Refusal.Unavailable.class);
        assertThat(isReached()).isFalse();
        assertThat(isReached()).isFalse();
        readOnly("off");
        assertThat(isReached()).isTrue();
        var kept = await(database.read(client ->
                client.query("SELECT count(*) FROM pg_largeobject_metadata").execute()));
        assertThat(kept.iterator().next().getLong(0)).isZero();
    }

    private void readOnly(String state) {
        await(database.read(client ->
                client.query("SET default_transaction_read_only = " + state).execute()));
    }

    private boolean isReached() throws InterruptedException {
        return ended(database.reach()).succeeded();
    }

    private static <T> Future<T> ended(Future<T> future) throws InterruptedException {
        var end = new CountDownLatch(1);
        future.onComplete(done -> end.countDown());
        assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        return future;
    }
}
