package org.huying.metrics.completion;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.huying.metrics.RawEvents;
import org.huying.metrics.RawEvents.Event;
import org.huying.ticket.TicketWorld;
import org.jspecify.annotations.Nullable;

/** Definition 1 applied by hand to the raw events: plain, slow, and using nothing of the product's code. */
final class SlowCompletion {
    private static final Duration WINDOW = Duration.ofDays(7);
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Map<UUID, List<Event>> chains;
    private final Map<UUID, UUID> reporters = new LinkedHashMap<>();

    SlowCompletion(TicketWorld world) {
        chains = RawEvents.of(world);
        chains.forEach((ticket, events) -> reporters.put(ticket, events.get(0).person()));
    }

    List<Event> of(UUID ticket) {
        return chains.getOrDefault(ticket, List.of());
    }

    List<Event> all() {
        return chains.values().stream().flatMap(List::stream).toList();
    }

    /** How many tickets have each verdict: {@code segment/group/verdict/cause}, group "" being all. */
    Map<String, Integer> counts(Instant start, Instant end, Instant asOf, String groupBy) {
        var counts = new TreeMap<String, Integer>();
        for (var chain : chains.values()) {
            var events = chain.stream().filter(e -> !e.at().isAfter(asOf)).toList();
            if (!events.isEmpty()) {
                count(counts, events, start, end, asOf, groupBy);
            }
        }
        return counts;
    }

    private void count(
            Map<String, Integer> counts, List<Event> events, Instant start, Instant end, Instant asOf, String groupBy) {
        Predicate<Instant> inPeriod = at -> !at.isBefore(start) && at.isBefore(end);
        var resolve = first(events, e -> e.is("resolved"));
        var cancelled = first(events, e -> e.is("cancelled"));
        var merged = first(events, e -> e.is("merged"));
        if (resolve != null) {
            if (inPeriod.test(resolve.at())) {
                var verdict = verdict(events, resolve, asOf);
                note(counts, events, resolve.at(), groupBy, verdict);
                if (verdict.equals("one_time/") && isConfirmed(events)) {
                    note(counts, events, resolve.at(), groupBy, "confirmed/");
                }
            }
        } else if (cancelled != null) {
            if (inPeriod.test(cancelled.at())) {
                note(counts, events, cancelled.at(), groupBy, "withdrawn/");
            }
        } else if (merged != null) {
            if (inPeriod.test(merged.at())) {
                note(counts, events, merged.at(), groupBy, "duplicate/");
            }
        } else {
            var due = due(events);
            if (due != null && due.isBefore(asOf) && inPeriod.test(due)) {
                note(counts, events, due, groupBy, "overdue_unresolved/");
            }
        }
    }

    private static boolean isConfirmed(List<Event> events) {
        return events.stream()
                .anyMatch(e ->
                        e.is("confirmed") || (e.is("followed_up") && e.data().getBoolean("solved")));
    }

    private String verdict(List<Event> events, Event resolve, Instant asOf) {
        var r = resolve.at();
        if (!asOf.isAfter(r.plus(WINDOW))) {
            return "provisional/";
        }
        var exclusion = last(events, e -> e.is("excluded", "included"));
        if (exclusion != null && exclusion.is("excluded")) {
            return "excluded/" + exclusion.data().getString("reason");
        }
        Predicate<Event> inWindow = e -> e.at().isAfter(r) && !e.at().isAfter(r.plus(WINDOW));
        var outcome = resolve.data().getString("outcome");
        if (!outcome.equals("fixed")) {
            return "broken/" + outcome;
        } else if (events.stream()
                        .filter(e -> e.is("info_requested") && e.at().isBefore(r))
                        .count()
                > 1) {
            return "broken/info_twice";
        } else if (events.stream().anyMatch(e -> e.is("reopened") && inWindow.test(e))) {
            return "broken/reopened";
        } else if (isReported(events, inWindow)) {
            return "broken/re_reported";
        } else if (events.stream()
                .anyMatch(e -> e.is("rated") && e.data().getInteger("rating") <= 2 && inWindow.test(e))) {
            return "broken/dissatisfied";
        }
        return "one_time/";
    }

    /** Not from the system's own marks: from the tickets that were submitted, and what a supervisor has linked. */
    private boolean isReported(List<Event> events, Predicate<Event> inWindow) {
        var self = events.get(0);
        var linked = events.stream()
                .anyMatch(e -> e.is("re_reported") && e.actorKind().equals("supervisor") && inWindow.test(e));
        return linked
                || chains.values().stream()
                        .map(chain -> chain.get(0))
                        .filter(other -> !other.ticket().equals(self.ticket()))
                        .filter(inWindow)
                        .anyMatch(other -> isSameTrouble(self, other));
    }

    private boolean isSameTrouble(Event self, Event other) {
        var household = self.data().getString("householdId");
        if (!self.data().getString("serviceItemCode").equals(other.data().getString("serviceItemCode"))) {
            return false;
        }
        return household != null
                ? household.equals(other.data().getString("householdId"))
                : other.data().getString("householdId") == null
                        && self.data().getString("placeId").equals(other.data().getString("placeId"))
                        && java.util.Objects.equals(reporters.get(self.ticket()), reporters.get(other.ticket()));
    }

    private static @Nullable Instant due(List<Event> events) {
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

    private static void note(
            Map<String, Integer> counts, List<Event> events, Instant at, String groupBy, String verdict) {
        var submitted = events.get(0).data();
        var kind = submitted.getString("serviceItemKind");
        var segment = Set.of("consultation", "care").contains(kind) ? kind : "main";
        var group = groupBy.equals("month")
                ? DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZONE).format(at)
                : firstOwner(events);
        for (var each : segment.equals("main") ? List.of("", group) : List.of("")) {
            counts.merge(segment + "/" + each + "/" + verdict, 1, Integer::sum);
        }
    }

    private static String firstOwner(List<Event> events) {
        var responsible = events.get(0).data().getString("responsibleOrgId");
        var owning = first(events, e -> e.is("accepted", "transferred", "escalated"));
        return owning == null || owning.is("accepted")
                ? responsible
                : owning.data().getString("fromOrganizationId");
    }

    private static @Nullable Event first(List<Event> events, Predicate<Event> which) {
        return events.stream().filter(which).findFirst().orElse(null);
    }

    private static @Nullable Event last(List<Event> events, Predicate<Event> which) {
        return events.stream().filter(which).reduce((a, b) -> b).orElse(null);
    }

    /** An answer's figures, written as {@link #counts} writes them. */
    static Map<String, Integer> counted(OneTimeCompletion figures) {
        var counts = new TreeMap<String, Integer>();
        note(counts, "main/", figures.total());
        figures.groups().forEach(group -> note(counts, "main/" + group.key().id(), group.figure()));
        note(counts, "consultation/", figures.consultation());
        note(counts, "care/", figures.care());
        counts.values().removeIf(n -> n == 0);
        return counts;
    }

    private static void note(Map<String, Integer> counts, String prefix, Figure figure) {
        counts.put(prefix + "/provisional/", (int) figure.provisional());
        counts.put(prefix + "/one_time/", (int) figure.numerator());
        counts.put(prefix + "/confirmed/", (int) figure.confirmedNumerator());
        counts.put(prefix + "/overdue_unresolved/", (int) figure.overdueUnresolved());
        counts.put(prefix + "/withdrawn/", (int) figure.withdrawn());
        counts.put(prefix + "/duplicate/", (int) figure.duplicate());
        figure.excluded().forEach((reason, n) -> counts.put(prefix + "/excluded/" + reason, n.intValue()));
        figure.broken().forEach((cause, n) -> counts.put(prefix + "/broken/" + cause, n.intValue()));
    }
}
