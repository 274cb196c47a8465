package org.huying.demo.district;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.ticket.Status;
import org.huying.ticket.Tickets;
import org.jspecify.annotations.Nullable;

/**
 * Where the ticket of a story stands.
 *
 * @param worker the user name of whom it was last assigned to
 */
record TicketNow(
        UUID id,
        Status status,
        UUID responsibleOrgId,
        @Nullable Instant nextClockAt,
        @Nullable String worker) {
    static final String SELECT = """
            SELECT id, status, responsible_org_id, clock_due_at FROM ticket WHERE district_id = $1 AND id = $2
            """;

    static TicketNow of(Tickets.Summary summary, @Nullable String worker) {
        return new TicketNow(summary.id(), summary.status(), summary.responsibleOrgId(), summary.nextClockAt(), worker);
    }

    TicketNow with(Row row) {
        var due = row.getOffsetDateTime("clock_due_at");
        return new TicketNow(
                id,
                Status.of(row.getString("status")),
                row.getUUID("responsible_org_id"),
                due == null ? null : due.toInstant(),
                worker);
    }
}
