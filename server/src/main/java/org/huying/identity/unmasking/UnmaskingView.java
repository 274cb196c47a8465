package org.huying.identity.unmasking;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.kernel.Masked;
import org.jspecify.annotations.Nullable;

/** An entry of the record as the contract shows it: who looked in full, whom they looked at masked. */
record UnmaskingView(
        UUID id,
        String kind,
        Instant at,
        Named actor,
        String role,
        @Nullable Named resident,
        @Nullable UUID ticketId,
        List<String> fields,
        @Nullable String reason) {
    record Named(UUID id, String name) {}

    static UnmaskingView of(Unmasking entry, Map<UUID, String> names) {
        return new UnmaskingView(
                entry.id(),
                entry.kind(),
                entry.at(),
                new Named(entry.actorId(), names.getOrDefault(entry.actorId(), Masked.ERASED)),
                entry.role(),
                resident(entry.subjectId(), names),
                entry.ticketId(),
                entry.fields(),
                entry.reason());
    }

    private static @Nullable Named resident(@Nullable UUID id, Map<UUID, String> names) {
        return id == null ? null : new Named(id, Masked.name(names.getOrDefault(id, Masked.ERASED)));
    }
}
