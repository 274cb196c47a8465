package org.huying.identity.staff;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which staff to list; what is absent does not narrow. {@code query} is a whole name, or how a user name begins. */
record StaffFilter(
        @Nullable String role,
        @Nullable UUID scopeId,
        @Nullable String query) {}
