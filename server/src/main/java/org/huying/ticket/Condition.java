package org.huying.ticket;

import static org.huying.ticket.TicketState.notAfter;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What must hold for an action besides state and relation. Terms include their last instant. */
@FunctionalInterface
interface Condition {
    Condition ALWAYS = (ticket, standing, now) -> true;
    Condition NEVER_SUSPENDED = (ticket, standing, now) -> !ticket.everSuspended;
    Condition SUSPENDED_BEFORE = (ticket, standing, now) -> ticket.everSuspended;
    Condition SUSPENSION_OVER = (ticket, standing, now) -> notAfter(ticket.suspendedUntil, now);
    Condition WAITED_LONG_ENOUGH =
            (ticket, standing, now) -> isOver(ticket.waitingSince, Windows.WAITING_FOR_INFO, now);
    Condition BELOW_THE_TOP = (ticket, standing, now) -> !standing.atTheTop();
    Condition CLOSING_DUE = (ticket, standing, now) -> isOver(ticket.latestResolvedAt, Windows.AFTER_RESOLVE, now);
    Condition JUST_RESOLVED = (ticket, standing, now) -> isWithin(ticket.latestResolvedAt, Windows.AFTER_RESOLVE, now);
    Condition RATING_OPEN = (ticket, standing, now) -> isWithin(ticket.latestResolvedAt, Windows.RATING, now);
    /** While it is open, and as long after its end as it may be rated. */
    Condition STILL_SPOKEN_OF =
            (ticket, standing, now) -> ticket.status.isOpen() || isWithin(ticket.endedAt(), Windows.RATING, now);

    Condition COUNTED = (ticket, standing, now) -> ticket.firstResolvedAt != null && ticket.exclusionSeq == null;
    Condition NOT_COUNTED = (ticket, standing, now) -> ticket.exclusionSeq != null;
    Condition NOT_JUST_URGED = (ticket, standing, now) ->
            standing.urgedAt() == null || isOver(standing.urgedAt(), Windows.BETWEEN_URGES, now);

    boolean holds(TicketState ticket, Standing standing, Instant now);

    private static boolean isWithin(@Nullable Instant start, Duration term, Instant now) {
        return start != null && notAfter(now, start.plus(term));
    }

    private static boolean isOver(@Nullable Instant start, Duration term, Instant now) {
        return start != null && notAfter(start.plus(term), now);
    }
}
