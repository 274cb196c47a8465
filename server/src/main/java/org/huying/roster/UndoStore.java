package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.huying.db.Rows;

/** What imports have written, and how far that was taken back. */
final class UndoStore {
    /**
     * An import that is over.
     *
     * @param isUndone whether it is being taken back, or was as far as it can be
     */
    record Over(boolean hasWritten, Instant finishedAt, boolean isUndone) {
        static Over from(Row row) {
            return new Over(row.getBoolean("has_written"), Rows.instant(row, "finished_at"), row.getBoolean("undone"));
        }
    }

    /** @param trace of what was written; absent where it cannot be taken back */
    record NotUndone(int row, Optional<JsonObject> trace) {}

    Future<Optional<Over>> lock(SqlConnection transaction, UUID districtId, UUID importId) {
        return transaction
                .preparedQuery(RosterSql.LOCK_WRITTEN)
                .execute(Tuple.of(districtId, importId))
                .map(Rows.first(Over::from));
    }

    /** One that is being taken back. */
    record UnderWay(Kind kind, Instant createdAt, UUID undoneById) {
        static UnderWay from(Row row) {
            return new UnderWay(
                    Kind.of(row.getString("kind")), Rows.instant(row, "created_at"), row.getUUID("undone_by_id"));
        }
    }

    Future<Optional<UnderWay>> underWay(SqlClient client, UUID districtId, UUID importId) {
        return client.preparedQuery(RosterSql.UNDER_WAY)
                .execute(Tuple.of(districtId, importId))
                .map(Rows.first(UnderWay::from));
    }

    Future<Void> begin(SqlConnection transaction, UUID districtId, UUID importId, UUID byId, Instant now) {
        return transaction
                .preparedQuery(RosterSql.BEGIN_UNDO)
                .execute(Tuple.of(districtId, importId, byId, Rows.utc(now)))
                .mapEmpty();
    }

    Future<Void> end(SqlConnection transaction, UUID districtId, UUID importId, Instant now) {
        return transaction
                .preparedQuery(RosterSql.END_UNDO)
                .execute(Tuple.of(districtId, importId, Rows.utc(now)))
                .mapEmpty();
    }

    Future<List<NotUndone>> next(SqlClient client, UUID districtId, UUID importId, int limit) {
        return client.preparedQuery(RosterSql.NOT_UNDONE)
                .execute(Tuple.of(districtId, importId, limit))
                .map(Rows.list(
                        row -> new NotUndone(row.getInteger("row"), Optional.ofNullable(row.getJsonObject("trace")))));
    }

    /** @param undone of these rows; the others stay */
    Future<Void> undone(
            SqlConnection transaction, UUID districtId, UUID importId, List<NotUndone> rows, Set<Integer> undone) {
        return transaction
                .preparedQuery(RosterSql.UNDONE)
                .execute(Tuple.of(
                        districtId,
                        importId,
                        rows.stream().map(NotUndone::row).toArray(Integer[]::new),
                        rows.stream().map(each -> undone.contains(each.row())).toArray(Boolean[]::new)))
                .mapEmpty();
    }
}
