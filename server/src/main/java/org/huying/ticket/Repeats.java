package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.Rows;
import org.huying.kernel.Refusal;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody says again what they have said just now, as whoever presses twice does. Only what is still open: what
 * was resolved meanwhile and is reported again is a re-report, and counts as one.
 */
final class Repeats {
    private final TicketStore store;

    Repeats(TicketStore store) {
        this.store = store;
    }

    /** Refuses the same words about the same item and household or spot, naming the first ticket. */
    Future<Void> requireNone(SqlClient client, UUID districtId, Intake.Accepted accepted, Instant now) {
        var submission = accepted.submission();
        var kin = accepted.kin();
        var said = said(submission);
        return client.preparedQuery(RepeatSql.LOCK)
                .execute(Tuple.of(districtId, kin.reporterId(), kin.itemCode()))
                .compose(locked -> client.preparedQuery(RepeatSql.FIND)
                        .execute(Tuple.of(
                                districtId,
                                kin.reporterId(),
                                kin.itemCode(),
                                kin.householdId(),
                                kin.placeId(),
                                Rows.utc(now.minus(Windows.SAME_WORDS)))))
                .map(rows -> {
                    Rows.stream(rows)
                            .filter(row -> said(row).equals(said))
                            .findFirst()
                            .ifPresent(row -> {
                                throw Refusal.conflict(
                                        "already_reported",
                                        Map.of("ticketId", row.getUUID("id").toString()));
                            });
                    return null;
                });
    }

    private static Map<String, NormalForm> said(Submission submission) {
        return said(Submissions.words(submission).shown());
    }

    private Map<String, NormalForm> said(Row row) {
        return said(store.open(row.getBuffer("shown_sealed")));
    }

    private static Map<String, NormalForm> said(@Nullable JsonObject shown) {
        return shown == null
                ? Map.of()
                : shown.getJsonObject("texts").stream()
                        .filter(each -> !each.getKey().equals(TicketViews.LOCATION))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                each -> NormalForm.ofName(each.getValue().toString())));
    }
}
