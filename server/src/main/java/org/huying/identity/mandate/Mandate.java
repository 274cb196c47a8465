package org.huying.identity.mandate;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * A mandate, from its offer to its end.
 *
 * @param status {@code offered}, {@code active}, {@code expired} or {@code revoked}
 */
record Mandate(
        UUID id,
        UUID grantorId,
        @Nullable UUID proxyId,
        boolean forBooking,
        boolean forTicket,
        String status,
        @Nullable Instant until,
        UUID offeredById,
        @Nullable UUID consentPhotoId,
        Instant createdAt,
        @Nullable Instant inviteExpiresAt,
        @Nullable Instant acceptedAt,
        @Nullable Instant revokedAt,
        @Nullable UUID revokedById) {
    static Mandate from(Row row) {
        return new Mandate(
                row.getUUID("id"),
                row.getUUID("grantor_id"),
                row.getUUID("proxy_id"),
                row.getBoolean("for_booking"),
                row.getBoolean("for_ticket"),
                row.getString("status"),
                Rows.instantOrNull(row, "valid_until"),
                row.getUUID("offered_by_id"),
                row.getUUID("consent_photo_id"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "invite_expires_at"),
                Rows.instantOrNull(row, "accepted_at"),
                Rows.instantOrNull(row, "revoked_at"),
                row.getUUID("revoked_by_id"));
    }

    boolean isBetween(UUID personId) {
        return grantorId.equals(personId) || personId.equals(proxyId);
    }

    /** Both, or the one who offers. */
    List<UUID> sides() {
        return proxyId == null ? List.of(grantorId) : List.of(grantorId, proxyId);
    }

    List<String> scope() {
        return Stream.of(forBooking ? "booking" : null, forTicket ? "ticket" : null)
                .filter(Objects::nonNull)
                .toList();
    }
}
