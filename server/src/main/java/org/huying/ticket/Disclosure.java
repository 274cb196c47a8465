package org.huying.ticket;

import java.util.EnumSet;
import java.util.Set;
import org.huying.ticket.TicketView.Reporter;
import org.jspecify.annotations.Nullable;

/** How much of the people and the words of a ticket a caller learns. */
enum Disclosure {
    /** The reporter, their household and mandate holders, and staff of the place. */
    FULL,
    /** Those who work on it, once it has ended. */
    MASKED,
    /** Neighbours, those whose report was merged into it, those who only watch, and everybody where the reporter is anonymous. */
    NONE;

    /** What neighbours read: what is wrong, and what becomes of it; not what goes between staff and reporter. */
    private static final Set<EventType> PUBLIC = EnumSet.of(
            EventType.SUBMITTED, EventType.SUSPENDED, EventType.TRANSFERRED, EventType.ESCALATED, EventType.RESOLVED);

    static Disclosure ofReporter(Viewer viewer, Dossier dossier, Standing standing) {
        var origin = dossier.state().origin;
        var reporter = dossier.reporterId();
        if (reporter != null && viewer.persons().contains(reporter)) {
            return FULL;
        }
        if (origin.anonymous()) {
            return NONE;
        }
        // Not whoever stands on the reporter's side: those merged into it are neighbours of the reporter's, no more.
        var household = origin.householdId();
        if (household != null && viewer.households().containsKey(household)) {
            return FULL;
        }
        if (standing.is(Relation.GRID, Relation.SUPERVISOR)) {
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
