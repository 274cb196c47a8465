package org.huying.metrics.completion;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.metrics.BySegment;
import org.huying.metrics.DrillPage;
import org.huying.metrics.Frame;
import org.jspecify.annotations.Nullable;

/** Counts and lists tickets by the one definition that the database holds. */
final class CompletionStore {
    /** What the roll-up does not tell apart. */
    private static final Set<String> NOT_ROLLED_UP = Set.of("serviceItem", "channel");

    private static final String FRESH = "fresh";

    /**
     * The tickets of one figure.
     *
     * @param cause     only those with this cause or exclusion reason
     * @param confirmed only those that were, or were not, confirmed
     */
    record Which(
            String segment,
            String verdict,
            @Nullable String cause,
            @Nullable Boolean confirmed) {
        Which {
            if (cause != null && !causesOf(verdict).contains(cause)) {
                throw Faults.of("/query/cause", "cause_unfit");
            }
            if (confirmed != null && !verdict.equals("one_time")) {
                throw Faults.of("/query/confirmed", "confirmed_unfit");
            }
        }

        private static List<String> causesOf(String verdict) {
            return switch (verdict) {
                case "broken" -> Figure.BREAKING_CAUSES;
                case "excluded" -> Figure.EXCLUSION_REASONS;
                default -> List.of();
            };
        }
    }

    /** From the roll-up where it has the answer, else ticket by ticket: the same figures either way. */
    Future<BySegment<Tally>> tallies(SqlClient client, Frame frame, @Nullable String groupBy) {
        var query = frame.query();
        if (query.serviceItemCode() != null
                || query.channel() != null
                || (groupBy != null && NOT_ROLLED_UP.contains(groupBy))) {
            return counted(client, frame, groupBy);
        }
        return client.preparedQuery(CompletionSql.ROLLED_UP)
                .execute(frame.sight().addValue(groupBy).addString(frame.zone().getId()))
                .compose(rows ->
                        isFresh(rows) ? Future.succeededFuture(tallies(rows)) : counted(client, frame, groupBy));
    }

    /** Ticket by ticket, whatever the roll-up says. */
    Future<BySegment<Tally>> counted(SqlClient client, Frame frame, @Nullable String groupBy) {
        return client.preparedQuery(CompletionSql.COUNTED)
                .execute(frame.values().addValue(groupBy).addString(frame.zone().getId()))
                .map(CompletionStore::tallies);
    }

    Future<List<Completion.Crossing>> crossed(SqlClient client, Frame frame) {
        return client.preparedQuery(CompletionSql.CROSSED)
                .execute(Tuple.of(
                        frame.districtId(),
                        Rows.utc(frame.start()),
                        Rows.utc(frame.end()),
                        Rows.utc(frame.asOf()),
                        frame.zone().getId()))
                .map(Rows.list(row -> new Completion.Crossing(
                        row.getUUID("organization_id"), row.getUUID("place_id"), row.getLong("n"))));
    }

    private static boolean isFresh(RowSet<Row> rows) {
        return Rows.stream(rows).anyMatch(row -> row.getString("measure").equals(FRESH));
    }

    private static BySegment<Tally> tallies(RowSet<Row> rows) {
        var tallies = new BySegment<>(Tally::new);
        rows.forEach(row -> tallies.of(row.getString("segment"), row.getString("key"))
                .add(row.getString("measure"), row.getString("cause"), row.getBoolean("confirmed"), row.getLong("n")));
        return tallies;
    }

    Future<List<CountedTicket>> tickets(
            SqlClient client, Frame frame, Which which, DrillPage.@Nullable After after, int limit) {
        return client.preparedQuery(CompletionSql.TICKETS)
                .execute(frame.values()
                        .addString(which.verdict())
                        .addString(which.segment())
                        .addValue(which.cause())
                        .addValue(which.confirmed())
                        .addValue(after == null ? null : Rows.utc(after.at()))
                        .addValue(after == null ? null : after.ticketId())
                        .addInteger(limit))
                .map(Rows.list(CountedTicket::from));
    }

    /** How one ticket counts. */
    Future<Explanation.Counted> counted(SqlClient client, UUID districtId, UUID ticketId, Instant asOf) {
        return client.preparedQuery(CompletionSql.TICKET)
                .execute(Tuple.of(districtId, ticketId, Rows.utc(asOf)))
                .map(Rows.first(row -> new Explanation.Counted(
                        row.getUUID("ticket_id"),
                        row.getString("ticket_no"),
                        row.getString("segment"),
                        row.getUUID("organization_id"),
                        row.getString("measure"),
                        row.getString("cause"),
                        Boolean.TRUE.equals(row.getBoolean("confirmed")),
                        Rows.instantOrNull(row, "at"))))
                .map(found -> found.orElseThrow(Refusal::notFound));
    }

    /** What its log says of it. */
    Future<Evidence> evidence(SqlClient client, UUID districtId, UUID ticketId, Instant asOf) {
        return client.preparedQuery(CompletionSql.EVIDENCE)
                .execute(Tuple.of(districtId, ticketId, Rows.utc(asOf)))
                .map(Rows.list(Evidence.Logged::from))
                .map(Evidence::new);
    }
}
