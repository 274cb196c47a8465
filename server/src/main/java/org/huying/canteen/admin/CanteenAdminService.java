package org.huying.canteen.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.huying.canteen.Canteen;
import org.huying.canteen.Canteens;
import org.huying.canteen.SubsidyBand;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Who may change what of canteens, and when subsidies may still be changed. */
final class CanteenAdminService {
    private final Places places;
    private final Canteens canteens;
    private final CanteenRegister register;

    CanteenAdminService(Places places, Canteens canteens, CanteenRegister register) {
        this.places = places;
        this.canteens = canteens;
        this.register = register;
    }

    Future<CanteenDetails> get(SqlClient client, Caller caller, UUID canteenId) {
        return canteens.canteen(client, caller.districtId(), canteenId)
                .compose(canteen -> details(client, caller.districtId(), canteen));
    }

    /** By an administrator; it begins with the district's subsidies at once, as nothing is booked yet. */
    Future<CanteenDetails> create(SqlConnection transaction, Caller caller, NewCanteen asked, Instant now) {
        var districtId = caller.districtId();
        return places.hold(transaction, districtId, asked.placeId())
                .compose(place -> {
                    Faults.refuse(CanteenFaults.of(asked.periods()));
                    return register.create(transaction, districtId, asked);
                })
                .compose(canteen -> places.zone(transaction, districtId)
                        .compose(zone -> register.startPolicy(
                                transaction, districtId, canteen.id(), LocalDate.ofInstant(now, zone)))
                        .map(canteen))
                .compose(canteen -> details(transaction, districtId, canteen));
    }

    /** By an administrator; meals that exist keep their times. */
    Future<CanteenDetails> change(SqlConnection transaction, Caller caller, UUID canteenId, CanteenChange change) {
        var districtId = caller.districtId();
        return administered(transaction, caller, canteenId)
                .compose(seen -> register.lock(transaction, districtId, canteenId))
                .compose(locked -> canteens.canteen(transaction, districtId, canteenId))
                .map(canteen -> {
                    Versions.require(change.seenVersion(), canteen.version(), "canteen_changed");
                    return canteen;
                })
                .compose(canteen -> places.hold(transaction, districtId, or(change.placeId(), canteen.placeId()))
                        .compose(place -> {
                            Faults.refuse(CanteenFaults.of(or(change.periods(), List.of())));
                            var changed = new Canteen(
                                    canteenId,
                                    canteen.version() + 1,
                                    place.id(),
                                    or(change.name(), canteen.name()),
                                    or(change.address(), canteen.address()),
                                    or(change.delivers(), canteen.delivers()));
                            return register.update(transaction, districtId, changed)
                                    .map(changed);
                        }))
                .compose(changed -> (change.periods() == null
                                ? Future.<Void>succeededFuture()
                                : register.replacePeriods(transaction, districtId, canteenId, change.periods()))
                        .compose(done -> details(transaction, districtId, changed)));
    }

    /** A page of a canteen's policies as the contract shows it. */
    record Policies(
            int version,
            List<SubsidyPolicy> items,
            @Nullable String nextCursor) {
        Policies {
            items = List.copyOf(items);
        }
    }

    /**
     * The day from which on a policy holds.
     *
     * @param seenVersion of the canteen's policies, one of which is to be another; null for whatever they are
     */
    record Day(LocalDate effectiveFrom, @Nullable Integer seenVersion) {}

    /** For administrators, operators of the canteen and those who supervise its place. */
    Future<Policies> policies(SqlClient client, Caller caller, UUID canteenId, @Nullable Cursor cursor, int limit) {
        return canteens.canteen(client, caller.districtId(), canteenId)
                .compose(canteen -> requireConcerned(client, caller, canteen))
                .compose(may -> register.policies(
                        client, caller.districtId(), canteenId, cursor == null ? null : cursor.date(0), limit + 1))
                .map(found -> Page.of(
                        found, limit, policy -> List.of(policy.effectiveFrom().toString())))
                .compose(page -> register.policiesVersion(client, caller.districtId(), canteenId)
                        .map(version -> new Policies(version, page.items(), page.nextCursor())));
    }

    /** By an administrator, before its day; what is booked already keeps its price. */
    Future<SubsidyPolicy> setPolicy(
            SqlConnection transaction, Caller caller, UUID canteenId, Day day, List<SubsidyBand> bands, Instant now) {
        var districtId = caller.districtId();
        var policy = new SubsidyPolicy(canteenId, day.effectiveFrom(), bands);
        return administered(transaction, caller, canteenId)
                .compose(seen -> register.lock(transaction, districtId, canteenId))
                .compose(locked -> requireSeen(transaction, districtId, canteenId, day))
                .compose(seen -> requireToCome(transaction, districtId, day, now))
                .compose(toCome -> {
                    Faults.refuse(CanteenFaults.ofBands(bands));
                    return register.setPolicy(transaction, districtId, policy);
                })
                .compose(done -> register.policiesChange(transaction, districtId, canteenId))
                .map(policy);
    }

    /** By an administrator, before its day. */
    Future<Void> deletePolicy(SqlConnection transaction, Caller caller, UUID canteenId, Day day, Instant now) {
        var districtId = caller.districtId();
        return administered(transaction, caller, canteenId)
                .compose(seen -> register.lock(transaction, districtId, canteenId))
                .compose(locked -> register.hasPolicy(transaction, districtId, canteenId, day.effectiveFrom()))
                .compose(there -> there
                        ? requireSeen(transaction, districtId, canteenId, day)
                        : Future.failedFuture(Refusal.notFound()))
                .compose(seen -> requireToCome(transaction, districtId, day, now))
                .compose(toCome -> register.deletePolicy(transaction, districtId, canteenId, day.effectiveFrom()))
                .compose(done -> register.policiesChange(transaction, districtId, canteenId));
    }

    /** Under the lock of the canteen. */
    private Future<Void> requireSeen(SqlConnection transaction, UUID districtId, UUID canteenId, Day day) {
        return register.policiesVersion(transaction, districtId, canteenId).map(present -> {
            Versions.require(day.seenVersion(), present, "subsidy_policy_changed");
            return null;
        });
    }

    /** One that is in force, or was, stands in bookings and settlements. */
    private Future<Void> requireToCome(SqlClient client, UUID districtId, Day day, Instant now) {
        return places.zone(client, districtId).map(zone -> {
            if (!day.effectiveFrom().isAfter(LocalDate.ofInstant(now, zone))) {
                throw Faults.of("/path/effectiveFrom", "subsidy_policy_past");
            }
            return null;
        });
    }

    private Future<Void> requireConcerned(SqlClient client, Caller caller, Canteen canteen) {
        if (caller.is(Role.ADMIN) || caller.holds(Role.CANTEEN_OPERATOR, canteen.id())) {
            return Future.succeededFuture();
        }
        return places.get(client, caller.districtId(), canteen.placeId())
                .compose(place -> caller.covers(Role.SUPERVISOR, place.path())
                        ? Future.succeededFuture()
                        : Future.failedFuture(Refusal.forbidden()));
    }

    /** The canteen, if the caller may change it. */
    private Future<Canteen> administered(SqlClient client, Caller caller, UUID canteenId) {
        return canteens.canteen(client, caller.districtId(), canteenId).map(canteen -> {
            caller.require(Role.ADMIN);
            return canteen;
        });
    }

    private Future<CanteenDetails> details(SqlClient client, UUID districtId, Canteen canteen) {
        return register.periods(client, districtId, canteen.id()).map(periods -> CanteenDetails.of(canteen, periods));
    }

    private static <T> T or(@Nullable T asked, T present) {
        return asked == null ? present : asked;
    }
}
