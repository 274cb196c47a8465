package org.huying.identity.household;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Place;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Who finds which household, and who adds one. */
final class HouseholdService {
    private final Places places;
    private final HouseholdStore store;
    private final HouseholdSight sight;

    HouseholdService(Places places, HouseholdStore store, HouseholdSight sight) {
        this.places = places;
        this.store = store;
        this.sight = sight;
    }

    /** Those of a compound of the caller's. */
    Future<Page<HouseholdView>> list(
            SqlClient client, Caller caller, UUID compoundId, @Nullable Cursor cursor, int limit) {
        return places.get(client, caller.districtId(), compoundId)
                .compose(compound -> requireSight(client, caller, compound))
                .compose(seen -> store.list(
                        client,
                        caller.districtId(),
                        compoundId,
                        null,
                        cursor == null ? null : cursor.uuid(0),
                        limit + 1))
                .map(found -> Page.of(found, limit, each -> List.of(each.id().toString())));
    }

    /** By the exact address: residents in whatever compound, to join. */
    Future<Page<HouseholdView>> search(SqlClient client, Caller caller, UUID compoundId, String address) {
        return places.get(client, caller.districtId(), compoundId)
                .compose(compound ->
                        caller.isResident() ? Future.succeededFuture() : requireSight(client, caller, compound))
                .compose(may -> store.list(client, caller.districtId(), compoundId, address, null, 1))
                .map(found -> Page.of(found, 1, each -> List.of(each.id().toString())));
    }

    private Future<Void> requireSight(SqlClient client, Caller caller, Place compound) {
        return sight.ofCompound(client, caller, compound)
                .compose(standing ->
                        standing.sees() ? Future.succeededFuture() : Future.failedFuture(Refusal.forbidden()));
    }

    Future<HouseholdView> create(SqlConnection transaction, Caller caller, UUID compoundId, String address) {
        var id = Ids.next();
        return places.find(transaction, caller.districtId(), compoundId)
                .map(found -> found.filter(place -> place.level().equals("compound"))
                        .orElseThrow(() -> Faults.of("/compoundId", "compound_unknown")))
                .compose(compound -> {
                    if (!caller.covers(Role.ADMIN, compound.path())
                            && !caller.covers(Role.GRID_MEMBER, compound.path())) {
                        return Future.failedFuture(Refusal.forbidden());
                    }
                    return store.insert(transaction, caller.districtId(), id, compoundId, address)
                            .map(isNew -> {
                                if (!isNew) {
                                    throw Refusal.conflict("household_exists");
                                }
                                return new HouseholdView(id, compoundId, compound.name(), address);
                            });
                });
    }

    Future<HouseholdView> get(SqlClient client, Caller caller, UUID householdId) {
        return store.find(client, caller.districtId(), householdId)
                .map(found -> found.orElseThrow(Refusal::notFound))
                .compose(household -> sight.required(client, caller, household).map(household));
    }

    Future<Page<Member>> members(
            SqlClient client, Caller caller, UUID householdId, @Nullable Cursor cursor, int limit) {
        return store.find(client, caller.districtId(), householdId)
                .map(found -> found.orElseThrow(Refusal::notFound))
                .compose(household -> sight.required(client, caller, household))
                .compose(standing -> store.members(
                                client,
                                caller.districtId(),
                                householdId,
                                cursor == null ? null : cursor.uuid(0),
                                limit + 1)
                        .map(found -> Page.of(
                                        found, limit, each -> List.of(each.id().toString()))
                                .map(Member::ofHousehold)
                                .map(member -> standing.knowsNames() ? member : member.masked())));
    }
}
