package org.huying.ticket;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who writes an event, and as what.
 *
 * @param kind       {@code resident}, a staff role, or {@code system}
 * @param onBehalfOf the resident in whose name it is done
 */
record Author(
        String kind,
        @Nullable UUID personId,
        @Nullable UUID organizationId,
        @Nullable UUID onBehalfOf) {
    static final String SYSTEM = "system";
    static final String RESIDENT = "resident";

    static Author system() {
        return new Author(SYSTEM, null, null, null);
    }

    /** Of itself, in the name of a resident. */
    static Author systemFor(UUID residentId) {
        return new Author(SYSTEM, null, null, residentId);
    }
}
