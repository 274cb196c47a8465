package org.huying.metrics;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.huying.http.Call;
import org.huying.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a figure's tickets is wanted. A cursor is bound to what was asked, and keeps the instant as of which the
 * first page was: all pages are of one moment.
 *
 * @param after where the page before ended
 */
public record DrillPage(MetricsQuery query, @Nullable After after, int limit, String question) {
    private static final int QUESTION_LENGTH = 16;

    /** A ticket, and the instant that the list is ordered by. */
    public record After(Instant at, UUID ticketId) {}

    /**
     * The page that is asked for.
     *
     * @param which says, as text, what else was asked than the query
     */
    public static DrillPage of(Call call, Object which, Clock clock) {
        var query = MetricsQuery.from(call);
        var question = Sha256.hex((query + " " + which).getBytes(StandardCharsets.UTF_8))
                .substring(0, QUESTION_LENGTH);
        var cursor = call.cursor();
        if (cursor == null) {
            var asOf = query.asOf() == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : query.asOf();
            return new DrillPage(query.asOf(asOf), null, call.limit(), question);
        }
        cursor.require(0, question);
        return new DrillPage(
                query.asOf(cursor.instant(1)), new After(cursor.instant(2), cursor.uuid(3)), call.limit(), question);
    }

    /** What the cursor behind a ticket carries. */
    public List<String> keys(Instant at, UUID ticketId) {
        return List.of(question, String.valueOf(query.asOf()), at.toString(), ticketId.toString());
    }
}
