package org.huying.identity.mandate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.kernel.Masked;
import org.jspecify.annotations.Nullable;

/** A mandate as the contract shows it. */
record MandateView(
        UUID id,
        String status,
        List<String> scope,
        Party grantor,
        @Nullable Party proxy,
        @Nullable Instant until,
        UUID offeredById,
        @Nullable UUID consentPhotoId,
        Instant createdAt,
        @Nullable Instant inviteExpiresAt,
        @Nullable Instant acceptedAt,
        @Nullable Instant revokedAt,
        @Nullable UUID revokedById) {
    /** One of its sides. */
    record Party(UUID id, @Nullable String name) {
        static Party of(UUID id, Map<UUID, String> names, boolean masked) {
            var name = names.get(id);
            return new Party(id, name == null || !masked ? name : Masked.name(name));
        }
    }

    /** An offer, with the code that is shown this once. */
    record Offered(
            UUID id,
            String inviteCode,
            String status,
            UUID grantorId,
            List<String> scope,
            @Nullable Instant until,
            Instant inviteExpiresAt) {}

    static MandateView of(Mandate mandate, Map<UUID, String> names, boolean masked) {
        var proxy = mandate.proxyId();
        return new MandateView(
                mandate.id(),
                mandate.status(),
                mandate.scope(),
                Party.of(mandate.grantorId(), names, masked),
                proxy == null ? null : Party.of(proxy, names, masked),
                mandate.until(),
                mandate.offeredById(),
                mandate.consentPhotoId(),
                mandate.createdAt(),
                mandate.status().equals("offered") ? mandate.inviteExpiresAt() : null,
                mandate.acceptedAt(),
                mandate.revokedAt(),
                mandate.revokedById());
    }
}
