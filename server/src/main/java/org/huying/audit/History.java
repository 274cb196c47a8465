package org.huying.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What had happened to one ticket by some instant: at least that it was submitted. */
record History(UUID ticketId, List<Event> events) {
    /** What a question may narrow its figures to, by the name of the query parameter. */
    static final Map<String, BiPredicate<History, String>> FILTERS = Map.of(
            "placeId", (ticket, id) -> ticket.placePath().contains(id),
            "organizationId", (ticket, id) -> ticket.firstOwner().equals(id),
            "serviceItemCode", (ticket, code) -> ticket.serviceItem().equals(code),
            "channel", (ticket, channel) -> ticket.channel().equals(channel));

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu-MM").withZone(Question.ZONE);

    /** Only what was there at that instant; nothing, if the ticket was not. */
    Optional<History> until(Instant asOf) {
        var known = events.stream().filter(event -> !event.at().isAfter(asOf)).toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(new History(ticketId, known));
    }

    Stream<Event> of(String... types) {
        return events.stream().filter(event -> event.is(types));
    }

    @Nullable
    Event first(String... types) {
        return of(types).findFirst().orElse(null);
    }

    @Nullable
    Event last(String... types) {
        return of(types).reduce((a, b) -> b).orElse(null);
    }

    boolean any(Predicate<Event> which) {
        return events.stream().anyMatch(which);
    }

    JsonObject submission() {
        return events.get(0).data();
    }

    Instant submittedAt() {
        return events.get(0).at();
    }

    String serviceItem() {
        return submission().getString("serviceItemCode");
    }

    @Nullable
    String household() {
        return submission().getString("householdId");
    }

    String place() {
        return submission().getString("placeId");
    }

    List<String> placePath() {
        return submission().getJsonArray("placePath").stream()
                .map(Object::toString)
                .toList();
    }

    String channel() {
        return submission().getString("channel");
    }

    /** Consultation and care are counted apart. */
    String segment() {
        var kind = submission().getString("serviceItemKind");
        return Set.of("consultation", "care").contains(kind) ? kind : "main";
    }

    /** The organization that accepted, transferred or escalated first; until then the one that it was sent to. */
    String firstOwner() {
        var owning = first("accepted", "transferred", "escalated");
        if (owning == null) {
            return submission().getString("responsibleOrgId");
        }
        return owning.is("accepted")
                ? owning.json().getJsonObject("actor").getString("organizationId")
                : owning.data().getString("fromOrganizationId");
    }

    /** When its resolution is due; nothing while the clock stands still with something left on it. */
    @Nullable
    Instant resolutionDue() {
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

    /** The groups that it counts in; of its places those from the one that was asked for down. */
    List<String> groups(Question question, Instant at) {
        var groupBy = question.groupBy();
        if (groupBy == null) {
            return List.of();
        }
        return switch (groupBy) {
            case "organization" -> List.of(firstOwner());
            case "serviceItem" -> List.of(serviceItem());
            case "month" -> List.of(MONTH.format(at));
            case "channel" -> List.of(channel());
            case "place" -> {
                var path = placePath();
                var root = question.filters().get("placeId");
                yield path.subList(root == null ? 0 : path.indexOf(root), path.size());
            }
            default -> throw new IllegalArgumentException("groupBy " + groupBy);
        };
    }
}
