package org.huying.ticket;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.huying.kernel.Caller;

/**
 * A caller, and whom and where they stand for in the matter of tickets.
 *
 * @param persons    the caller, and the residents whose ticket mandate they hold
 * @param households those whose tickets they act on, each with the member in whose name: the caller where possible
 * @param home       the places that the caller's own households lie in, all levels
 */
record Viewer(Caller caller, Set<UUID> persons, Map<UUID, UUID> households, Set<UUID> home) {
    Viewer {
        persons = Set.copyOf(persons);
        households = Map.copyOf(households);
        home = Set.copyOf(home);
    }

    UUID id() {
        return caller.personId();
    }

    UUID districtId() {
        return caller.districtId();
    }
}
