package org.huying.ticket;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as read for one caller.
 *
 * @param toldSealed what the reporter told, sealed: the texts beside the first event
 * @param assigneeWorks whether the assignee still works where they were assigned it; they do nothing with it otherwise
 * @param following  whether the caller follows it
 * @param coReporter the caller, or who gave them a mandate, if a ticket of theirs was merged into this one
 * @param hidden     those whose report was merged into this one and was anonymous
 * @param filedForStranger whether the caller filed it in the name of somebody whom they do not look after
 * @param urgedAt    when the caller last urged
 */
record Dossier(
        TicketState state,
        @Nullable UUID reporterId,
        @Nullable UUID assigneeId,
        boolean assigneeWorks,
        @Nullable Buffer toldSealed,
        boolean following,
        @Nullable UUID coReporter,
        Set<UUID> hidden,
        boolean filedForStranger,
        @Nullable Instant urgedAt) {
    Dossier {
        hidden = Set.copyOf(hidden);
    }

    /** Whether somebody has reported here without being known for it, neither by the pseudonym nor otherwise. */
    boolean hides(String ref, @Nullable UUID personId) {
        if (state.origin.anonymous()) {
            return Cast.isResident(ref) || ref.equals(state.origin.reporterRef());
        }
        return Cast.isResident(ref) && personId != null && hidden.contains(personId) && !personId.equals(reporterId);
    }

    static Dossier from(Row row) {
        return new Dossier(
                TicketRows.state(row),
                row.getUUID("reporter_id"),
                row.getUUID("assignee_id"),
                row.getBoolean("assignee_works"),
                row.getBuffer("told_sealed"),
                row.getBoolean("following"),
                row.getUUID("co_reporter_id"),
                Set.of(row.getArrayOfUUIDs("hidden_ids")),
                row.getBoolean("filed_for_stranger"),
                Rows.instantOrNull(row, "urged_at"));
    }
}
