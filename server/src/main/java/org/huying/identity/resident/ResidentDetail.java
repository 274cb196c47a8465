package org.huying.identity.resident;

import java.time.Instant;
import java.util.UUID;
import org.huying.identity.Glimpse;
import org.jspecify.annotations.Nullable;

/** A resident as their grid member sees them, until they ask for more. */
record ResidentDetail(
        UUID id,
        int version,
        String name,
        @Nullable String phone,
        @Nullable Integer birthYear,
        boolean birthDateVerified,
        @Nullable UUID compoundId,
        @Nullable String compoundName,
        boolean hasLogin,
        Instant createdAt) {
    static ResidentDetail of(KnownResident resident) {
        var birthDate = resident.birthDate();
        var seen = Glimpse.of(resident.name(), resident.phone(), birthDate == null ? null : birthDate.toString());
        var home = resident.home();
        return new ResidentDetail(
                resident.id(),
                resident.version(),
                seen.name(),
                seen.phone(),
                seen.birthYear(),
                resident.birthDateVerified(),
                home == null ? null : home.compoundId(),
                home == null ? null : home.compoundName(),
                resident.hasLogin(),
                resident.createdAt());
    }
}
