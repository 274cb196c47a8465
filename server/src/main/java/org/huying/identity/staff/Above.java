package org.huying.identity.staff;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.huying.kernel.Role;

/** That whoever holds one role is above those who hold some others, this far down from the scope of their own. */
record Above(Role upper, Reach reach, Set<Role> lower) {
    /** How far down. */
    enum Reach {
        EVERYWHERE,
        HERE_AND_BELOW,
        BELOW
    }

    /** Who is above whom: the whole of it. */
    private static final List<Above> TABLE = List.of(
            new Above(Role.ADMIN, Reach.EVERYWHERE, everybody()),
            new Above(Role.SUPERVISOR, Reach.HERE_AND_BELOW, Set.of(Role.GRID_MEMBER, Role.HOTLINE_AGENT)),
            new Above(Role.SUPERVISOR, Reach.BELOW, Set.of(Role.SUPERVISOR)),
            new Above(Role.DISPATCHER, Reach.HERE_AND_BELOW, Set.of(Role.WORKER)));

    static Stream<Above> of(Role upper) {
        return TABLE.stream().filter(each -> each.upper == upper);
    }

    /** The roles that are above anybody at all. */
    static Role[] upperRoles() {
        return TABLE.stream().map(Above::upper).distinct().toArray(Role[]::new);
    }

    private static Set<Role> everybody() {
        return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Role.RESIDENT)));
    }
}
