package org.huying.metrics;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** Counts and lists tickets by the one definition that the database holds. */
final class CompletionStore {
    /** A period as instants, what had happened when, and what the caller may see of it. */
    record Frame(
            UUID districtId,
            Instant start,
            Instant end,
            Instant asOf,
            Collection<UUID> organizations,
            Collection<UUID> places,
            CompletionQuery query) {
        /** Where the tree of places begins that the caller has asked for; nowhere in particular if that is empty. */
        private Collection<UUID> roots() {
            var place = query.placeId();
            return place == null ? places : List.of(place);
        }

        private Tuple values() {
            return Tuple.tuple()
                    .addUUID(districtId)
                    .addOffsetDateTime(Rows.utc(start))
                    .addOffsetDateTime(Rows.utc(end))
                    .addOffsetDateTime(Rows.utc(asOf))
                    .addArrayOfUUID(organizations.toArray(UUID[]::new))
                    .addArrayOfUUID(places.toArray(UUID[]::new))
                    .addValue(query.placeId())
                    .addValue(query.organizationId())
                    .addValue(query.serviceItemCode());
        }
    }

    /** Where a page goes on. */
    record After(Instant at, UUID ticketId) {}

    /** Tallies by segment, and within it by group; the group {@code ""} is all of them. */
    Future<Map<String, Map<String, Tally>>> tallies(
            SqlClient client, Frame frame, @Nullable String groupBy, ZoneId zone) {
        return client.preparedQuery(MetricsSql.FIGURES)
                .execute(frame.values()
                        .addValue(groupBy)
                        .addString(zone.getId())
                        .addArrayOfUUID(frame.roots().toArray(UUID[]::new)))
                .map(rows -> {
                    var tallies = new HashMap<String, Map<String, Tally>>();
                    rows.forEach(row -> tallies.computeIfAbsent(row.getString("segment"), key -> new HashMap<>())
                            .computeIfAbsent(row.getString("key"), key -> new Tally())
                            .add(
                                    row.getString("measure"),
                                    row.getString("cause"),
                                    row.getBoolean("confirmed"),
                                    row.getLong("n")));
                    return tallies;
                });
    }

    Future<List<CountedTicket>> tickets(
            SqlClient client, Frame frame, String verdict, String segment, @Nullable After after, int limit) {
        return client.preparedQuery(MetricsSql.TICKETS)
                .execute(frame.values()
                        .addString(verdict)
                        .addString(segment)
                        .addValue(after == null ? null : Rows.utc(after.at()))
                        .addValue(after == null ? null : after.ticketId())
                        .addInteger(limit))
                .map(Rows.list(CountedTicket::from));
    }
}
