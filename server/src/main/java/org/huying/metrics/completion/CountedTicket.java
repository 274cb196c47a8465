package org.huying.metrics.completion;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.huying.metrics.TicketTable;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as it counts in a figure.
 *
 * @param at the instant that put it there: the first resolve, the due time, the cancelling or the merging
 */
record CountedTicket(
        UUID ticketId,
        String ticketNo,
        String verdict,
        @Nullable String cause,
        boolean confirmed,
        Instant at,
        UUID organizationId,
        String serviceItemCode,
        UUID placeId,
        String channel) {
    static final List<String> DETAILS = List.of("计入", "原因", "计入居民确认");

    TicketTable.Line line() {
        return new TicketTable.Line(
                ticketNo,
                ticketId,
                at,
                organizationId,
                serviceItemCode,
                placeId,
                channel,
                List.of(verdict, cause == null ? "" : cause, confirmed ? "是" : "否"));
    }

    static CountedTicket from(Row row) {
        return new CountedTicket(
                row.getUUID("ticket_id"),
                row.getString("ticket_no"),
                row.getString("measure"),
                row.getString("cause"),
                row.getBoolean("confirmed"),
                row.getOffsetDateTime("at").toInstant(),
                row.getUUID("organization_id"),
                row.getString("service_item_code"),
                row.getUUID("place_id"),
                row.getString("channel"));
    }
}
