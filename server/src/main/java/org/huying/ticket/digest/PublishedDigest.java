package org.huying.ticket.digest;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.huying.db.Rows;

/** A day's digest as it is published, and as the contract shows it. */
public record PublishedDigest(
        UUID districtId,
        String districtName,
        LocalDate date,
        int format,
        int chains,
        int events,
        String previousDigest,
        String digest,
        Instant publishedAt) {
    public static PublishedDigest from(Row row) {
        return new PublishedDigest(
                row.getUUID("district_id"),
                row.getString("name"),
                row.getLocalDate("day"),
                row.getInteger("format"),
                row.getInteger("chains"),
                row.getInteger("events"),
                row.getString("previous_digest"),
                row.getString("digest"),
                Rows.instant(row, "published_at"));
    }
}
