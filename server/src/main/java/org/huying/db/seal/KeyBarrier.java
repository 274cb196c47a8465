package org.huying.db.seal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When older keys are not needed any more: when no connection seals under one, and each district has been gone through by
 * a pass that began after that. Who comes with an older key in between takes the barrier away, and the passes begin anew.
 */
final class KeyBarrier {
    private static final Logger LOG = LoggerFactory.getLogger(KeyBarrier.class);

    private KeyBarrier() {}

    /**
     * The number of the barrier that stands; empty while somebody seals under an older key, where the current key is an
     * older one itself, and where there is no other. Who raises it leaves a pass to every district.
     */
    static Future<Optional<Long>> raise(SqlConnection transaction, byte currentKeyId, Instant now) {
        return locked(transaction, currentKeyId).compose(state -> {
            if (state.others() == 0 || state.barrier().isPresent()) {
                return Future.succeededFuture(state.barrier());
            }
            return isNobodyBehind(transaction, currentKeyId)
                    .compose(free -> free
                            ? raiseAnother(transaction, currentKeyId, now)
                            : Future.succeededFuture(Optional.empty()));
        });
    }

    /**
     * A district has nothing under other keys any more, as far as a pass has seen. When it was the last district, the other
     * keys are retired. False when another pass has to tell: this one did not begin behind the barrier that stands.
     *
     * @param barrier behind which the pass began; null if there was none
     */
    static Future<Boolean> passed(
            SqlConnection transaction, UUID districtId, byte currentKeyId, @Nullable Long barrier) {
        return locked(transaction, currentKeyId).compose(state -> {
            if (state.others() == 0) {
                return Future.succeededFuture(true);
            }
            if (barrier == null || !state.barrier().equals(Optional.of(barrier))) {
                return Future.succeededFuture(false);
            }
            return note(transaction, districtId, barrier)
                    .compose(noted -> districtsLeft(transaction, barrier))
                    .compose(left -> left > 0 ? Future.succeededFuture(true) : retireOthers(transaction, currentKeyId));
        });
    }

    private record State(int others, Optional<Long> barrier) {}

    private static Future<State> locked(SqlConnection transaction, byte currentKeyId) {
        return KeyUse.lock(transaction)
                .compose(locked -> KeyUse.others(transaction, currentKeyId))
                .compose(others -> transaction
                        .query(KeyUseSql.FIND_BARRIER)
                        .execute()
                        .map(Rows.first((Row row) -> row.getLong("n")))
                        .map(barrier -> new State(others, barrier)));
    }

    static Future<Void> remove(SqlConnection transaction) {
        return transaction.query(KeyUseSql.REMOVE_BARRIER).execute().mapEmpty();
    }

    private static Future<Optional<Long>> raiseAnother(SqlConnection transaction, byte currentKeyId, Instant now) {
        return KeyUse.leavePasses(transaction, currentKeyId, now)
                .compose(left -> transaction.query(KeyUseSql.RAISE_BARRIER).execute())
                .map(Rows.first((Row row) -> row.getLong("n")));
    }

    private static Future<Void> note(SqlConnection transaction, UUID districtId, long barrier) {
        return transaction
                .preparedQuery(KeyUseSql.NOTE_PASS)
                .execute(Tuple.of(districtId, barrier))
                .mapEmpty();
    }

    private static Future<Integer> districtsLeft(SqlConnection transaction, long barrier) {
        return transaction
                .preparedQuery(KeyUseSql.COUNT_DISTRICTS_LEFT)
                .execute(Tuple.of(barrier))
                .map(rows -> rows.iterator().next().getInteger("districts"));
    }

    /** False when somebody is about to announce one of them. */
    private static Future<Boolean> retireOthers(SqlConnection transaction, byte currentKeyId) {
        return isNobodyBehind(transaction, currentKeyId).compose(free -> {
            if (!free) {
                return Future.succeededFuture(false);
            }
            return transaction
                    .preparedQuery(KeyUseSql.RETIRE_OTHERS)
                    .execute(Tuple.of((short) currentKeyId))
                    .onSuccess(retired -> {
                        if (retired.rowCount() > 0) {
                            LOG.info(
                                    "everything is sealed under data key {}: older ones may leave the file",
                                    currentKeyId);
                        }
                    })
                    .compose(retired -> remove(transaction))
                    .map(true);
        });
    }

    private static Future<Boolean> isNobodyBehind(SqlConnection transaction, byte currentKeyId) {
        return KeyUse.newest(transaction)
                .compose(newest -> newest != currentKeyId
                        ? Future.succeededFuture(false)
                        : transaction
                                .preparedQuery(KeyUseSql.ARE_OTHERS_UNANNOUNCED)
                                .execute(Tuple.of((short) currentKeyId))
                                .map(rows -> rows.iterator().next().getBoolean("unannounced")));
    }
}
