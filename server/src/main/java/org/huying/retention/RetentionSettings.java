package org.huying.retention;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

/**
 * For how long a district keeps what.
 *
 * @param closedTicketTextsMonths words beside the events of tickets that are over, since they are
 * @param photosMonths            their photos, likewise
 * @param bookingDetailsMonths    delivery addresses and reasons, since the meal's day
 * @param notificationsDays       notices in the inbox
 * @param sessionsDays            sessions that have ended, and used refresh tokens
 */
public record RetentionSettings(
        int closedTicketTextsMonths,
        int photosMonths,
        int bookingDetailsMonths,
        int notificationsDays,
        int sessionsDays) {
    /** For districts that have said nothing. */
    static final RetentionSettings DEFAULT = new RetentionSettings(36, 24, 12, 180, 60);

    static RetentionSettings from(JsonObject body) {
        return new RetentionSettings(
                body.getInteger("closedTicketTextsMonths"),
                body.getInteger("photosMonths"),
                body.getInteger("bookingDetailsMonths"),
                body.getInteger("notificationsDays"),
                body.getInteger("sessionsDays"));
    }

    static RetentionSettings from(Row row) {
        return new RetentionSettings(
                row.getInteger("closed_ticket_texts_months"),
                row.getInteger("photos_months"),
                row.getInteger("booking_details_months"),
                row.getInteger("notifications_days"),
                row.getInteger("sessions_days"));
    }
}
