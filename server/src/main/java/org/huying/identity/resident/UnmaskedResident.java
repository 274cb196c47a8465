package org.huying.identity.resident;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A resident in full, for whoever asked for it and is on record. */
record UnmaskedResident(
        UUID id,
        int version,
        String name,
        @Nullable String phone,
        @Nullable LocalDate birthDate,
        boolean birthDateVerified,
        @Nullable String address) {
    static UnmaskedResident of(KnownResident resident) {
        var home = resident.home();
        return new UnmaskedResident(
                resident.id(),
                resident.version(),
                resident.name(),
                resident.phone(),
                resident.birthDate(),
                resident.birthDateVerified(),
                home == null ? null : home.address());
    }
}
