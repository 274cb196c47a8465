package org.huying.metrics.service;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.metrics.TicketTable;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as it counts in a service rate.
 *
 * @param at       the instant that put it there: the first resolve; in the backlog the submission
 * @param rating   of the cohort: the one that stands
 * @param ageHours of the backlog: whole hours since the submission
 * @param reopened of the backlog: whether it had been resolved already
 */
record ServiceTicket(
        UUID ticketId,
        String ticketNo,
        String measure,
        Instant at,
        UUID organizationId,
        String serviceItemCode,
        UUID placeId,
        String channel,
        @Nullable Integer rating,
        @Nullable Long ageHours,
        @Nullable Boolean reopened) {
    static final List<String> DETAILS = List.of("计入", "评分", "已等待（小时）", "重开");

    TicketTable.Line line() {
        return new TicketTable.Line(
                ticketNo,
                ticketId,
                at,
                organizationId,
                serviceItemCode,
                placeId,
                channel,
                List.of(
                        measure,
                        rating == null ? "" : rating.toString(),
                        ageHours == null ? "" : ageHours.toString(),
                        reopened == null ? "" : reopened ? "是" : "否"));
    }

    static ServiceTicket from(Row row) {
        return new ServiceTicket(
                row.getUUID("ticket_id"),
                row.getString("ticket_no"),
                row.getString("measure"),
                Rows.instant(row, "at"),
                row.getUUID("organization_id"),
                row.getString("service_item_code"),
                row.getUUID("place_id"),
                row.getString("channel"),
                row.getInteger("rating"),
                row.getLong("age_hours"),
                row.getBoolean("reopened"));
    }
}
