package org.huying.db.seal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.db.Waits;
import org.huying.db.wire.BoundedDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sealed values are written through. Each connection announces the key that it seals under before it is used, for as
 * long as it lives; under a key that has been retired there is none. An older key is in use as long as a connection of this
 * kind lives that announced it, so a node that is killed, frozen or cut off holds it neither too briefly nor for ever.
 */
public final class KeyLease {
    private static final Logger LOG = LoggerFactory.getLogger(KeyLease.class);
    private static final long ANNOUNCE_SECONDS = 6;

    private final FieldCipher cipher;
    private final AtomicBoolean isRefused = new AtomicBoolean();

    public KeyLease(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * Holds the keys against those of a migrated database, as {@link KeyUse#begin} does. Before any other connection of
     * this kind is made.
     */
    public Future<Void> begin(Vertx vertx, String url, Instant now) {
        var database = new Database(Pools.forService(vertx, "keys", url, 1));
        return database.open()
                .compose(open -> database.inTransaction(transaction -> KeyUse.begin(transaction, cipher, now)))
                .eventually(database::close);
    }

    /** As {@link Pools#forService(Vertx, String, String, int, Waits)}. */
    public Database forService(Vertx vertx, String name, String url, int size, Waits waits) {
        return new Database(Pools.forService(vertx, name, url, size, waits, this::announce), waits);
    }

    /** As {@link Pools#forJobs(Vertx, String, String, int)}. */
    public Database forJobs(Vertx vertx, String name, String url, int size) {
        return new Database(Pools.forJobs(vertx, name, url, size, this::announce));
    }

    /** As {@link Pools#forBulk(Vertx, String, String, int)}. */
    public Database forBulk(Vertx vertx, String name, String url, int size) {
        return Database.forBulk(Pools.forBulk(vertx, name, url, size, this::announce));
    }

    private void announce(SqlConnection connection) {
        connection
                .preparedQuery(KeyUseSql.ANNOUNCE)
                .execute(Tuple.of((short) cipher.currentKeyId()))
                .timeout(ANNOUNCE_SECONDS, TimeUnit.SECONDS)
                .map(rows -> rows.iterator().next().getBoolean("allowed"))
                .onSuccess(allowed -> {
                    if (allowed) {
                        connection.close();
                    } else {
                        complain();
                        BoundedDriver.cut(connection);
                    }
                })
                .onFailure(failure -> {
                    LOG.warn("a connection could not announce what it seals under", failure);
                    BoundedDriver.cut(connection);
                });
    }

    private void complain() {
        if (isRefused.compareAndSet(false, true)) {
            LOG.error(
                    "data key {} has been retired while this node was cut off, and nothing is written under it any more:"
                            + " name the newest key current in the file of data keys, and start the node again",
                    cipher.currentKeyId());
        }
    }
}
