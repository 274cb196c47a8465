package org.huying.identity.unmasking;

import java.util.List;
import java.util.UUID;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's data read in full.
 *
 * @param role      the one in which the caller may
 * @param placePath where the ticket or the subject's home lies, from the district down
 * @param hidden    whether the subject is anonymous: whoever else reads the record is not told who it is
 * @param fields    what of it
 * @param reason    null where it is the case itself that is handled
 */
public record Look(
        Role role,
        UUID subjectId,
        @Nullable UUID ticketId,
        List<UUID> placePath,
        boolean hidden,
        List<String> fields,
        @Nullable String reason) {
    public Look {
        placePath = List.copyOf(placePath);
        fields = List.copyOf(fields);
    }
}
