package org.huying.ticket.verify;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.Rows;
import org.huying.ticket.TicketAudit.Stored;

/** The database as it was at one instant, read in pieces that fit into memory. Its statements are pipelined. */
final class Snapshot {
    private final SqlConnection connection;

    private Snapshot(SqlConnection connection) {
        this.connection = connection;
    }

    static Future<Snapshot> open(SqlConnection connection) {
        return connection.query(VerifySql.BEGIN).execute().map(begun -> new Snapshot(connection));
    }

    SqlConnection client() {
        return connection;
    }

    Future<List<Row>> rows(String sql, Tuple values) {
        return connection.preparedQuery(sql).execute(values).map(Rows.list(row -> row));
    }

    Future<Long> countTickets() {
        return rows(VerifySql.COUNT_TICKETS, Tuple.tuple())
                .map(rows -> rows.get(0).getLong("tickets"));
    }

    /** The next tickets of a district after an id, with all that belongs to them. */
    Future<List<Stored>> tickets(UUID districtId, UUID after, int limit) {
        return rows(VerifySql.TICKETS, Tuple.of(districtId, after, limit)).compose(tickets -> {
            var values = Tuple.of(districtId, (Object)
                    tickets.stream().map(ticket -> ticket.getUUID("id")).toArray(UUID[]::new));
            var events = byTicket(VerifySql.EVENTS, values);
            var dues = byTicket(VerifySql.DUES, values);
            var exclusions = byTicket(VerifySql.EXCLUSIONS, values);
            var ratings = byTicket(VerifySql.RATINGS, values);
            var reopenings = byTicket(VerifySql.REOPENINGS, values);
            var actors = byTicket(VerifySql.ACTORS, values);
            return Future.all(List.of(events, dues, exclusions, ratings, reopenings, actors))
                    .map(read -> tickets.stream()
                            .map(ticket -> new Stored(
                                    ticket,
                                    of(ticket, events),
                                    Map.of(
                                            "ticket_due", of(ticket, dues),
                                            "ticket_exclusion", of(ticket, exclusions),
                                            "ticket_rating", of(ticket, ratings),
                                            "ticket_reopening", of(ticket, reopenings)),
                                    of(ticket, actors)))
                            .toList());
        });
    }

    private Future<Map<UUID, List<Row>>> byTicket(String sql, Tuple values) {
        return rows(sql, values)
                .map(rows -> rows.stream().collect(Collectors.groupingBy(row -> row.getUUID("ticket_id"))));
    }

    private static List<Row> of(Row ticket, Future<Map<UUID, List<Row>>> rows) {
        return rows.result().getOrDefault(ticket.getUUID("id"), List.of());
    }
}
