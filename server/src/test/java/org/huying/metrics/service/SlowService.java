package org.huying.metrics.service;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.huying.metrics.RawEvents;
import org.huying.metrics.RawEvents.Event;
import org.huying.ticket.TicketWorld;
import org.jspecify.annotations.Nullable;

/** The service rates applied by hand to the raw events: plain, slow, and using nothing of the product's code. */
final class SlowService {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZONE);

    /** A period, how things stood, and which tickets are wanted. */
    record Question(Instant start, Instant end, Instant asOf, String groupBy, Predicate<List<Event>> wanted) {}

    private final Map<UUID, List<Event>> chains;

    SlowService(TicketWorld world) {
        chains = RawEvents.of(world);
    }

    List<Event> all() {
        return chains.values().stream().flatMap(List::stream).toList();
    }

    /** The tickets of each number: {@code segment/group/measure}, group "" being all of them. */
    Map<String, Set<UUID>> tickets(Question question) {
        var found = new TreeMap<String, Set<UUID>>();
        for (var chain : chains.values()) {
            var events = until(chain, question.asOf());
            if (!events.isEmpty() && question.wanted().test(events)) {
                var resolved = indexOf(events, e -> e.is("resolved"));
                if (resolved >= 0 && isIn(question, events.get(resolved).at())) {
                    noteResolved(found, events, resolved, question);
                }
                noteOpen(found, events, question);
            }
        }
        return found;
    }

    private void noteResolved(Map<String, Set<UUID>> found, List<Event> events, int resolved, Question question) {
        var r = events.get(resolved).at();
        var before = events.subList(0, resolved);
        var measures = new ArrayList<>(List.of("cohort"));
        if (isExcluded(events)) {
            measures.add("excluded");
        } else {
            measures.add("counted");
            measures.add(isAnsweredLate(before) ? "response_late" : "response_in_time");
            var due = resolutionDue(before);
            measures.add(due != null && r.isAfter(due) ? "resolution_late" : "resolution_in_time");
            for (var way : List.of("transferred", "escalated", "suspended")) {
                measures.add((before.stream().anyMatch(e -> e.is(way)) ? "" : "not_") + way);
            }
            var rated = events.stream().filter(e -> e.is("rated")).reduce((a, b) -> b);
            if (rated.isPresent()) {
                int rating = rated.get().data().getInteger("rating");
                measures.addAll(List.of("rated", "rated " + rating, rating >= 4 ? "satisfied" : "not_satisfied"));
            }
            if (question.asOf().isAfter(r.plus(WINDOW))) {
                measures.addAll(List.of("window_over", isReportedAgain(events, r) ? "re_reported" : "not_re_reported"));
            }
        }
        note(found, events, r, question, measures);
    }

    private static void noteOpen(Map<String, Set<UUID>> found, List<Event> events, Question question) {
        var b = question.asOf().isBefore(question.end()) ? question.asOf() : question.end();
        var submittedAt = events.get(0).at();
        if (submittedAt.isAfter(b) || isExcluded(events)) {
            return;
        }
        var open = true;
        var again = false;
        for (var event : until(events, b)) {
            if (event.is("resolved", "cancelled", "merged")) {
                open = false;
            } else if (event.is("reopened")) {
                open = true;
                again = true;
            }
        }
        if (open) {
            var age = age(Duration.between(submittedAt, b));
            note(
                    found,
                    events,
                    submittedAt,
                    question,
                    again ? List.of("backlog", age, "reopened") : List.of("backlog", age));
        }
    }

    private static String age(Duration age) {
        if (age.compareTo(Duration.ofDays(1)) < 0) {
            return "under_1_day";
        } else if (age.compareTo(Duration.ofDays(3)) < 0) {
            return "under_3_days";
        } else if (age.compareTo(Duration.ofDays(7)) < 0) {
            return "under_7_days";
        } else if (age.compareTo(Duration.ofDays(15)) < 0) {
            return "under_15_days";
        }
        return age.compareTo(Duration.ofDays(30)) < 0 ? "under_30_days" : "over_30_days";
    }

    /** Whether any organization on the way let its due time pass before it accepted or handed on. */
    private static boolean isAnsweredLate(List<Event> before) {
        @Nullable Instant due = null;
        for (var event : before) {
            if (event.is("accepted", "transferred", "escalated")) {
                if (due != null && event.at().isAfter(due)) {
                    return true;
                }
                due = null;
            }
            if (event.data().containsKey("responseDueAt")) {
                due = Instant.parse(event.data().getString("responseDueAt"));
            }
        }
        return false;
    }

    private static @Nullable Instant resolutionDue(List<Event> events) {
        @Nullable Instant due = null;
        for (var event : events) {
            if (event.data().containsKey("resolutionLeftMillis")) {
                due = null;
            }
            if (event.data().containsKey("resolutionDueAt")) {
                due = Instant.parse(event.data().getString("resolutionDueAt"));
            }
        }
        return due;
    }

    private static boolean isExcluded(List<Event> events) {
        return events.stream()
                .filter(e -> e.is("excluded", "included"))
                .reduce((a, b) -> b)
                .map(e -> e.is("excluded"))
                .orElse(false);
    }

    /** From the tickets that were submitted, and what a supervisor has linked; not from the system's own marks. */
    private boolean isReportedAgain(List<Event> events, Instant r) {
        Predicate<Event> inWindow = e -> e.at().isAfter(r) && !e.at().isAfter(r.plus(WINDOW));
        var linked = events.stream()
                .anyMatch(e -> e.is("re_reported") && e.actorKind().equals("supervisor") && inWindow.test(e));
        return linked
                || chains.values().stream()
                        .map(chain -> chain.get(0))
                        .filter(other -> !other.ticket().equals(events.get(0).ticket()))
                        .filter(inWindow)
                        .anyMatch(other -> isSameTrouble(events.get(0), other));
    }

    private static boolean isSameTrouble(Event self, Event other) {
        var household = self.data().getString("householdId");
        if (!self.data().getString("serviceItemCode").equals(other.data().getString("serviceItemCode"))) {
            return false;
        }
        return household != null
                ? household.equals(other.data().getString("householdId"))
                : other.data().getString("householdId") == null
                        && self.data().getString("placeId").equals(other.data().getString("placeId"))
                        && java.util.Objects.equals(self.person(), other.person());
    }

    private static void note(
            Map<String, Set<UUID>> found, List<Event> events, Instant at, Question question, List<String> measures) {
        var submitted = events.get(0);
        var kind = submitted.data().getString("serviceItemKind");
        var segment = Set.of("consultation", "care").contains(kind) ? kind : "main";
        var group = question.groupBy().equals("month") ? MONTH.format(at) : firstOwner(events);
        for (var each : segment.equals("main") ? List.of("", group) : List.of("")) {
            for (var measure : measures) {
                found.computeIfAbsent(segment + "/" + each + "/" + measure, key -> new TreeSet<>())
                        .add(submitted.ticket());
            }
        }
    }

    static String firstOwner(List<Event> events) {
        return events.stream()
                .filter(e -> e.is("accepted", "transferred", "escalated"))
                .findFirst()
                .map(e -> e.data().getString("fromOrganizationId"))
                .orElse(events.get(0).data().getString("responsibleOrgId"));
    }

    private static List<Event> until(List<Event> events, Instant instant) {
        return events.stream().filter(e -> !e.at().isAfter(instant)).toList();
    }

    private static boolean isIn(Question question, Instant at) {
        return !at.isBefore(question.start()) && at.isBefore(question.end());
    }

    private static int indexOf(List<Event> events, Predicate<Event> which) {
        return IntStream.range(0, events.size())
                .filter(i -> which.test(events.get(i)))
                .findFirst()
                .orElse(-1);
    }

    /** An answer's numbers, named as {@link #tickets} names them; those that are nought are left out. */
    static Map<String, Integer> counted(ServiceRates rates) {
        var counts = new TreeMap<String, Integer>();
        note(counts, "main/", rates.total());
        rates.groups().forEach(group -> note(counts, "main/" + group.key().id(), group.figure()));
        note(counts, "consultation/", rates.consultation());
        note(counts, "care/", rates.care());
        counts.values().removeIf(n -> n == 0);
        return counts;
    }

    /** Every number of a block by its measure. */
    static Map<String, Integer> numbers(ServiceFigure figure) {
        var counts = new TreeMap<String, Integer>();
        counts.put("cohort", (int) figure.cohort());
        counts.put("excluded", (int) figure.excluded());
        counts.put("counted", (int) figure.counted());
        pair(counts, figure.response(), "response_in_time", "response_late");
        pair(counts, figure.resolution(), "resolution_in_time", "resolution_late");
        pair(counts, figure.satisfaction().rate(), "satisfied", "not_satisfied");
        pair(counts, figure.zeroTransfer(), "not_transferred", "transferred");
        pair(counts, figure.zeroEscalation(), "not_escalated", "escalated");
        pair(counts, figure.zeroSuspension(), "not_suspended", "suspended");
        pair(counts, figure.reReport(), "re_reported", "not_re_reported");
        counts.put("rated", (int) figure.satisfaction().rate().denominator());
        counts.put("window_over", (int) figure.reReport().denominator());
        figure.satisfaction().ratings().forEach((rating, n) -> counts.put("rated " + rating, n.intValue()));
        counts.put("backlog", (int) figure.backlog().open());
        counts.put("reopened", (int) figure.backlog().reopened());
        figure.backlog().byAge().forEach((age, n) -> counts.put(age, n.intValue()));
        return counts;
    }

    private static void note(Map<String, Integer> counts, String prefix, ServiceFigure figure) {
        numbers(figure).forEach((measure, n) -> counts.put(prefix + "/" + measure, n));
    }

    private static void pair(Map<String, Integer> counts, Rate rate, String in, String out) {
        counts.put(in, (int) rate.numerator());
        counts.put(out, (int) (rate.denominator() - rate.numerator()));
    }
}
