package org.huying.identity.staff;

import java.util.UUID;
import org.huying.kernel.Role;

/** A role to be held, as it was asked for: whether there is such a scope is still to be seen. */
record AskedGrant(Role role, UUID scopeId) {}
