package org.huying.identity.resident;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A resident as whoever registered them sees them. */
record ResidentView(
        UUID id,
        String name,
        LocalDate birthDate,
        boolean birthDateVerified,
        @Nullable UUID householdId,
        @Nullable String phone,
        Instant createdAt) {}
