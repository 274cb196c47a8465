package org.huying.ticket;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The start or the end of something that holds for a time; each start ends what of its kind held before.
 *
 * @param value what holds from now on; null where nothing does
 * @param byRef who decided that, where it is kept
 */
record Turn(
        Kind kind,
        int seq,
        Instant at,
        @Nullable Object value,
        @Nullable String byRef) {
    /** What holds, and the table that keeps from when until when. */
    enum Kind {
        DUE("ticket_due"),
        EXCLUSION("ticket_exclusion"),
        RATING("ticket_rating"),
        REOPENING("ticket_reopening");

        private final String table;

        Kind(String table) {
            this.table = table;
        }

        String table() {
            return table;
        }

        private @Nullable Object held(@Nullable TicketState state) {
            if (state == null) {
                return null;
            }
            return switch (this) {
                case DUE -> state.resolutionDueAt;
                case EXCLUSION -> state.exclusionReason;
                case RATING -> state.rating;
                case REOPENING -> state.isReopened() ? true : null;
            };
        }

        /** What a row of the table says that held. */
        Object kept(Row row) {
            return switch (this) {
                case DUE -> Rows.instant(row, "due_at");
                case EXCLUSION -> row.getString("reason");
                case RATING -> row.getInteger("rating");
                case REOPENING -> true;
            };
        }
    }

    /** What began or ended with an event. */
    static List<Turn> of(@Nullable TicketState before, TicketState after, TicketEvent event) {
        return Arrays.stream(Kind.values())
                .filter(kind -> !Objects.equals(kind.held(before), kind.held(after)))
                .map(kind -> new Turn(
                        kind,
                        event.seq(),
                        event.at(),
                        kind.held(after),
                        kind == Kind.EXCLUSION ? event.actor().ref() : null))
                .toList();
    }
}
