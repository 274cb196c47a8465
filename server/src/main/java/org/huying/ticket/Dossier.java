package org.huying.ticket;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as read for one caller.
 *
 * @param toldSealed what the reporter told, sealed: the texts beside the first event
 * @param following  whether the caller follows it
 * @param coReporter the caller, or who gave them a mandate, if a ticket of theirs was merged into this one
 * @param filedForStranger whether the caller filed it in the name of somebody whom they do not look after
 * @param urgedAt    when the caller last urged
 */
record Dossier(
        TicketState state,
        @Nullable UUID reporterId,
        @Nullable UUID assigneeId,
        @Nullable Buffer toldSealed,
        boolean following,
        @Nullable UUID coReporter,
        boolean filedForStranger,
        @Nullable Instant urgedAt) {
    static Dossier from(Row row) {
        return new Dossier(
                TicketRows.state(row),
                row.getUUID("reporter_id"),
                row.getUUID("assignee_id"),
                row.getBuffer("told_sealed"),
                row.getBoolean("following"),
                row.getUUID("co_reporter_id"),
                row.getBoolean("filed_for_stranger"),
                Rows.instantOrNull(row, "urged_at"));
    }
}
