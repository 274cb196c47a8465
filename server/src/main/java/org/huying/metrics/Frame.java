package org.huying.metrics;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.UUID;
import org.huying.db.Rows;

/**
 * What a figure is computed from: a period as instants, what had happened by when, and what the caller may see of it.
 *
 * @param start         the first instant of the period
 * @param end           the first instant after it
 * @param organizations whose tickets are in sight
 * @param places        below which all tickets are in sight
 * @param settled       whether nothing can still come in that happened before {@code asOf}
 */
public record Frame(
        UUID districtId,
        ZoneId zone,
        Instant start,
        Instant end,
        Instant asOf,
        boolean settled,
        Collection<UUID> organizations,
        Collection<UUID> places,
        MetricsQuery query) {
    /** $1 to $10 of every statement that counts tickets. */
    public Tuple values() {
        return sight().addValue(query.serviceItemCode()).addValue(query.channel());
    }

    /** $1 to $8 of the same: without what only a ticket itself tells. */
    public Tuple sight() {
        return Tuple.tuple()
                .addUUID(districtId)
                .addOffsetDateTime(Rows.utc(start))
                .addOffsetDateTime(Rows.utc(end))
                .addOffsetDateTime(Rows.utc(asOf))
                .addArrayOfUUID(organizations.toArray(UUID[]::new))
                .addArrayOfUUID(places.toArray(UUID[]::new))
                .addValue(query.placeId())
                .addValue(query.organizationId());
    }

    /** The first instant of a day. */
    static Instant startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
