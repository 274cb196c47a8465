package org.huying.photo;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A photo that is kept.
 *
 * @param sha256    of the bytes that are kept, in hex
 * @param ticketId  what it belongs to; null while nothing has claimed it, and for the photo of a consent
 * @param eventSeq  the event of the ticket that it came with
 * @param mandateId the mandate whose consent it shows
 */
public record Photo(
        UUID id,
        UUID uploaderId,
        String sha256,
        int width,
        int height,
        @Nullable UUID ticketId,
        @Nullable Integer eventSeq,
        @Nullable UUID mandateId) {
    static Photo from(Row row) {
        return new Photo(
                row.getUUID("id"),
                row.getUUID("uploader_id"),
                row.getString("sha256"),
                row.getInteger("width"),
                row.getInteger("height"),
                row.getUUID("ticket_id"),
                row.getInteger("event_seq"),
                row.getUUID("mandate_id"));
    }

    boolean isClaimed() {
        return ticketId != null || mandateId != null;
    }
}
