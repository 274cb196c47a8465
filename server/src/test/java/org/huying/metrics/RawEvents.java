package org.huying.metrics;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.ticket.TicketWorld;
import org.jspecify.annotations.Nullable;

/** The log as it stands in the database, for models that know nothing else. */
public final class RawEvents {
    public record Event(
            UUID ticket,
            String type,
            Instant at,
            String actorKind,
            @Nullable UUID person,
            JsonObject data) {
        public boolean is(String... types) {
            return Stream.of(types).anyMatch(type::equals);
        }
    }

    private RawEvents() {}

    /** Every ticket's, in their order. */
    public static Map<UUID, List<Event>> of(TicketWorld world) {
        return world.query(client -> client.preparedQuery("""
                        SELECT e.ticket_id, e.type, e.at, e.actor_kind, e.data,
                            coalesce(b.person_id, a.person_id) AS person_id
                        FROM ticket_event e
                        LEFT JOIN ticket_actor a ON a.ticket_id = e.ticket_id AND a.ref = e.actor_ref
                        LEFT JOIN ticket_actor b ON b.ticket_id = e.ticket_id AND b.ref = e.on_behalf_of_ref
                        WHERE e.district_id = $1 ORDER BY e.ticket_id, e.seq
                        """)
                .execute(Tuple.of(world.district))
                .map(rows -> {
                    var chains = new LinkedHashMap<UUID, List<Event>>();
                    rows.forEach(row -> chains.computeIfAbsent(row.getUUID("ticket_id"), key -> new ArrayList<>())
                            .add(new Event(
                                    row.getUUID("ticket_id"),
                                    row.getString("type"),
                                    row.getOffsetDateTime("at").toInstant(),
                                    row.getString("actor_kind"),
                                    row.getUUID("person_id"),
                                    row.getJsonObject("data"))));
                    return chains;
                }));
    }
}
