package org.huying.identity.resident;

import java.time.Instant;
import java.util.UUID;
import org.huying.kernel.Masked;
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
        var phone = resident.phone();
        var birthDate = resident.birthDate();
        var home = resident.home();
        return new ResidentDetail(
                resident.id(),
                resident.version(),
                Masked.name(resident.name()),
                phone == null ? null : Masked.phone(phone),
                birthDate == null ? null : birthDate.getYear(),
                resident.birthDateVerified(),
                home == null ? null : home.compoundId(),
                home == null ? null : home.compoundName(),
                resident.hasLogin(),
                resident.createdAt());
    }
}
