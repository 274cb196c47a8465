package org.huying.metrics.completion;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** The events of one ticket, as of an instant, that decide how it counts: found in the log itself. */
record Evidence(List<Logged> events) {
    static final Duration WINDOW = Duration.ofDays(OneTimeCompletion.WINDOW_DAYS);

    /** What an event says that matters here. */
    record Logged(int seq, String type, Instant at, JsonObject data) {
        static Logged from(Row row) {
            return new Logged(
                    row.getInteger("seq"), row.getString("type"), Rows.instant(row, "at"), row.getJsonObject("data"));
        }

        boolean is(String... types) {
            return Stream.of(types).anyMatch(type::equals);
        }
    }

    /** Something that speaks against the ticket, and the events that say so. */
    record Cause(String cause, List<Logged> decidedBy) {}

    Optional<Logged> firstResolve() {
        return first(event -> event.is("resolved"));
    }

    @Nullable
    Instant windowEndsAt() {
        return firstResolve().map(resolve -> resolve.at().plus(WINDOW)).orElse(null);
    }

    /** The exclusion that stands, if one does. */
    Optional<Logged> exclusion() {
        return last(event -> event.is("excluded", "included")).filter(event -> event.is("excluded"));
    }

    /** What a verdict rests on. */
    List<Logged> of(String verdict, @Nullable String cause) {
        return switch (verdict) {
            case "excluded" -> exclusion().stream().toList();
            case "broken" ->
                causes().stream()
                        .filter(each -> each.cause().equals(cause))
                        .flatMap(each -> each.decidedBy().stream())
                        .toList();
            case "withdrawn" -> last(event -> event.is("cancelled")).stream().toList();
            case "duplicate" -> last(event -> event.is("merged")).stream().toList();
            case "overdue_unresolved" ->
                last(event -> event.data().containsKey("resolutionDueAt")).stream()
                        .toList();
            default ->
                Stream.concat(firstResolve().stream(), confirmation().stream()).toList();
        };
    }

    /** All that holds, in the order in which the definition asks for it: the first is the one that counts. */
    List<Cause> causes() {
        return firstResolve().map(this::causes).orElse(List.of());
    }

    private List<Cause> causes(Logged resolve) {
        var causes = new ArrayList<Cause>();
        var outcome = resolve.data().getString("outcome");
        if (!outcome.equals("fixed")) {
            causes.add(new Cause(outcome, List.of(resolve)));
        }
        var asked = events.stream()
                .filter(event -> event.is("info_requested") && event.at().isBefore(resolve.at()))
                .limit(2)
                .toList();
        if (asked.size() == 2) {
            causes.add(new Cause("info_twice", asked));
        }
        var until = resolve.at().plus(WINDOW);
        Predicate<Logged> inWindow =
                event -> event.at().isAfter(resolve.at()) && !event.at().isAfter(until);
        first(inWindow.and(event -> event.is("reopened")))
                .ifPresent(event -> causes.add(new Cause("reopened", List.of(event))));
        first(inWindow.and(event -> event.is("re_reported")))
                .ifPresent(event -> causes.add(new Cause("re_reported", List.of(event))));
        first(inWindow.and(event -> event.is("rated") && event.data().getInteger("rating") <= 2))
                .ifPresent(event -> causes.add(new Cause("dissatisfied", List.of(event))));
        return causes;
    }

    /** The reporter's side, or a visit, said that it is solved. */
    private Optional<Logged> confirmation() {
        return first(event -> event.is("confirmed")
                || (event.is("followed_up") && event.data().getBoolean("solved")));
    }

    private Optional<Logged> first(Predicate<Logged> which) {
        return events.stream().filter(which).findFirst();
    }

    private Optional<Logged> last(Predicate<Logged> which) {
        return events.stream().filter(which).reduce((earlier, later) -> later);
    }
}
