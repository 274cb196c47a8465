package org.huying.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Definition 1 of the one-time completion rate, applied to the raw events as one would by hand: plain, slow, and with
 * nothing of the service's own code. What it is held against is section 4 of the domain rules.
 */
public final class Recomputation {
    static final Duration WINDOW = Duration.ofDays(7);

    private final Map<UUID, History> tickets;
    private final Map<String, List<History>> ofHouseholds;

    private Recomputation(List<History> tickets) {
        this.tickets = tickets.stream().collect(Collectors.toMap(History::ticketId, ticket -> ticket));
        this.ofHouseholds = tickets.stream()
                .filter(ticket -> ticket.household() != null)
                .collect(Collectors.groupingBy(ticket -> ticket.household() + " " + ticket.serviceItem()));
    }

    /** From every ticket's log; fails if one of them lacks a mark that the service owes it, or has one too many. */
    public static Recomputation of(Map<UUID, List<Event>> chains) {
        return of(chains, Map.of());
    }

    /**
     * The same where it is known who reported what, which the logs do not say.
     *
     * @param reporters by ticket
     */
    public static Recomputation of(Map<UUID, List<Event>> chains, Map<UUID, UUID> reporters) {
        var recomputation = new Recomputation(chains.entrySet().stream()
                .map(each -> new History(each.getKey(), each.getValue()))
                .toList());
        new ReportMarks(recomputation.tickets, reporters).verify();
        return recomputation;
    }

    /** Every event's instant: where figures may turn. */
    public List<Instant> instants() {
        return tickets.values().stream()
                .flatMap(ticket -> ticket.events().stream())
                .map(Event::at)
                .sorted()
                .toList();
    }

    /** A first resolve, and an instant at which how that ticket counts may turn. */
    public record Turn(Instant resolvedAt, Instant at) {}

    /** The last instant of every window. */
    public List<Turn> windowEnds() {
        return resolved()
                .map(r -> new Turn(r.getValue(), r.getValue().plus(WINDOW)))
                .toList();
    }

    /** Events of these types after the window. */
    public List<Turn> turns(String... types) {
        return resolved()
                .flatMap(r -> r.getKey()
                        .of(types)
                        .filter(event -> event.at().isAfter(r.getValue().plus(WINDOW)))
                        .map(event -> new Turn(r.getValue(), event.at())))
                .toList();
    }

    private Stream<Map.Entry<History, Instant>> resolved() {
        return tickets.values().stream()
                .flatMap(ticket -> ticket.of("resolved").limit(1).map(event -> Map.entry(ticket, event.at())));
    }

    public int size() {
        return tickets.size();
    }

    /** Each ticket that the question is about, and how it counts. */
    public List<Judged> judge(Question question) {
        return tickets.values().stream()
                .flatMap(ticket -> ticket.until(question.asOf()).stream())
                .filter(ticket -> question.filters().entrySet().stream()
                        .allMatch(each -> Objects.requireNonNull(History.FILTERS.get(each.getKey()), each.getKey())
                                .test(ticket, each.getValue())))
                .flatMap(ticket -> judge(ticket, question).stream())
                .filter(judged -> question.isInPeriod(judged.at()))
                .toList();
    }

    /** The blocks of figures that the question has for an answer, by name. */
    public Map<String, Figures> figures(Question question) {
        var judged = judge(question);
        var blocks = judged.stream()
                .filter(each -> each.segment().equals("main"))
                .flatMap(each -> each.groups().stream())
                .distinct()
                .collect(Collectors.toMap(
                        key -> "group " + key,
                        key -> Figures.of(
                                judged,
                                each -> each.segment().equals("main")
                                        && each.groups().contains(key))));
        blocks.put("total", Figures.of(judged, each -> each.segment().equals("main")));
        for (var segment : List.of("consultation", "care")) {
            blocks.put(segment, Figures.of(judged, each -> each.segment().equals(segment)));
        }
        return blocks;
    }

    private Optional<Judged> judge(History ticket, Question question) {
        var asOf = question.asOf();
        var resolved = ticket.first("resolved");
        var cancelled = ticket.first("cancelled");
        var merged = ticket.first("merged");
        if (resolved != null) {
            return Optional.of(ofCohort(ticket, question, resolved));
        } else if (cancelled != null) {
            return Optional.of(judged(ticket, question, "withdrawn", "", cancelled.at()));
        } else if (merged != null) {
            return Optional.of(judged(ticket, question, "duplicate", "", merged.at()));
        }
        var due = ticket.resolutionDue();
        return due != null && due.isBefore(asOf)
                ? Optional.of(judged(ticket, question, "overdue_unresolved", "", due))
                : Optional.empty();
    }

    private Judged ofCohort(History ticket, Question question, Event resolved) {
        var r = resolved.at();
        if (!question.asOf().isAfter(r.plus(WINDOW))) {
            return judged(ticket, question, "provisional", "", r);
        }
        var exclusion = ticket.last("excluded", "included");
        if (exclusion != null && exclusion.is("excluded")) {
            return judged(ticket, question, "excluded", exclusion.data().getString("reason"), r);
        }
        var causes = causes(ticket, resolved, question.asOf());
        return causes.isEmpty()
                ? judged(ticket, question, "one_time", "", r)
                : judged(ticket, question, "broken", causes.get(0), r);
    }

    /** All that hold, in the order in which the first of them counts. */
    private List<String> causes(History ticket, Event resolved, Instant asOf) {
        var r = resolved.at();
        Predicate<Event> inWindow = event -> isInWindow(r, event.at());
        var causes = new ArrayList<String>();
        var outcome = resolved.data().getString("outcome");
        if (!outcome.equals("fixed")) {
            causes.add(outcome);
        }
        if (ticket.of("info_requested").filter(event -> event.at().isBefore(r)).count() > 1) {
            causes.add("info_twice");
        }
        if (ticket.of("reopened").anyMatch(inWindow)) {
            causes.add("reopened");
        }
        if (reports(ticket, asOf).anyMatch(at -> isInWindow(r, at))
                || ticket.of("re_reported")
                        .filter(event -> event.actorKind().equals("supervisor"))
                        .anyMatch(inWindow)) {
            causes.add("re_reported");
        }
        if (ticket.of("rated")
                .filter(event -> event.data().getInteger("rating") <= 2)
                .anyMatch(inWindow)) {
            causes.add("dissatisfied");
        }
        return causes;
    }

    /**
     * When the same was reported again. For a household its other tickets say so by themselves. Who reports a public
     * spot is a pseudonym in each log, so there the service's mark names the ticket, and that ticket's own log the time.
     */
    private Stream<Instant> reports(History ticket, Instant asOf) {
        var others = ticket.household() != null
                ? ofHouseholds.getOrDefault(ticket.household() + " " + ticket.serviceItem(), List.of()).stream()
                        .filter(other -> !other.ticketId().equals(ticket.ticketId()))
                : ticket.of("re_reported")
                        .filter(event -> event.actorKind().equals("system"))
                        .map(event -> Objects.requireNonNull(
                                tickets.get(UUID.fromString(event.data().getString("ticketId")))));
        return others.map(History::submittedAt).filter(at -> !at.isAfter(asOf));
    }

    /** After the resolve, until seven days after it and that instant too. */
    static boolean isInWindow(Instant resolvedAt, Instant at) {
        return at.isAfter(resolvedAt) && !at.isAfter(resolvedAt.plus(WINDOW));
    }

    private static Judged judged(History ticket, Question question, String verdict, String cause, Instant at) {
        var confirmed = verdict.equals("one_time")
                && ticket.any(event -> event.is("confirmed")
                        || (event.is("followed_up") && event.data().getBoolean("solved")));
        return new Judged(
                ticket.ticketId(), ticket.segment(), ticket.groups(question, at), verdict, cause, confirmed, at);
    }
}
