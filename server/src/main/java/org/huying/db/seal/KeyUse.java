package org.huying.db.seal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.db.job.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under which keys the database has values. Each key leaves a proof, so that a file that lacks a key, or has another one
 * under its name, is found out at the start and not by a value that cannot be opened.
 */
public final class KeyUse {
    private static final Logger LOG = LoggerFactory.getLogger(KeyUse.class);
    private static final byte[] PROOF = "huying data key".getBytes(StandardCharsets.UTF_8);

    /** The row of the index key. */
    private static final short INDEX = 0;

    private KeyUse() {}

    /** The file of keys does not fit the database. */
    public static final class WrongKeysException extends RuntimeException {
        WrongKeysException(String message) {
            super(message);
        }
    }

    /**
     * Holds the keys against those in use, notes the current one, and sees to it that what is under others comes under
     * it. Fails with {@link WrongKeysException} when values could not be opened or found, or when the current key has been
     * retired.
     */
    public static Future<Void> begin(SqlConnection transaction, FieldCipher cipher, Instant now) {
        return lock(transaction)
                .compose(locked -> requireNotRetired(transaction, cipher.currentKeyId()))
                .compose(good -> transaction.query(KeyUseSql.FIND).execute())
                .compose(rows -> {
                    Map<Short, Buffer> proofs = Rows.stream(rows)
                            .collect(Collectors.toMap(row -> row.getShort("key_id"), row -> row.getBuffer("proof")));
                    requireFitting(proofs, cipher);
                    return note(transaction, missing(proofs, cipher), cipher.currentKeyId(), now);
                })
                .compose(noted -> newest(transaction))
                .compose(newest -> newest == cipher.currentKeyId()
                        ? resealOthers(transaction, cipher.currentKeyId(), now)
                        : warn(cipher.currentKeyId(), newest));
    }

    /** How many keys but the current one may have values: none of them may leave the file. */
    public static Future<Integer> others(SqlClient client, byte currentKeyId) {
        return client.preparedQuery(KeyUseSql.COUNT_OTHERS)
                .execute(Tuple.of((short) currentKeyId))
                .map(rows -> rows.iterator().next().getInteger("keys"));
    }

    /** Until the transaction ends nothing else changes in which keys are in use. */
    static Future<Void> lock(SqlConnection transaction) {
        return transaction.query(KeyUseSql.LOCK).execute().mapEmpty();
    }

    /** The one that became current last, on whichever node. */
    static Future<Short> newest(SqlClient client) {
        return client.query(KeyUseSql.NEWEST)
                .execute()
                .map(rows -> rows.iterator().next().getShort("key_id"));
    }

    /** Leaves a pass to each district that has none before it. */
    static Future<Void> leavePasses(SqlConnection transaction, byte currentKeyId, Instant now) {
        return transaction
                .preparedQuery(KeyUseSql.DISTRICTS_WITHOUT_PASS)
                .execute(Tuple.of((int) currentKeyId))
                .compose(districts -> Jobs.leaveToEach(
                        transaction, districts, Resealing.RESEAL, Resealing.beginning(currentKeyId), now));
    }

    private static Future<Void> requireNotRetired(SqlConnection transaction, byte currentKeyId) {
        return transaction
                .preparedQuery(KeyUseSql.IS_RETIRED)
                .execute(Tuple.of((short) currentKeyId))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture()
                        : Future.failedFuture(new WrongKeysException("data key " + currentKeyId
                                + " has been retired and seals nothing any more: name the newest key, or one of a new"
                                + " number, current in the file of data keys")));
    }

    private static void requireFitting(Map<Short, Buffer> proofs, FieldCipher cipher) {
        for (var proof : proofs.entrySet()) {
            if (proof.getKey() == INDEX) {
                if (!proof.getValue().equals(indexProof(cipher))) {
                    throw new WrongKeysException(
                            "the index key in the file of data keys is not the one that the database"
                                    + " was indexed with: nobody would be found");
                }
            } else if (!cipher.keyIds().contains(proof.getKey().byteValue())) {
                throw new WrongKeysException("the database has values under data key " + proof.getKey()
                        + ", which the file of data keys lacks");
            } else if (!opens(cipher, proof.getValue())) {
                throw new WrongKeysException("data key " + proof.getKey()
                        + " in the file is not the one that values in the database are sealed under");
            }
        }
    }

    private static boolean opens(FieldCipher cipher, Buffer proof) {
        try {
            return Arrays.equals(cipher.openBytes(proof), PROOF);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** At the first start of all, any key of the file may have values; later only the current one can be new. */
    private static Map<Short, Buffer> missing(Map<Short, Buffer> proofs, FieldCipher cipher) {
        var isFirst = proofs.isEmpty();
        var missing = cipher.keyIds().stream()
                .filter(id -> isFirst || id == cipher.currentKeyId())
                .filter(id -> !proofs.containsKey(id.shortValue()))
                .collect(Collectors.toMap(Byte::shortValue, id -> cipher.sealBytes(id, PROOF)));
        if (isFirst) {
            missing.put(INDEX, indexProof(cipher));
        }
        return missing;
    }

    private static Buffer indexProof(FieldCipher cipher) {
        return cipher.index(new String(PROOF, StandardCharsets.UTF_8));
    }

    /** The current one last, as the newest; who was the only one to be sealed under is not any more. */
    private static Future<Void> note(
            SqlConnection transaction, Map<Short, Buffer> proofs, byte currentKeyId, Instant now) {
        var ids = proofs.keySet().stream()
                .sorted(Comparator.comparing((Short id) -> id == currentKeyId).thenComparing(Comparator.naturalOrder()))
                .toList();
        return transaction
                .preparedQuery(KeyUseSql.NOTE)
                .execute(Tuple.of(
                        ids.toArray(Short[]::new),
                        ids.stream()
                                .map(proofs::get)
                                .map(Objects::requireNonNull)
                                .toArray(Buffer[]::new),
                        Rows.utc(now),
                        (short) currentKeyId))
                .compose(noted -> transaction
                        .preparedQuery(KeyUseSql.NOTE_FIRST_TIME_CURRENT)
                        .execute(Tuple.of((short) currentKeyId))
                        .map(raised -> noted.rowCount() + raised.rowCount()))
                .compose(changed -> changed > 0 ? KeyBarrier.remove(transaction) : Future.succeededFuture());
    }

    private static Future<Void> resealOthers(SqlConnection transaction, byte currentKeyId, Instant now) {
        return others(transaction, currentKeyId)
                .compose(
                        others -> others == 0 ? Future.succeededFuture() : leavePasses(transaction, currentKeyId, now));
    }

    private static Future<Void> warn(byte currentKeyId, short newest) {
        LOG.warn("this node seals under data key {}, others under {} already", currentKeyId, newest);
        return Future.succeededFuture();
    }
}
