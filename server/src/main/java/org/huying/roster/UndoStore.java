package org.huying.roster;

import io.vertx.core.Future;
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
import org.huying.identity.Imprint;
import org.jspecify.annotations.Nullable;

/** What imports have written, and how far that was taken back. */
final class UndoStore {
    /**
     * An import that is over.
     *
     * @param undoneById who has it undone, if anybody
     */
    record Over(
            Kind kind,
            boolean hasWritten,
            Instant createdAt,
            Instant finishedAt,
            @Nullable UUID undoneById,
            boolean isUndone) {
        static Over from(Row row) {
            return new Over(
                    Kind.of(row.getString("kind")),
                    row.getBoolean("has_written"),
                    Rows.instant(row, "created_at"),
                    Rows.instant(row, "finished_at"),
                    row.getUUID("undone_by_id"),
                    Rows.instantOrNull(row, "undo_finished_at") != null);
        }
    }

    /** @param imprint of what was written; absent where it cannot be taken back */
    record NotUndone(int row, Optional<Imprint> imprint) {}

    Future<Optional<Over>> lock(SqlConnection transaction, UUID districtId, UUID importId) {
        return transaction
                .preparedQuery(RosterSql.LOCK_WRITTEN)
                .execute(Tuple.of(districtId, importId))
                .map(Rows.first(Over::from));
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
                .map(Rows.list(row -> new NotUndone(
                        row.getInteger("row"),
                        Optional.ofNullable(row.getJsonObject("trace")).map(Traces::from))));
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
