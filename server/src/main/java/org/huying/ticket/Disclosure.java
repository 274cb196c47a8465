package org.huying.ticket;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.huying.ticket.TicketView.Reporter;
import org.jspecify.annotations.Nullable;

/** How much of the people and the words of a ticket a caller learns. */
enum Disclosure {
    /** The reporter, their household and mandate holders, and the staff who handle it. */
    FULL,
    /** Those who worked on it, once it has ended; staff of the place, once there is nobody to ask any more. */
    MASKED,
    /**
     * Neighbours, those whose report was merged into it, those who only watch, whoever filed it in the name of somebody that
     * is not theirs to look after, and everybody where the reporter is anonymous.
     */
    NONE;

    /** What neighbours read: what is wrong, and what becomes of it; not what goes between staff and reporter. */
    private static final Set<EventType> PUBLIC = EnumSet.of(
            EventType.SUBMITTED, EventType.SUSPENDED, EventType.TRANSFERRED, EventType.ESCALATED, EventType.RESOLVED);

    private static final Set<Status> ANSWERED = EnumSet.of(Status.RESOLVED, Status.CLOSED);

    static Disclosure ofReporter(Viewer viewer, Dossier dossier, Standing standing, Instant now) {
        var origin = dossier.state().origin;
        var reporter = dossier.reporterId();
        if (reporter != null && viewer.persons().contains(reporter)) {
            return FULL;
        }
        if (origin.anonymous()) {
            return NONE;
        }
        // Not whoever stands on the reporter's side: those merged into it are neighbours of the reporter's, no more.
        if (viewer.memberFor(origin) != null) {
            return FULL;
        }
        if (dossier.filedForStranger()) {
            return NONE;
        }
        var ticket = dossier.state();
        if (standing.is(Relation.GRID, Relation.SUPERVISOR)) {
            return ticket.status.isOpen() || isAnswered(ticket, standing, now) ? FULL : MASKED;
        }
        if (standing.is(Relation.DISPATCHER, Relation.WORKER)) {
            return ticket.status.isOpen() ? FULL : MASKED;
        }
        return NONE;
    }

    /** While the reporter may still judge it, staff of the place ask them how it went. */
    private static boolean isAnswered(TicketState ticket, Standing standing, Instant now) {
        return ANSWERED.contains(ticket.status) && Condition.RATING_OPEN.holds(ticket, standing, now);
    }

    /**
     * Who of an event is known by name to somebody to whom the reporter is disclosed so far. What was done by or for those
     * they stand for always bears its names; of a public spot, residents learn no others. An event of somebody hidden
     * names no resident at all: who acts in whose name says as much.
     *
     * @param refs the pseudonyms of the event
     */
    Predicate<String> ofPeople(Viewer viewer, Dossier dossier, Collection<String> refs, Cast cast) {
        var own = refs.stream()
                .filter(Cast::isResident)
                .map(cast::person)
                .anyMatch(person -> person != null && viewer.persons().contains(person));
        if (own) {
            return ref -> true;
        }
        var isAmongNeighbours =
                viewer.caller().isResident() && dossier.state().origin.householdId() == null;
        var hides = refs.stream().anyMatch(ref -> dossier.hides(ref, cast.person(ref)));
        var residentsToo = this == FULL && !isAmongNeighbours && !hides;
        return ref ->
                Cast.isResident(ref) ? residentsToo : !dossier.hides(ref, cast.person(ref)) || isOf(viewer, ref, cast);
    }

    private static boolean isOf(Viewer viewer, String ref, Cast cast) {
        return viewer.id().equals(cast.person(ref));
    }

    /** Where they are told, to those who may know who reported: it is often where that one stood. Others read it rounded. */
    static boolean ofPlace(Viewer viewer, Dossier dossier, Disclosure ofReporter) {
        if (ofReporter == FULL) {
            return true;
        }
        return !dossier.state().origin.anonymous() && !viewer.caller().isResident();
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
