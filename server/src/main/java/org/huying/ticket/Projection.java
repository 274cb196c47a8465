package org.huying.ticket;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each event makes of a ticket: the "to" column of the table in domain.md 3, and the instants of section 4. */
final class Projection {
    private Projection() {}

    static void take(TicketState ticket, TicketEvent event) {
        var at = event.at();
        switch (event.type()) {
            case SUBMITTED -> throw new IllegalArgumentException("a chain has one submitted, at its start");
            case ACCEPTED -> accept(ticket, at);
            case ASSIGNED -> assign(ticket, event);
            case STARTED -> ticket.status = Status.IN_PROGRESS;
            case INFO_REQUESTED -> requestInfo(ticket, event);
            case SUSPENDED -> suspend(ticket, event);
            case INFO_PROVIDED, REQUEST_WITHDRAWN, RESUMED -> {
                ticket.status = Objects.requireNonNull(ticket.statusBefore);
                unpause(ticket, event);
            }
            case TRANSFERRED, ESCALATED -> handOn(ticket, event);
            case RESOLVED -> resolve(ticket, event);
            case CONFIRMED -> {
                ticket.confirmedAt = earliest(ticket.confirmedAt, at);
                close(ticket, at);
            }
            case CLOSED -> close(ticket, at);
            case REOPENED -> reopen(ticket, at);
            case FOLLOWED_UP -> {
                if (event.data().getBoolean("solved")) {
                    ticket.confirmedAt = earliest(ticket.confirmedAt, at);
                }
            }
            case CANCELLED -> {
                ticket.cancelledAt = at;
                end(ticket, Status.CANCELLED, event);
            }
            case MERGED -> {
                ticket.mergedAt = at;
                ticket.mergedIntoId = TicketState.requiredUuid(event.data(), "intoTicketId");
                end(ticket, Status.MERGED, event);
            }
            case RE_REPORTED -> ticket.reReportedAt = inWindow(ticket, ticket.reReportedAt, at);
            case EXCLUDED -> {
                ticket.exclusionSeq = event.seq();
                ticket.exclusionReason = event.data().getString("reason");
            }
            case INCLUDED -> {
                ticket.exclusionSeq = null;
                ticket.exclusionReason = null;
            }
            case RATED -> rate(ticket, event);
            case OVERDUE -> overdue(ticket, event);
            case COMMENTED, URGED -> {}
        }
    }

    private static void accept(TicketState ticket, Instant at) {
        respond(ticket, at);
        ticket.status = Status.ACCEPTED;
        ticket.firstAcceptedAt = earliest(ticket.firstAcceptedAt, at);
        own(ticket, at);
    }

    private static void assign(TicketState ticket, TicketEvent event) {
        ticket.status = Status.ASSIGNED;
        ticket.assigneeRef = event.data().getString("assignee");
        ticket.assigneeOrgId = TicketState.requiredUuid(event.data(), "organizationId");
    }

    private static void requestInfo(TicketState ticket, TicketEvent event) {
        var at = event.at();
        if (ticket.firstResolvedAt == null) {
            ticket.infoRequests++;
            if (ticket.infoRequests == 2) {
                ticket.infoTwiceAt = at;
            }
        }
        ticket.waitingSince = at;
        pause(ticket, Status.WAITING_INFO, event);
    }

    private static void suspend(TicketState ticket, TicketEvent event) {
        ticket.everSuspended = true;
        ticket.suspendedUntil = TicketState.instant(event.data(), "until");
        ticket.suspendedAt = onTheWay(ticket, ticket.suspendedAt, event.at());
        pause(ticket, Status.SUSPENDED, event);
    }

    private static void handOn(TicketState ticket, TicketEvent event) {
        respond(ticket, event.at());
        own(ticket, event.at());
        if (event.type() == EventType.TRANSFERRED) {
            ticket.transferredAt = onTheWay(ticket, ticket.transferredAt, event.at());
        } else {
            ticket.escalatedAt = onTheWay(ticket, ticket.escalatedAt, event.at());
        }
        ticket.responsibleOrgId = TicketState.requiredUuid(event.data(), "organizationId");
        ticket.responseDueAt = TicketState.instant(event.data(), "responseDueAt");
        ticket.responseOverdueAt = null;
        ticket.assigneeRef = null;
        ticket.assigneeOrgId = null;
        end(ticket, Status.SUBMITTED, event);
    }

    private static void resolve(TicketState ticket, TicketEvent event) {
        var outcome = event.data().getString("outcome");
        if (ticket.firstResolvedAt == null) {
            ticket.firstResolvedAt = event.at();
            ticket.firstOutcome = outcome;
            if (ticket.resolutionDueAt != null && event.at().isAfter(ticket.resolutionDueAt)) {
                ticket.resolutionLateAt = ticket.resolutionDueAt;
            }
            if (ticket.infoTwiceAt != null && !ticket.infoTwiceAt.isBefore(event.at())) {
                ticket.infoTwiceAt = null;
            }
        }
        ticket.latestResolvedAt = event.at();
        ticket.latestOutcome = outcome;
        ticket.status = Status.RESOLVED;
    }

    private static void close(TicketState ticket, Instant at) {
        ticket.status = Status.CLOSED;
        ticket.closedAt = at;
    }

    private static void reopen(TicketState ticket, Instant at) {
        ticket.status = ticket.assigneeRef == null ? Status.ACCEPTED : Status.IN_PROGRESS;
        ticket.closedAt = null;
        ticket.reopenedAt = inWindow(ticket, ticket.reopenedAt, at);
    }

    private static void rate(TicketState ticket, TicketEvent event) {
        ticket.rating = event.data().getInteger("rating");
        if (ticket.rating <= 2) {
            ticket.dissatisfiedAt = inWindow(ticket, ticket.dissatisfiedAt, event.at());
        }
    }

    private static void overdue(TicketState ticket, TicketEvent event) {
        if (event.data().getString("clock").equals("response")) {
            ticket.responseOverdueAt = event.at();
        } else {
            ticket.resolutionOverdueAt = event.at();
        }
    }

    /** The first organization that accepts, transfers or escalates is the first owner, for good. */
    private static void own(TicketState ticket, Instant at) {
        if (ticket.firstOwnerId == null) {
            ticket.firstOwnerId = ticket.responsibleOrgId;
            ticket.firstOwnedAt = at;
        }
    }

    /** To accept or to hand on is the answer that the response clock waits for. */
    private static void respond(TicketState ticket, Instant at) {
        if (ticket.status == Status.SUBMITTED && at.isAfter(ticket.responseDueAt)) {
            ticket.responseLateAt = onTheWay(ticket, ticket.responseLateAt, ticket.responseDueAt);
        }
    }

    /** What is remembered of a ticket's way to its first resolve: the first time that it happened. */
    private static @Nullable Instant onTheWay(TicketState ticket, @Nullable Instant known, Instant at) {
        return known == null && ticket.firstResolvedAt == null ? at : known;
    }

    /** What is left of the clock is kept, unless it has run out. */
    private static void pause(TicketState ticket, Status status, TicketEvent event) {
        ticket.statusBefore = ticket.status;
        ticket.status = status;
        var leftMillis = event.data().getLong("resolutionLeftMillis");
        if (leftMillis != null) {
            ticket.resolutionLeftMillis = leftMillis;
            ticket.resolutionDueAt = null;
        }
    }

    private static void unpause(TicketState ticket, TicketEvent event) {
        ticket.statusBefore = null;
        ticket.waitingSince = null;
        ticket.suspendedUntil = null;
        ticket.resolutionLeftMillis = null;
        if (event.data().containsKey("resolutionDueAt")) {
            ticket.resolutionDueAt = TicketState.instant(event.data(), "resolutionDueAt");
        }
    }

    /** Leaves whatever it was in the middle of. */
    private static void end(TicketState ticket, Status status, TicketEvent event) {
        ticket.status = status;
        unpause(ticket, event);
    }

    private static @Nullable Instant inWindow(TicketState ticket, @Nullable Instant known, Instant at) {
        return known == null && ticket.isInWindow(at) ? at : known;
    }

    private static Instant earliest(@Nullable Instant known, Instant at) {
        return known == null ? at : known;
    }
}
