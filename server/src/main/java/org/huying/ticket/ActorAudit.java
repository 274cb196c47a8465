package org.huying.ticket;

import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.huying.kernel.Sha256;
import org.huying.ticket.TicketAudit.Fault;

/** Holds who is behind the pseudonyms of a ticket against what was committed to when each came in. */
final class ActorAudit {
    private ActorAudit() {}

    static List<Fault> check(List<Row> actors, List<TicketEvent> events) {
        var faults = new ArrayList<Fault>();
        var known = new HashMap<String, Row>();
        for (var actor : actors) {
            var ref = actor.getString("ref");
            known.put(ref, actor);
            if (!commitment(actor).equals(actor.getString("commitment"))) {
                faults.add(Fault.ofRow("somebody else is behind " + ref + " than was committed to"));
            }
        }
        for (var event : events) {
            Stream.of(event.actor().ref(), event.onBehalfOf())
                    .filter(Objects::nonNull)
                    .filter(ref -> !ref.equals(Author.SYSTEM))
                    .forEach(ref -> {
                        var actor = known.get(ref);
                        if (actor == null) {
                            faults.add(Fault.at(event.seq(), "nobody is known behind " + ref));
                        } else if (Rows.instant(actor, "since").isAfter(event.at())) {
                            faults.add(Fault.at(event.seq(), ref + " came in only later"));
                        }
                    });
        }
        return faults;
    }

    private static String commitment(Row actor) {
        var words = actor.getUUID("ticket_id") + " " + actor.getString("ref") + " " + actor.getUUID("person_id");
        return Sha256.hex(actor.getBuffer("salt").getBytes(), words.getBytes(StandardCharsets.UTF_8));
    }
}
