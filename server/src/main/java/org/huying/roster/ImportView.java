package org.huying.roster;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * How far an import has come.
 *
 * @param digest by which whoever has the file written names what a check has found; null until every row is checked
 */
record ImportView(
        UUID id,
        String kind,
        boolean dryRun,
        boolean skipBad,
        String status,
        String phase,
        @Nullable String failure,
        @Nullable String digest,
        long rows,
        long done,
        long created,
        long changed,
        long unchanged,
        long bad,
        long doubtful,
        long leftOut,
        UUID startedById,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable Undo undo) {
    /**
     * How far it was taken back.
     *
     * @param undone rows
     * @param kept   rows that something else has touched since
     */
    record Undo(UUID byId, Instant startedAt, @Nullable Instant finishedAt, long undone, long kept) {
        static @Nullable Undo from(Row row) {
            var byId = row.getUUID("undone_by_id");
            return byId == null
                    ? null
                    : new Undo(
                            byId,
                            Rows.instant(row, "undo_started_at"),
                            Rows.instantOrNull(row, "undo_finished_at"),
                            row.getLong("undone"),
                            row.getLong("kept"));
        }
    }

    static ImportView from(Row row) {
        return new ImportView(
                row.getUUID("id"),
                row.getString("kind"),
                row.getBoolean("dry_run"),
                row.getBoolean("skip_bad"),
                row.getString("status"),
                row.getString("phase"),
                row.getString("failure"),
                row.getString("digest"),
                row.getLong("row_count"),
                row.getLong("done"),
                row.getLong("created"),
                row.getLong("changed"),
                row.getLong("unchanged"),
                row.getLong("bad"),
                row.getLong("doubtful"),
                row.getLong("left_out"),
                row.getUUID("started_by_id"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "finished_at"),
                Undo.from(row));
    }
}
