package org.huying.identity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The caller as the contract shows them. */
record Me(
        UUID id,
        String kind,
        String displayName,
        @Nullable String phone,
        @Nullable LocalDate birthDate,
        boolean birthDateVerified,
        List<String> roles,
        List<Scope> scopes,
        List<Household> households,
        List<Mandate> mandates) {
    record Scope(
            String role, String kind, UUID id, @Nullable String name) {}

    /** @param awaits {@code approval} or {@code consent}, where it waits */
    record Household(
            UUID id,
            UUID membershipId,
            String status,
            @Nullable String awaits,
            String role,
            UUID compoundId,
            String address) {}

    record Named(UUID id, String name) {}

    record Mandate(
            UUID id,
            String status,
            List<String> scope,
            Named grantor,
            @Nullable Named proxy,
            @Nullable Instant until) {}
}
