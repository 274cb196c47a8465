package org.huying.identity.staff;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which staff to list; what is absent does not narrow. */
record StaffFilter(
        @Nullable String role,
        @Nullable UUID scopeId,
        @Nullable String usernameStart,
        @Nullable String name) {
    static StaffFilter ofName(String name) {
        return new StaffFilter(null, null, null, name);
    }
}
