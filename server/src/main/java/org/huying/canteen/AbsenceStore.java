package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;

/** Meals that were missed, and the visits that were called for. */
final class AbsenceStore {
    /** A booking whose diner did not come. */
    record Missed(UUID bookingId, UUID dinerId) {
        static Missed from(Row row) {
            return new Missed(row.getUUID("id"), row.getUUID("diner_id"));
        }
    }

    Future<List<Missed>> missing(SqlClient client, UUID districtId, UUID mealId) {
        return client.preparedQuery(AbsenceSql.MISSING)
                .execute(Tuple.of(districtId, mealId))
                .map(Rows.list(Missed::from));
    }

    Future<Void> lockDiners(SqlConnection transaction, UUID districtId, List<UUID> dinerIds) {
        var locks = dinerIds.stream()
                .map(diner -> "absences " + districtId + " " + diner)
                .toArray(String[]::new);
        return transaction
                .preparedQuery(AbsenceSql.LOCK_DINERS)
                .execute(Tuple.of((Object) locks))
                .mapEmpty();
    }

    /** For each streak that is to call for a visit, the booking that completed it. */
    Future<List<Missed>> unsignalled(SqlClient client, UUID districtId, List<Missed> missed) {
        return client.preparedQuery(AbsenceSql.UNSIGNALLED)
                .execute(Tuple.of(
                        districtId,
                        missed.stream().map(Missed::dinerId).toArray(UUID[]::new),
                        missed.stream().map(Missed::bookingId).toArray(UUID[]::new)))
                .map(Rows.list(Missed::from));
    }

    Future<Void> insert(SqlClient client, UUID districtId, List<Missed> signalled, Instant now) {
        return client.preparedQuery(AbsenceSql.INSERT)
                .execute(Tuple.of(
                        districtId,
                        signalled.stream().map(Missed::bookingId).toArray(UUID[]::new),
                        signalled.stream().map(Missed::dinerId).toArray(UUID[]::new),
                        Rows.utc(now)))
                .mapEmpty();
    }
}
