package org.huying.audit;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Whether the service has marked the re-reports that there were, each at its instant, and no others. */
final class ReportMarks {
    private final Map<UUID, History> tickets;
    private final Map<UUID, UUID> reporters;

    /** @param reporters of tickets, as far as they are known */
    ReportMarks(Map<UUID, History> tickets, Map<UUID, UUID> reporters) {
        this.tickets = tickets;
        this.reporters = reporters;
    }

    void verify() {
        var kin = tickets.values().stream().collect(Collectors.groupingBy(this::kinship));
        for (var ticket : tickets.values()) {
            var marked = marked(ticket);
            if (ticket.household() != null || reporters.containsKey(ticket.ticketId())) {
                var owed = Objects.requireNonNull(kin.get(kinship(ticket))).stream()
                        .filter(other -> isReReport(ticket, other))
                        .map(History::ticketId)
                        .collect(Collectors.toSet());
                require(ticket, marked.equals(owed), "its marks are " + marked + ", its re-reports " + owed);
            }
        }
    }

    /** What two tickets have in common of which one may repeat the other. */
    private String kinship(History ticket) {
        var whose = ticket.household() != null
                ? ticket.household()
                : ticket.place() + " " + reporters.get(ticket.ticketId());
        return ticket.serviceItem() + " " + whose;
    }

    private Set<UUID> marked(History ticket) {
        var marked = new HashSet<UUID>();
        ticket.of("re_reported")
                .filter(event -> event.actorKind().equals("system"))
                .forEach(event -> {
                    var other = Objects.requireNonNull(
                            tickets.get(UUID.fromString(event.data().getString("ticketId"))), "a ticket out of sight");
                    require(ticket, other.submittedAt().equals(event.at()), "a mark at another time than its report");
                    require(ticket, isReReport(ticket, other), "a mark for what is no re-report");
                    require(ticket, marked.add(other.ticketId()), "a re-report marked twice");
                });
        return marked;
    }

    /** As far as it can be told without knowing who reported. */
    private static boolean isReReport(History ticket, History other) {
        var resolved = ticket.first("resolved");
        return resolved != null
                && !other.ticketId().equals(ticket.ticketId())
                && other.serviceItem().equals(ticket.serviceItem())
                && Objects.equals(other.household(), ticket.household())
                && other.place().equals(ticket.place())
                && Recomputation.isInWindow(resolved.at(), other.submittedAt());
    }

    private static void require(History ticket, boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(ticket.ticketId() + ": " + otherwise);
        }
    }
}
