package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.ActRows;
import org.huying.db.FieldCipher;
import org.huying.db.job.JobHandler;
import org.huying.identity.People;
import org.huying.kernel.ActFor;
import org.huying.kernel.Caller;
import org.huying.photo.Photos;
import org.huying.place.Places;
import org.huying.ticket.catalogue.Catalogue;
import org.huying.ticket.catalogue.ServiceItem;
import org.jspecify.annotations.Nullable;

/**
 * What other features may do with tickets. Every change runs in the transaction of the client given and takes its now
 * from the clock given here, so whoever replays history makes an instance with a clock of their own.
 */
public final class Tickets {
    /**
     * Where a ticket stands after a change.
     *
     * @param nextClockAt when {@link #advance} will next find something to do
     */
    public record Summary(
            UUID id,
            String ticketNo,
            Status status,
            UUID responsibleOrgId,
            @Nullable Instant nextClockAt) {
        private static Summary of(TicketState state) {
            return new Summary(
                    state.origin.id(),
                    state.origin.ticketNo(),
                    state.status,
                    state.responsibleOrgId,
                    state.nextClock());
        }
    }

    /**
     * An event's author and note.
     *
     * @param author null where the caller does not learn the name
     * @param note   null where there is none, or the caller does not read it
     */
    public record Remark(@Nullable String author, @Nullable String note) {}

    /** By what it is said for how long a ticket has been over. */
    public enum Since {
        /** By when it was closed, cancelled or merged. */
        OVER,
        /** By when the last thing happened to it after that. */
        QUIET
    }

    /** A ticket that is over, and since when. */
    public record Over(UUID id, Instant at) {
        /** Before all others. */
        public static final Over NONE = new Over(new UUID(0, 0), Instant.EPOCH);
    }

    private final TicketStore store;
    private final Catalogue catalogue;
    private final Submissions submissions;
    private final TicketActions actions;
    private final TicketClock ticketClock;
    private final TicketReader reader;
    private final TicketLists lists;
    private final Similar similar;
    private final TraceStore traces = new TraceStore();

    public Tickets(FieldCipher cipher, Places places, People people, Clock clock) {
        this.store = new TicketStore(cipher);
        var routing = new Routing(places, people);
        var viewers = new Viewers(places, people);
        var photos = new Photos();
        this.catalogue = new Catalogue(clock, places);
        var recorder = new Recorder(store, new TicketNotices(store, catalogue, routing, people));
        var steps = new Steps(store, new DueTimes(catalogue), routing, places, photos);
        this.submissions = new Submissions(
                clock, new Intake(places, people, catalogue, photos), routing, places, store, recorder, photos);
        this.actions = new TicketActions(clock, store, viewers, routing, steps, recorder);
        this.ticketClock = new TicketClock(clock, store, routing, steps, recorder);
        var views = new TicketViews(clock, store, people, photos);
        this.reader = new TicketReader(store, viewers, routing, views);
        this.similar = new Similar(store, catalogue, viewers, routing, views);
        this.lists = new TicketLists(clock, store, viewers, routing, views);
    }

    /** Adds an item, or a new version of one, to the catalogue; versions count from 1. */
    public Future<Void> publish(SqlClient client, UUID districtId, ServiceItem item) {
        return catalogue.add(client, districtId, item);
    }

    /** Whether a ticket was ever at the place or below it, by the path that it had when it was reported. */
    public Future<Boolean> everAt(SqlClient client, UUID districtId, UUID placeId) {
        return traces.isInAPath(client, districtId, placeId);
    }

    /** Whether a ticket was ever with the organization or one of its people. */
    public Future<Boolean> everWith(SqlClient client, UUID districtId, UUID organizationId) {
        return traces.isNamed(client, districtId, organizationId);
    }

    /** Reports something, unless the same person has just reported it in the same words: {@code already_reported}. */
    public Future<Summary> submitOnce(SqlClient client, Caller caller, Submission submission) {
        return submissions.submitOnce(client, caller, submission).map(Summary::of);
    }

    /** Reports something, as often as it is said. */
    public Future<Summary> submit(SqlClient client, Caller caller, Submission submission) {
        return submissions.submit(client, caller, submission).map(Summary::of);
    }

    /**
     * Opens a visit to somebody who missed their meals, for the grid of where they live.
     *
     * @param canteenPlaceId where they eat, if no home of theirs is known
     */
    public Future<Summary> openCareVisit(SqlClient client, UUID districtId, UUID dinerId, UUID canteenPlaceId) {
        return submissions
                .openCareVisit(client, districtId, dinerId, canteenPlaceId)
                .map(Summary::of);
    }

    /** Does what a person asks for, if the table of actions lets them. */
    public Future<Summary> act(SqlClient client, Caller caller, UUID ticketId, Action action, ActionInput input) {
        return actions.act(client, caller, ticketId, action, input).map(Summary::of);
    }

    /**
     * Does what time itself owes the ticket by now: closing, taking back a question, resuming, marking overdue,
     * escalating. Too early or twice does nothing.
     *
     * @return whether anything was due
     */
    public Future<Boolean> advance(SqlClient client, UUID districtId, UUID ticketId) {
        return ticketClock.advance(client, districtId, ticketId);
    }

    /** Refuses a ticket that is not there, or that the caller may not see. */
    public Future<Void> requireSight(SqlClient client, Caller caller, UUID ticketId) {
        return reader.requireSight(client, caller, ticketId);
    }

    /** Who wrote an event of a ticket in sight, and the note, as far as the caller may know. */
    public Future<Remark> remark(SqlClient client, Caller caller, UUID ticketId, int eventSeq) {
        return reader.events(client, caller, ticketId, eventSeq - 1, 1)
                .map(page -> page.items().get(0).remark());
    }

    /** Whether the caller may read the words of an event, and so see its photos. */
    public Future<Boolean> reads(SqlClient client, Caller caller, UUID ticketId, int eventSeq) {
        return reader.reads(client, caller, ticketId, eventSeq);
    }

    /** Tickets that are over since before an instant, the oldest first, behind the one given. */
    public Future<List<Over>> over(
            SqlClient client, UUID districtId, Since since, Over after, Instant before, int limit) {
        return store.over(client, districtId, since, after, before, limit);
    }

    /** Takes the words from beside the events of tickets; the events stay. How many there were. */
    public Future<Integer> expireTexts(SqlClient client, UUID districtId, Collection<UUID> ticketIds) {
        return store.eraseTexts(client, districtId, ticketIds);
    }

    /**
     * What others did in a resident's name on tickets, the newest first.
     *
     * @param anonymousToo whether the reader may know on which the resident is anonymous
     */
    public Future<List<ActFor>> actsFor(SqlClient client, ActFor.Query query, boolean anonymousToo) {
        return ActRows.read(client, TicketActSql.ACTS_FOR, query, anonymousToo);
    }

    /** What this room does later. */
    public Map<String, JobHandler> jobs() {
        return Map.of(
                TicketStore.CLOCK,
                (transaction, job) -> ticketClock
                        .advance(transaction, job.districtId(), job.subjectId())
                        .mapEmpty());
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    TicketLists lists() {
        return lists;
    }

    Similar similar() {
        return similar;
    }

    TicketReader reader() {
        return reader;
    }
}
