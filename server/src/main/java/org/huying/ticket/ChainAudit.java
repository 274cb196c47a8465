package org.huying.ticket;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.huying.ticket.TicketAudit.Fault;

/** Follows a chain from its first event. What comes after a fault is held against what is stored there. */
final class ChainAudit {
    private final List<Fault> faults = new ArrayList<>();
    private final List<TicketEvent> events = new ArrayList<>();
    private int seq;
    private String previousHash = TicketEvent.GENESIS;
    private Instant at = Instant.MIN;

    List<Fault> faults() {
        return faults;
    }

    /** Those that could be read. */
    List<TicketEvent> events() {
        return events;
    }

    void take(Row row) {
        int number = row.getInteger("seq");
        boolean follows = number == seq + 1;
        if (!follows) {
            faults.add(Fault.at(seq + 1, "missing event" + (number == seq + 2 ? "" : ", up to " + (number - 1))));
        }
        if (follows && !row.getString("previous_hash").equals(previousHash)) {
            faults.add(Fault.at(number, "broken chain: it does not follow from the event before"));
        }
        seq = number;
        previousHash = row.getString("hash");
        try {
            take(TicketEvent.from(row));
        } catch (RuntimeException e) {
            // No type or no JSON of ours.
            faults.add(Fault.at(number, "tampered event: it cannot be read"));
        }
    }

    private void take(TicketEvent event) {
        if (!event.computeHash().equals(event.hash())) {
            faults.add(Fault.at(event.seq(), "tampered event: its hash is another"));
        } else if (event.at().isBefore(at)) {
            faults.add(Fault.at(event.seq(), "time runs backwards"));
        }
        at = event.at();
        events.add(event);
    }
}
