package org.huying.identity;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.huying.identity.session.SessionOwner;
import org.huying.kernel.Role;

/** Who has logged in, with the roles of that moment. */
record Principal(SessionOwner owner, String displayName, Collection<Role> roles) {
    /** As the contract shows it. */
    record View(UUID id, String kind, String displayName, List<String> roles) {}

    View view() {
        return new View(owner.personId(), owner.kind().code(), displayName, codes(roles));
    }

    static List<String> codes(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::code).toList();
    }
}
