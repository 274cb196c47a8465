package org.huying.ticket;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is being written to one ticket in one transaction: events, each with the state that it leaves behind. */
final class Change {
    /** An event and the texts beside it. */
    record Entry(TicketEvent event, @Nullable JsonObject shown) {}

    private final UUID districtId;
    private final UUID ticketId;
    private final Cast cast;
    private final Instant at;
    private final @Nullable Instant clockBefore;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private @Nullable TicketState state;

    private Change(UUID districtId, UUID ticketId, @Nullable TicketState state, Cast cast, Instant at) {
        this.districtId = districtId;
        this.ticketId = ticketId;
        this.state = state;
        this.cast = cast;
        this.at = at;
        this.clockBefore = state == null ? null : state.nextClock();
    }

    static Change begin(UUID districtId, UUID ticketId, Instant now) {
        return new Change(districtId, ticketId, null, new Cast(), now.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Time in a ticket's log never runs backwards, whatever a node's clock says. */
    static Change of(UUID districtId, TicketState state, Cast cast, Instant now) {
        var millis = now.truncatedTo(ChronoUnit.MILLIS);
        var at = millis.isBefore(state.lastAt) ? state.lastAt : millis;
        return new Change(districtId, state.origin.id(), state, cast, at);
    }

    /** Appends an event; returns the state after it. */
    TicketState write(Author author, Draft draft) {
        var before = state;
        var actor = new TicketEvent.Actor(cast.refOf(author), author.kind(), author.organizationId());
        var onBehalfOf = author.onBehalfOf() == null ? null : cast.refOf(Author.RESIDENT, author.onBehalfOf());
        var event = TicketEvent.link(
                ticketId,
                before == null ? 1 : before.lastSeq + 1,
                draft.type(),
                at,
                actor,
                onBehalfOf,
                draft.data(),
                before == null ? TicketEvent.GENESIS : before.lastHash);
        entries.add(new Entry(event, draft.shown()));
        var after = before == null ? new TicketState(event) : before.apply(event);
        turns.addAll(Turn.of(before, after, event));
        state = after;
        return after;
    }

    /** When time itself will next act on the ticket, if that is another instant than before. */
    Optional<Instant> nextCall() {
        return Optional.ofNullable(state().nextClock()).filter(next -> !next.equals(clockBefore));
    }

    UUID districtId() {
        return districtId;
    }

    Instant at() {
        return at;
    }

    Cast cast() {
        return cast;
    }

    TicketState state() {
        return Objects.requireNonNull(state, "nothing written yet");
    }

    List<Entry> entries() {
        return entries;
    }

    List<Turn> turns() {
        return turns;
    }
}
