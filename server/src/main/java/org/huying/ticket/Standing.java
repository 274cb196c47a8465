package org.huying.ticket;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Role;
import org.huying.place.Organization;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is to a ticket: computed once, from their grants, their household and mandates, and the ticket's row.
 *
 * @param visible    whether they may see it at all
 * @param atTheTop   whether the ticket lies with the highest office already
 * @param urgedAt    when the caller last urged
 */
record Standing(
        Set<Relation> relations,
        boolean visible,
        boolean atTheTop,
        @Nullable Instant urgedAt) {
    /** Time itself, which sees everything. */
    static Standing ofClock(TicketState ticket, Map<UUID, Organization> organizations) {
        return new Standing(Set.of(Relation.CLOCK), true, isAtTheTop(ticket, organizations), null);
    }

    static Standing of(Viewer viewer, Dossier dossier, Map<UUID, Organization> organizations) {
        var ticket = dossier.state();
        var relations = EnumSet.noneOf(Relation.class);
        var caller = viewer.caller();
        var seesAsStaff = false;
        if (caller.isResident()) {
            addResident(relations, viewer, dossier);
        } else {
            var responsible = Objects.requireNonNull(organizations.get(ticket.responsibleOrgId));
            var staffOfResponsible = isStaffOf(caller, responsible, ticket) || isAssignee(caller, dossier);
            addStaff(relations, caller, dossier, responsible, staffOfResponsible);
            var firstOwner = ticket.firstOwnerId == null ? null : organizations.get(ticket.firstOwnerId);
            var staffOfFirstOwner = firstOwner != null && isStaffOf(caller, firstOwner, ticket);
            var filed = isFiledBy(caller, dossier);
            if (filed && !staffOfResponsible && !staffOfFirstOwner) {
                relations.add(Relation.REPORTER);
            }
            seesAsStaff = staffOfResponsible
                    || staffOfFirstOwner
                    || caller.covers(Role.ADMIN, ticket.origin.placePath())
                    || filed;
        }
        return new Standing(
                relations, seesAsStaff || !relations.isEmpty(), isAtTheTop(ticket, organizations), dossier.urgedAt());
    }

    boolean is(Relation... anyOf) {
        return Stream.of(anyOf).anyMatch(relations::contains);
    }

    /** In whose name somebody on the reporter's side acts; nobody's but their own where they can. */
    static @Nullable UUID representedBy(Viewer viewer, Dossier dossier) {
        var represented = Stream.of(
                        isOneOf(viewer.persons(), dossier.reporterId()) ? dossier.reporterId() : null,
                        viewer.memberFor(dossier.state().origin),
                        dossier.coReporter())
                .filter(Objects::nonNull)
                .toList();
        return represented.stream().anyMatch(viewer.selves()::contains)
                ? null
                : represented.stream().findFirst().orElse(null);
    }

    /** Whether the grant makes its holder a member of the organization's staff. */
    static boolean isOfOrganization(Grant grant) {
        return grant.role() == Role.DISPATCHER || grant.role() == Role.WORKER;
    }

    /** Whether the grant makes its holder act for the office of exactly that place. */
    static boolean isOfOffice(Grant grant) {
        return grant.role() == Role.SUPERVISOR || grant.role() == Role.GRID_MEMBER;
    }

    private static void addResident(Set<Relation> relations, Viewer viewer, Dossier dossier) {
        var origin = dossier.state().origin;
        if (isOneOf(viewer.persons(), dossier.reporterId())
                || viewer.memberFor(origin) != null
                || dossier.coReporter() != null) {
            relations.add(Relation.REPORTER);
        }
        if (origin.householdId() == null && viewer.home().contains(origin.placeId())) {
            relations.add(Relation.NEIGHBOUR);
        }
    }

    private static void addStaff(
            Set<Relation> relations,
            Caller caller,
            Dossier dossier,
            Organization responsible,
            boolean staffOfResponsible) {
        var path = dossier.state().origin.placePath();
        if (caller.holds(Role.DISPATCHER, responsible.id())
                || (responsible.officePlaceId() != null
                        && caller.holds(Role.SUPERVISOR, responsible.officePlaceId()))) {
            relations.add(Relation.DISPATCHER);
        }
        if (isAssignee(caller, dossier)) {
            relations.add(Relation.WORKER);
        }
        if (caller.covers(Role.GRID_MEMBER, path) || caller.covers(Role.HOTLINE_AGENT, path)) {
            relations.add(Relation.GRID);
        }
        if (caller.covers(Role.SUPERVISOR, path)) {
            relations.add(Relation.SUPERVISOR);
        }
        // the path begins with the district and the town
        if (caller.covers(Role.SUPERVISOR, path.subList(0, Math.min(2, path.size())))) {
            relations.add(Relation.UPPER_SUPERVISOR);
        }
        if (!staffOfResponsible && (relations.contains(Relation.GRID) || relations.contains(Relation.SUPERVISOR))) {
            relations.add(Relation.VISITOR);
        }
    }

    private static boolean isAssignee(Caller caller, Dossier dossier) {
        return dossier.assigneeWorks() && caller.personId().equals(dossier.assigneeId());
    }

    /** What staff reported is theirs as long as they could report it there. */
    private static boolean isFiledBy(Caller caller, Dossier dossier) {
        var path = dossier.state().origin.placePath();
        return caller.personId().equals(dossier.reporterId())
                && (caller.covers(Role.GRID_MEMBER, path) || caller.covers(Role.HOTLINE_AGENT, path));
    }

    /** Of an office, its place's supervisor is staff, and the grid members of its place and below. */
    private static boolean isStaffOf(Caller caller, Organization organization, TicketState ticket) {
        var office = organization.officePlaceId();
        if (office == null) {
            return caller.holds(Role.DISPATCHER, organization.id()) || caller.holds(Role.WORKER, organization.id());
        }
        var path = ticket.origin.placePath();
        var level = path.indexOf(office);
        var below = level < 0 ? List.of(office) : path.subList(level, path.size());
        return caller.holds(Role.SUPERVISOR, office) || caller.covers(Role.GRID_MEMBER, below);
    }

    private static boolean isAtTheTop(TicketState ticket, Map<UUID, Organization> organizations) {
        var responsible = Objects.requireNonNull(organizations.get(ticket.responsibleOrgId));
        return ticket.origin.placePath().get(0).equals(responsible.officePlaceId());
    }

    private static boolean isOneOf(Set<UUID> persons, @Nullable UUID person) {
        return person != null && persons.contains(person);
    }
}
