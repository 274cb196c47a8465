package org.huying.ticket;

import static org.huying.ticket.Relation.CLOCK;
import static org.huying.ticket.Relation.DISPATCHER;
import static org.huying.ticket.Relation.GRID;
import static org.huying.ticket.Relation.NEIGHBOUR;
import static org.huying.ticket.Relation.REPORTER;
import static org.huying.ticket.Relation.SUPERVISOR;
import static org.huying.ticket.Relation.UPPER_SUPERVISOR;
import static org.huying.ticket.Relation.VISITOR;
import static org.huying.ticket.Relation.WORKER;
import static org.huying.ticket.Status.ACCEPTED;
import static org.huying.ticket.Status.ASSIGNED;
import static org.huying.ticket.Status.CLOSED;
import static org.huying.ticket.Status.IN_PROGRESS;
import static org.huying.ticket.Status.RESOLVED;
import static org.huying.ticket.Status.SUBMITTED;
import static org.huying.ticket.Status.SUSPENDED;
import static org.huying.ticket.Status.WAITING_INFO;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The life cycle as a table, line by line that of domain.md 3: who may, from which states, under which condition, and
 * what is written. Where an action leads to stands in {@link TicketState#apply}. An action may have several lines.
 */
public enum Action {
    ACCEPT(EventType.ACCEPTED, by(DISPATCHER).from(SUBMITTED)),
    ASSIGN(EventType.ASSIGNED, by(DISPATCHER).from(ACCEPTED, ASSIGNED, IN_PROGRESS)),
    START(EventType.STARTED, by(WORKER).from(ASSIGNED)),
    REQUEST_INFO(EventType.INFO_REQUESTED, by(DISPATCHER, WORKER).from(ACCEPTED, ASSIGNED, IN_PROGRESS)),
    PROVIDE_INFO(EventType.INFO_PROVIDED, by(REPORTER).from(WAITING_INFO)),
    WITHDRAW_REQUEST(
            EventType.REQUEST_WITHDRAWN,
            by(DISPATCHER, WORKER).from(WAITING_INFO),
            by(CLOCK).from(WAITING_INFO).when(Condition.WAITED_LONG_ENOUGH)),
    SUSPEND(
            EventType.SUSPENDED,
            by(DISPATCHER).from(ACCEPTED, ASSIGNED, IN_PROGRESS).when(Condition.NEVER_SUSPENDED),
            by(UPPER_SUPERVISOR).from(ACCEPTED, ASSIGNED, IN_PROGRESS).when(Condition.SUSPENDED_BEFORE)),
    RESUME(
            EventType.RESUMED,
            by(DISPATCHER).from(SUSPENDED),
            by(CLOCK).from(SUSPENDED).when(Condition.SUSPENSION_OVER)),
    TRANSFER(EventType.TRANSFERRED, by(DISPATCHER, SUPERVISOR).from(SUBMITTED, ACCEPTED, ASSIGNED, IN_PROGRESS)),
    ESCALATE(
            EventType.ESCALATED,
            by(DISPATCHER, SUPERVISOR, CLOCK).from(Status.OPEN).when(Condition.BELOW_THE_TOP)),
    RESOLVE(
            EventType.RESOLVED,
            by(WORKER, DISPATCHER).from(IN_PROGRESS),
            by(DISPATCHER).from(ACCEPTED, ASSIGNED)),
    CONFIRM(EventType.CONFIRMED, by(REPORTER).from(RESOLVED).when(Condition.JUST_RESOLVED)),
    CLOSE(EventType.CLOSED, by(CLOCK).from(RESOLVED).when(Condition.CLOSING_DUE)),
    REOPEN(EventType.REOPENED, by(REPORTER).from(RESOLVED, CLOSED).when(Condition.JUST_RESOLVED)),
    FOLLOW_UP(EventType.FOLLOWED_UP, by(VISITOR).from(RESOLVED, CLOSED)),
    CANCEL(EventType.CANCELLED, by(REPORTER).from(Status.OPEN)),
    MERGE(EventType.MERGED, by(DISPATCHER, SUPERVISOR).from(SUBMITTED, ACCEPTED)),
    LINK(EventType.RE_REPORTED, by(UPPER_SUPERVISOR).from(RESOLVED, CLOSED)),
    EXCLUDE(EventType.EXCLUDED, by(UPPER_SUPERVISOR).from(Status.ALL).when(Condition.COUNTED)),
    INCLUDE(EventType.INCLUDED, by(UPPER_SUPERVISOR).from(Status.ALL).when(Condition.NOT_COUNTED)),
    COMMENT(
            EventType.COMMENTED,
            by(REPORTER, DISPATCHER, WORKER, GRID, SUPERVISOR).from(Status.ALL).when(Condition.STILL_SPOKEN_OF)),
    URGE(EventType.URGED, by(REPORTER).from(Status.OPEN).when(Condition.NOT_JUST_URGED)),
    FOLLOW(null, by(NEIGHBOUR).from(Status.OPEN)),
    UNFOLLOW(null, by(NEIGHBOUR).from(Status.OPEN)),
    RATE(EventType.RATED, by(REPORTER).from(RESOLVED, CLOSED).when(Condition.RATING_OPEN));

    /** One line: somebody who is one of these to a ticket in one of these states may, if the condition holds. */
    record Line(List<Relation> who, Set<Status> from, Condition condition) {
        Line from(Status... states) {
            return new Line(who, Set.of(states), condition);
        }

        Line from(Set<Status> states) {
            return new Line(who, states, condition);
        }

        Line when(Condition other) {
            return new Line(who, from, other);
        }
    }

    private final @Nullable EventType event;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Line> lines;

    Action(@Nullable EventType event, Line... lines) {
        this.event = event;
        this.lines = List.of(lines);
    }

    private static Line by(Relation... who) {
        return new Line(List.of(who), Set.of(), Condition.ALWAYS);
    }

    /** The name in the contract's paths and in {@code allowedActions}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code ticketFollowUp} for {@code follow-up}. */
    public String operationId() {
        return "ticket"
                + Arrays.stream(code().split("-", -1))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    /** Whether people can ask for it; the rest is done by the clock alone. */
    public boolean isOperation() {
        return this != CLOSE;
    }

    /** What is written; nothing for following. */
    @Nullable
    EventType event() {
        return event;
    }

    List<Line> lines() {
        return lines;
    }

    /** Whether somebody with these relations may do it in any state at all. */
    boolean mayEver(Set<Relation> relations) {
        return lines.stream().anyMatch(line -> line.who().stream().anyMatch(relations::contains));
    }

    /** As what somebody may do it now: the first relation of the first line that fits. */
    Optional<Relation> fits(TicketState ticket, Standing standing, Instant now) {
        return lines.stream()
                .filter(line -> line.from().contains(ticket.status()))
                .filter(line -> line.condition().holds(ticket, standing, now))
                .flatMap(line -> line.who().stream())
                .filter(standing.relations()::contains)
                .findFirst();
    }

    /** What may be done now, in the order of the table. */
    static List<Action> allowed(TicketState ticket, Standing standing, Instant now) {
        return Arrays.stream(values())
                .filter(action -> action.fits(ticket, standing, now).isPresent())
                .toList();
    }
}
