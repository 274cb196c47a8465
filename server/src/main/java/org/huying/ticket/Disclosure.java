package org.huying.ticket;

import java.util.EnumSet;
import java.util.Set;
import org.huying.ticket.TicketView.Reporter;
import org.jspecify.annotations.Nullable;

/** How much of the people and the words of a ticket a caller learns. */
enum Disclosure {
    /** The reporter's side, and staff of the place. */
    FULL,
    /** Those who work on it, once it has ended. */
    MASKED,
    /** Neighbours, those who only watch, and everybody where the reporter is anonymous. */
    NONE;

    /** What neighbours read: what is wrong, and what becomes of it; not what goes between staff and reporter. */
    private static final Set<EventType> PUBLIC = EnumSet.of(
            EventType.SUBMITTED, EventType.SUSPENDED, EventType.TRANSFERRED, EventType.ESCALATED, EventType.RESOLVED);

    static Disclosure ofReporter(Viewer viewer, Dossier dossier, Standing standing) {
        if (dossier.state().origin.anonymous()) {
            var reporter = dossier.reporterId();
            return reporter != null && viewer.persons().contains(reporter) ? FULL : NONE;
        }
        if (standing.is(Relation.REPORTER, Relation.GRID, Relation.SUPERVISOR)) {
            return FULL;
        }
        if (standing.is(Relation.DISPATCHER, Relation.WORKER)) {
            return dossier.state().status.isOpen() ? FULL : MASKED;
        }
        return NONE;
    }

    /** Whether the caller reads the words beside an event. */
    static boolean ofTexts(Viewer viewer, Standing standing, TicketEvent event) {
        if (!viewer.caller().isResident()) {
            return true;
        }
        if (standing.is(Relation.REPORTER)) {
            return !Boolean.TRUE.equals(event.data().getBoolean("internal"));
        }
        return PUBLIC.contains(event.type());
    }

    @Nullable
    Reporter apply(@Nullable Reporter reporter) {
        if (reporter == null) {
            return null;
        }
        return switch (this) {
            case FULL -> reporter;
            case MASKED -> reporter.withoutPhone().masked();
            case NONE -> null;
        };
    }
}
