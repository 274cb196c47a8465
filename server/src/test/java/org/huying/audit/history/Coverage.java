package org.huying.audit.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.huying.audit.Event;
import org.jspecify.annotations.Nullable;

/** How often histories came to what they are meant to come to. */
final class Coverage {
    static final int OFTEN = 2;

    /** What every set of histories must have come to that often; chance brings far more. */
    static final List<String> WANTED = List.of(
            "resolved in a day's first millisecond",
            "resolved in a day's last millisecond",
            "resolved in a month's first millisecond",
            "resolved in a month's last millisecond",
            "reopened at r",
            "reopened at r + 1 ms",
            "reopened at r + 7 d",
            "refused: reopen action_not_allowed",
            "the same reported at r - 1 ms",
            "the same reported at r",
            "the same reported at r + 1 ms",
            "the same reported at r + 7 d",
            "the same reported at r + 7 d + 1 ms",
            "re_reported by system",
            "re_reported by supervisor",
            "re_reported at r + 7 d + 1 ms",
            "re_reported, and that cancelled",
            "re_reported, and that merged",
            "excluded within",
            "excluded after",
            "included again",
            "asked twice before",
            "asked a second time just before",
            "asked a second time at the resolve",
            "asked twice after",
            "rated at r",
            "rated at r + 7 d",
            "rated at r + 7 d + 1 ms",
            "rating raised inside",
            "rating raised outside",
            "rating lowered inside",
            "rating lowered outside",
            "first reopened, then rated badly",
            "first rated badly, then reopened",
            "confirmed within",
            "confirmed at r + 7 d",
            "followed_up at r + 7 d",
            "followed_up at r + 7 d + 1 ms",
            "merged into one that was merged",
            "handed on before it was accepted",
            "transferred after it was accepted",
            "escalated by people",
            "escalated by the clock",
            "suspended twice",
            "resumed by the clock",
            "request_withdrawn by the clock",
            "closed by the clock",
            "cancelled after a resolve",
            "never resolved");

    /** What a household has reported an item by. */
    private record Subject(@Nullable String householdId, String serviceItemCode) {
        static Subject of(Event submitted) {
            return new Subject(
                    submitted.data().getString("householdId"), submitted.data().getString("serviceItemCode"));
        }
    }

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<Subject, List<Event>> reports;

    Coverage(Map<UUID, List<Event>> chains) {
        reports = chains.values().stream().map(events -> events.get(0)).collect(Collectors.groupingBy(Subject::of));
        chains.forEach((id, events) -> {
            var resolved = first(events, event -> event.is("resolved"));
            if (resolved != null) {
                calendar(resolved.at());
                window(chains, events, resolved.at());
                requests(events, resolved.at());
                ratings(events, resolved.at());
            }
            hands(events);
            merges(chains, events);
        });
    }

    Map<String, Integer> counts() {
        return counts;
    }

    private void calendar(Instant r) {
        var local = r.atZone(Dice.ZONE);
        var next = local.plusNanos(1_000_000);
        count("resolved in a day's first millisecond", local.toLocalTime().toNanoOfDay() == 0);
        count("resolved in a day's last millisecond", next.toLocalTime().toNanoOfDay() == 0);
        count(
                "resolved in a month's first millisecond",
                local.toLocalTime().toNanoOfDay() == 0 && local.getDayOfMonth() == 1);
        count(
                "resolved in a month's last millisecond",
                next.toLocalTime().toNanoOfDay() == 0 && next.getDayOfMonth() == 1);
    }

    private void window(Map<UUID, List<Event>> chains, List<Event> events, Instant r) {
        for (var event : events) {
            if (event.is("reopened", "re_reported", "rated", "followed_up", "confirmed", "excluded")) {
                count(event.type() + " " + place(r, event.at()), true);
            }
            if (event.is("re_reported")) {
                count("re_reported by " + event.actorKind(), true);
                var again = chains.getOrDefault(UUID.fromString(event.data().getString("ticketId")), List.of());
                count("re_reported, and that cancelled", has(again, "cancelled"));
                count("re_reported, and that merged", has(again, "merged"));
            }
        }
        var subject = Subject.of(events.get(0));
        if (subject.householdId() != null) {
            reports.getOrDefault(subject, List.of()).stream()
                    .filter(other -> !other.at().isBefore(r.minus(Dice.MILLI)))
                    .forEach(other -> count("the same reported " + place(r, other.at()), true));
        }
        count("first reopened, then rated badly", order(events, "reopened", "rated"));
        count("first rated badly, then reopened", order(events, "rated", "reopened"));
        count("included again", has(events, "included"));
    }

    private void requests(List<Event> events, Instant r) {
        var asked = events.stream().filter(event -> event.is("info_requested")).toList();
        count(
                "asked twice before",
                asked.stream().filter(event -> event.at().isBefore(r)).count() > 1);
        count(
                "asked a second time at the resolve",
                asked.size() > 1 && asked.get(1).at().equals(r));
        count(
                "asked a second time just before",
                asked.size() > 1 && asked.get(1).at().equals(r.minus(Dice.MILLI)));
        count(
                "asked twice after",
                asked.stream().filter(event -> event.at().isAfter(r)).count() > 1);
    }

    private void ratings(List<Event> events, Instant r) {
        var rated = events.stream().filter(event -> event.is("rated")).toList();
        for (var i = 1; i < rated.size(); i++) {
            var before = rated.get(i - 1).data().getInteger("rating");
            var after = rated.get(i).data().getInteger("rating");
            if ((before <= 2) != (after <= 2)) {
                count(
                        "rating " + (before <= 2 ? "raised " : "lowered ")
                                + (rated.get(i).at().isAfter(r.plus(Dice.WEEK)) ? "outside" : "inside"),
                        true);
            }
        }
    }

    private void hands(List<Event> events) {
        for (var type : List.of("request_withdrawn", "resumed", "closed", "escalated")) {
            count(
                    type + " by the clock",
                    events.stream().anyMatch(e -> e.is(type) && e.actorKind().equals("system")));
        }
        count(
                "escalated by people",
                events.stream()
                        .anyMatch(e -> e.is("escalated") && !e.actorKind().equals("system")));
        var owned = first(events, event -> event.is("accepted", "transferred", "escalated"));
        count("handed on before it was accepted", owned != null && !owned.is("accepted"));
        count("transferred after it was accepted", owned != null && owned.is("accepted") && has(events, "transferred"));
        count("suspended twice", events.stream().filter(e -> e.is("suspended")).count() > 1);
        count("cancelled after a resolve", has(events, "resolved") && has(events, "cancelled"));
        count("never resolved", !has(events, "resolved") && !has(events, "cancelled") && !has(events, "merged"));
    }

    private void merges(Map<UUID, List<Event>> chains, List<Event> events) {
        var merged = first(events, event -> event.is("merged"));
        if (merged != null) {
            var into = UUID.fromString(merged.data().getString("intoTicketId"));
            count("merged into one that was merged", has(chains.getOrDefault(into, List.of()), "merged"));
        }
    }

    private static String place(Instant r, Instant at) {
        var end = r.plus(Dice.WEEK);
        if (at.equals(r.minus(Dice.MILLI))) {
            return "at r - 1 ms";
        } else if (at.equals(r)) {
            return "at r";
        } else if (at.equals(r.plus(Dice.MILLI))) {
            return "at r + 1 ms";
        } else if (at.equals(end)) {
            return "at r + 7 d";
        } else if (at.equals(end.plus(Dice.MILLI))) {
            return "at r + 7 d + 1 ms";
        }
        return at.isBefore(end) ? "within" : "after";
    }

    private static boolean order(List<Event> events, String first, String then) {
        var one = first(events, event -> isBad(event, first));
        var other = first(events, event -> isBad(event, then));
        return one != null && other != null && one.seq() < other.seq();
    }

    private static boolean isBad(Event event, String type) {
        return event.is(type) && (!type.equals("rated") || event.data().getInteger("rating") <= 2);
    }

    private static boolean has(List<Event> events, String type) {
        return first(events, event -> event.is(type)) != null;
    }

    private static @Nullable Event first(List<Event> events, Predicate<Event> which) {
        return events.stream().filter(which).findFirst().orElse(null);
    }

    private void count(String what, boolean holds) {
        counts.merge(what, holds ? 1 : 0, Integer::sum);
    }
}
