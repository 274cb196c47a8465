package org.huying.metrics;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** The one-time completion rate: who may see which part of it, and its figures. */
final class CompletionService {
    /** No writing transaction lives longer, so nothing can still come in from before. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private static final String ALL = "";

    private final Clock clock;
    private final Places places;
    private final CompletionStore store;
    private final GroupNames names;

    CompletionService(Clock clock, Places places, CompletionStore store, GroupNames names) {
        this.clock = clock;
        this.places = places;
        this.store = store;
        this.names = names;
    }

    Future<OneTimeCompletion> figures(
            SqlClient client, Caller caller, CompletionQuery query, @Nullable String groupBy) {
        return places.zone(client, caller.districtId())
                .compose(zone -> frame(client, caller, query, zone)
                        .compose(frame -> store.tallies(client, frame, groupBy, zone)
                                .compose(tallies -> groups(client, frame, groupBy, tallies)
                                        .map(groups -> answer(query, frame, tallies, groups)))));
    }

    Future<List<CountedTicket>> tickets(
            SqlClient client,
            Caller caller,
            CompletionQuery query,
            String verdict,
            String segment,
            CompletionStore.@Nullable After after,
            int limit) {
        return places.zone(client, caller.districtId())
                .compose(zone -> frame(client, caller, query, zone))
                .compose(frame -> store.tickets(client, frame, verdict, segment, after, limit));
    }

    private OneTimeCompletion answer(
            CompletionQuery query,
            CompletionStore.Frame frame,
            Map<String, Map<String, Tally>> tallies,
            List<Figure.Group> groups) {
        return new OneTimeCompletion(
                OneTimeCompletion.DEFINITION,
                query.from(),
                query.to(),
                frame.asOf(),
                !frame.asOf().isAfter(clock.instant().minus(SETTLING)),
                OneTimeCompletion.WINDOW_DAYS,
                OneTimeCompletion.TARGET,
                total(tallies, "main"),
                groups,
                total(tallies, "consultation"),
                total(tallies, "care"));
    }

    private static Figure total(Map<String, Map<String, Tally>> tallies, String segment) {
        return Figure.of(tallies.getOrDefault(segment, Map.of()).getOrDefault(ALL, new Tally()));
    }

    private Future<List<Figure.Group>> groups(
            SqlClient client,
            CompletionStore.Frame frame,
            @Nullable String groupBy,
            Map<String, Map<String, Tally>> tallies) {
        var byKey = tallies.getOrDefault("main", Map.of());
        var keys =
                byKey.keySet().stream().filter(key -> !key.equals(ALL)).sorted().toList();
        if (groupBy == null) {
            return Future.succeededFuture(List.of());
        }
        return names.of(client, frame.districtId(), groupBy, keys)
                .map(named -> keys.stream()
                        .map(key -> new Figure.Group(
                                new Figure.Key(key, named.getOrDefault(key, key)),
                                Figure.of(byKey.getOrDefault(key, new Tally()))))
                        .toList());
    }

    /** The instants of the period, and a scope that the caller may see. */
    private Future<CompletionStore.Frame> frame(SqlClient client, Caller caller, CompletionQuery query, ZoneId zone) {
        var now = clock.instant();
        var asOf = query.asOf() == null ? now : query.asOf();
        var faults = new ArrayList<Fault>();
        if (query.to().isBefore(query.from())) {
            faults.add(new Fault("/query/to", "period_reversed"));
        }
        if (asOf.isAfter(now)) {
            faults.add(new Fault("/query/asOf", "as_of_future"));
        }
        return authorize(client, caller, query).map(allowed -> {
            Faults.refuse(faults);
            return new CompletionStore.Frame(
                    caller.districtId(),
                    query.from().atStartOfDay(zone).toInstant(),
                    query.to().plusDays(1).atStartOfDay(zone).toInstant(),
                    asOf,
                    caller.scopesOf(Role.DISPATCHER),
                    caller.scopesOf(Role.SUPERVISOR),
                    query);
        });
    }

    /** Naming a place or an organization outside of one's own sight is refused, not answered with nothing. */
    private Future<Void> authorize(SqlClient client, Caller caller, CompletionQuery query) {
        var organization = query.organizationId();
        if (organization != null && !caller.is(Role.SUPERVISOR) && !caller.holds(Role.DISPATCHER, organization)) {
            return Future.failedFuture(Refusal.forbidden());
        }
        var placeId = query.placeId();
        return existing(client, caller, organization)
                .compose(exists -> placeId == null
                        ? Future.succeededFuture()
                        : places.get(client, caller.districtId(), placeId)
                                .compose(place ->
                                        caller.is(Role.DISPATCHER) || caller.covers(Role.SUPERVISOR, place.path())
                                                ? Future.succeededFuture()
                                                : Future.failedFuture(Refusal.forbidden())));
    }

    private Future<Void> existing(SqlClient client, Caller caller, @Nullable UUID organizationId) {
        return organizationId == null
                ? Future.succeededFuture()
                : places.organization(client, caller.districtId(), organizationId)
                        .map(found -> found.orElseThrow(Refusal::notFound))
                        .mapEmpty();
    }
}
