package org.huying.ticket;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.huying.db.Rows;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What one person has written to one ticket, and how much more they may: a log is read as a whole, by many, for good.
 *
 * @param ever    events of theirs
 * @param lately  those of the last day, and when the first of them was
 * @param comments those of them that are comments, likewise
 */
record Written(
        long ever,
        long lately,
        @Nullable Instant firstAt,
        long comments,
        @Nullable Instant firstCommentAt) {
    static final Duration DAY = Duration.ofDays(1);
    static final int COMMENTS_A_DAY = 20;
    static final int EVENTS_A_DAY = 50;
    static final int EVENTS_EVER = 500;

    static Written from(Row row) {
        return new Written(
                row.getLong("ever"),
                row.getLong("lately"),
                Rows.instantOrNull(row, "first_at"),
                row.getLong("comments"),
                Rows.instantOrNull(row, "first_comment_at"));
    }

    /** Refuses what would be too much. */
    void requireRoom(Action action, Instant now) {
        if (ever >= EVENTS_EVER) {
            throw Refusal.conflict("ticket_log_full");
        }
        if (lately >= EVENTS_A_DAY) {
            throw tooMany(firstAt, now);
        }
        if (action == Action.COMMENT && comments >= COMMENTS_A_DAY) {
            throw tooMany(firstCommentAt, now);
        }
    }

    /** Until the first of them is a day old. */
    private static Refusal tooMany(@Nullable Instant first, Instant now) {
        var free = Objects.requireNonNull(first).plus(DAY);
        return Refusal.tooMany("rate_limited", Duration.between(now, free));
    }
}
