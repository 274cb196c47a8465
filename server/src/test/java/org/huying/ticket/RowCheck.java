package org.huying.ticket;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Whether rows that somebody else has made are those that the service makes of the events; chains need not be whole. */
public final class RowCheck {
    /** Where the rows are. */
    @FunctionalInterface
    public interface Statements {
        RowSet<Row> execute(String statement, Object... values) throws Exception;
    }

    private RowCheck() {}

    /** What is not as the events say, by the number of the ticket. */
    public static List<String> faults(Statements statements, UUID district) throws Exception {
        var events = byTicket(statements.execute(
                "SELECT * FROM ticket_event WHERE district_id = $1 ORDER BY ticket_id, seq", district));
        var actors = byTicket(statements.execute("SELECT * FROM ticket_actor WHERE district_id = $1", district));
        var turns = new HashMap<String, Map<UUID, List<Row>>>();
        for (var kind : Turn.Kind.values()) {
            turns.put(
                    kind.table(),
                    byTicket(statements.execute(
                            "SELECT * FROM " + kind.table() + " WHERE district_id = $1 ORDER BY seq", district)));
        }
        var faults = new ArrayList<String>();
        for (var row : statements.execute("SELECT * FROM ticket WHERE district_id = $1", district)) {
            var id = row.getUUID("id");
            var ofIt = new HashMap<String, List<Row>>();
            Arrays.stream(Turn.Kind.values())
                    .forEach(kind -> ofIt.put(
                            kind.table(),
                            turns.getOrDefault(kind.table(), Map.of()).getOrDefault(id, List.of())));
            var log = events.getOrDefault(id, List.of());
            var stored = new TicketAudit.Stored(row, log, ofIt, actors.getOrDefault(id, List.of()));
            new RowAudit(stored)
                    .check(log.stream().map(TicketEvent::from).toList())
                    .forEach(fault -> faults.add(row.getString("ticket_no") + ": " + fault));
        }
        return faults;
    }

    private static Map<UUID, List<Row>> byTicket(RowSet<Row> rows) {
        var found = new HashMap<UUID, List<Row>>();
        rows.forEach(row -> found.computeIfAbsent(row.getUUID("ticket_id"), key -> new ArrayList<>())
                .add(row));
        return found;
    }
}
