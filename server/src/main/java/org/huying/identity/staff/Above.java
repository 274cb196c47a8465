package org.huying.identity.staff;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.huying.kernel.Role;

/** Who is above whom: the whole of it. */
enum Above {
    DISTRICT(Role.ADMIN, Reach.EVERYWHERE, everybody()),
    PLACE(Role.SUPERVISOR, Reach.HERE_AND_BELOW, Set.of(Role.GRID_MEMBER, Role.HOTLINE_AGENT)),
    LOWER_PLACES(Role.SUPERVISOR, Reach.BELOW, Set.of(Role.SUPERVISOR)),
    ORGANIZATION(Role.DISPATCHER, Reach.HERE_AND_BELOW, Set.of(Role.WORKER));

    /** How far down from the scope of one's own role. */
    enum Reach {
        EVERYWHERE,
        HERE_AND_BELOW,
        BELOW
    }

    private final Role upper;
    private final Reach reach;
    private final Set<Role> lower;

    Above(Role upper, Reach reach, Set<Role> lower) {
        this.upper = upper;
        this.reach = reach;
        this.lower = lower;
    }

    static Stream<Above> of(Role upper) {
        return Arrays.stream(values()).filter(each -> each.upper == upper);
    }

    /** The roles that are above anybody at all. */
    static Role[] upperRoles() {
        return Arrays.stream(values()).map(each -> each.upper).distinct().toArray(Role[]::new);
    }

    Reach reach() {
        return reach;
    }

    Set<Role> lower() {
        return lower;
    }

    private static Set<Role> everybody() {
        return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Role.RESIDENT)));
    }
}
