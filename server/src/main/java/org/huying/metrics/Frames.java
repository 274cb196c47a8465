package org.huying.metrics;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Place;
import org.huying.place.Places;
import org.huying.ticket.catalogue.Catalogue;
import org.jspecify.annotations.Nullable;

/** Who may see which figures: a dispatcher those of the own firm, a supervisor those of the own subtree. */
public final class Frames {
    /** No writing transaction lives longer, so nothing can still come in from before. */
    public static final Duration SETTLING = Duration.ofSeconds(30);

    /** The roles that read figures at all. */
    private static final Role[] READERS = {Role.SUPERVISOR, Role.DISPATCHER};

    private final Clock clock;
    private final Places places;
    private final Catalogue catalogue;

    public Frames(Clock clock, Places places) {
        this.clock = clock;
        this.places = places;
        this.catalogue = new Catalogue(clock, places);
    }

    public static boolean isSettled(Instant asOf, Instant now) {
        return !asOf.isAfter(now.minus(SETTLING));
    }

    public static Role[] readers() {
        return READERS.clone();
    }

    /** What the caller asks for; refused where it is not theirs to see, or asks for what has not happened yet. */
    public Future<Frame> of(SqlClient client, Caller caller, MetricsQuery query) {
        return authorize(client, caller, query)
                .compose(allowed -> requireItem(client, caller.districtId(), query.serviceItemCode()))
                .compose(known -> places.zone(client, caller.districtId()))
                .map(zone -> frame(
                        caller.districtId(),
                        zone,
                        query,
                        caller.scopesOf(Role.DISPATCHER),
                        caller.scopesOf(Role.SUPERVISOR)));
    }

    /** All of a district, for what is published. */
    public Frame ofDistrict(UUID districtId, ZoneId zone, UUID districtPlaceId, MetricsQuery query) {
        return frame(districtId, zone, query, List.of(), List.of(districtPlaceId));
    }

    private Frame frame(
            UUID districtId,
            ZoneId zone,
            MetricsQuery query,
            Collection<UUID> organizations,
            Collection<UUID> placeIds) {
        var now = clock.instant();
        var asOf = (query.asOf() == null ? now : query.asOf()).truncatedTo(ChronoUnit.MILLIS);
        refuseFaults(query, asOf, now);
        return new Frame(
                districtId,
                zone,
                Frame.startOf(query.from(), zone),
                Frame.startOf(query.to().plusDays(1), zone),
                asOf,
                isSettled(asOf, now),
                organizations,
                placeIds,
                query);
    }

    private static void refuseFaults(MetricsQuery query, Instant asOf, Instant now) {
        var faults = new ArrayList<Fault>();
        if (query.to().isBefore(query.from())) {
            faults.add(new Fault("/query/to", "period_reversed"));
        }
        if (asOf.isAfter(now)) {
            faults.add(new Fault("/query/asOf", "as_of_future"));
        }
        Faults.refuse(faults);
    }

    /** Naming a place or an organization outside of one's own sight is refused, not answered with nothing. */
    private Future<Void> authorize(SqlClient client, Caller caller, MetricsQuery query) {
        var organization = query.organizationId();
        if (organization != null && !caller.is(Role.SUPERVISOR) && !caller.holds(Role.DISPATCHER, organization)) {
            return Future.failedFuture(Refusal.forbidden());
        }
        var placeId = query.placeId();
        return existing(client, caller, organization)
                .compose(exists -> placeId == null
                        ? Future.succeededFuture()
                        : places.get(client, caller.districtId(), placeId)
                                .compose(place -> isInSight(client, caller, place))
                                .compose(seen ->
                                        seen ? Future.succeededFuture() : Future.failedFuture(Refusal.forbidden())));
    }

    /** A place that has moved away stays in the sight of who supervised it, for what was reported there until then. */
    private static Future<Boolean> isInSight(SqlClient client, Caller caller, Place place) {
        return caller.is(Role.DISPATCHER) || caller.covers(Role.SUPERVISOR, place.path())
                ? Future.succeededFuture(true)
                : client.preparedQuery(FrameSql.WAS_BELOW)
                        .execute(Tuple.of(
                                caller.districtId(),
                                place.id(),
                                caller.scopesOf(Role.SUPERVISOR).toArray(UUID[]::new)))
                        .map(rows -> rows.iterator().next().getBoolean("found"));
    }

    /** A slip of the pen must not look like a clean record. */
    private Future<Void> requireItem(SqlClient client, UUID districtId, @Nullable String code) {
        return code == null
                ? Future.succeededFuture()
                : catalogue
                        .present(client, districtId, code)
                        .map(found ->
                                found.orElseThrow(() -> Faults.of("/query/serviceItemCode", "service_item_unknown")))
                        .mapEmpty();
    }

    private Future<Void> existing(SqlClient client, Caller caller, @Nullable UUID organizationId) {
        return organizationId == null
                ? Future.succeededFuture()
                : places.organization(client, caller.districtId(), organizationId)
                        .map(found -> found.orElseThrow(Refusal::notFound))
                        .mapEmpty();
    }
}
