package org.huying.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.huying.kernel.Caller;
import org.huying.place.Places.Residence;
import org.jspecify.annotations.Nullable;

/**
 * A caller, and whom and where they stand for in the matter of tickets.
 *
 * @param selves     the caller, and the entries that were merged into theirs: the log may know them by those
 * @param persons    these, and the residents whose ticket mandate they hold
 * @param residences where these belong, each from an instant on: what a household reported before is not theirs
 * @param home       the places that the caller's own households lie in, all levels
 */
record Viewer(Caller caller, Set<UUID> selves, Set<UUID> persons, List<Residence> residences, Set<UUID> home) {
    Viewer {
        selves = Set.copyOf(selves);
        persons = Set.copyOf(persons);
        residences = List.copyOf(residences);
        home = Set.copyOf(home);
    }

    UUID id() {
        return caller.personId();
    }

    UUID districtId() {
        return caller.districtId();
    }

    /** The member of the household, since before the ticket was reported, in whose name: the caller where possible. */
    @Nullable
    UUID memberFor(Origin origin) {
        var members = residences.stream()
                .filter(each -> each.householdId().equals(origin.householdId()))
                .filter(each -> !origin.submittedAt().isBefore(each.since()))
                .map(Residence::residentId)
                .toList();
        return members.contains(id()) ? id() : members.stream().findFirst().orElse(null);
    }

    /** The households, each with the instant from which on somebody whom the caller stands for belongs to it. */
    Map<UUID, Instant> households() {
        return residences.stream()
                .collect(Collectors.toMap(
                        Residence::householdId, Residence::since, BinaryOperator.minBy(Instant::compareTo)));
    }
}
