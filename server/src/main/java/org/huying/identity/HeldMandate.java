package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** A mandate that stands or is offered, as its two sides see it. */
record HeldMandate(
        UUID id,
        UUID grantorId,
        @Nullable UUID proxyId,
        boolean forBooking,
        boolean forTicket,
        String status,
        @Nullable Instant until) {
    /** Those given and those held; the newest first. */
    private static final String OF_PERSON = """
            SELECT id, grantor_id, proxy_id, for_booking, for_ticket, status, valid_until
            FROM mandate
            WHERE district_id = $1 AND grantor_id = $2 AND status IN ('offered', 'active')
              AND (valid_until IS NULL OR valid_until > now())
            UNION
            SELECT id, grantor_id, proxy_id, for_booking, for_ticket, status, valid_until
            FROM mandate
            WHERE district_id = $1 AND proxy_id = $2 AND status = 'active'
              AND (valid_until IS NULL OR valid_until > now())
            ORDER BY id DESC
            LIMIT 100
            """;

    static Future<List<HeldMandate>> of(SqlClient client, UUID districtId, UUID personId) {
        return client.preparedQuery(OF_PERSON)
                .execute(Tuple.of(districtId, personId))
                .map(Rows.list(HeldMandate::from));
    }

    /** Both sides, or the one who offers. */
    Stream<UUID> people() {
        return proxyId == null ? Stream.of(grantorId) : Stream.of(grantorId, proxyId);
    }

    private static HeldMandate from(Row row) {
        var until = row.getOffsetDateTime("valid_until");
        return new HeldMandate(
                row.getUUID("id"),
                row.getUUID("grantor_id"),
                row.getUUID("proxy_id"),
                row.getBoolean("for_booking"),
                row.getBoolean("for_ticket"),
                row.getString("status"),
                until == null ? null : until.toInstant());
    }
}
