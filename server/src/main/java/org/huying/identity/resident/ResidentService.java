package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.identity.Tidings;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Who registers whom, and who finds whom. */
final class ResidentService {
    private final Places places;
    private final ResidentStore store;
    private final Tidings tidings;

    ResidentService(Places places, ResidentStore store, Tidings tidings) {
        this.places = places;
        this.store = store;
        this.tidings = tidings;
    }

    /**
     * Who may be the one that is to be registered. Only of somebody who could be registered as they are: otherwise one could
     * ask who is here without leaving anybody behind.
     */
    Future<List<Alike>> alike(SqlClient client, Caller caller, NewResident asked, Instant now) {
        return requireGood(client, caller, asked, now).compose(good -> store.alike(client, caller.districtId(), asked));
    }

    private Future<Void> requireGood(SqlClient client, Caller caller, NewResident asked, Instant now) {
        return requireHousehold(client, caller, asked.householdId())
                .compose(seen -> places.zone(client, caller.districtId()))
                .map(zone -> {
                    BirthDates.requireLikely(asked.birthDate(), now, zone);
                    if (asked.birthDateVerified()) {
                        BirthDates.requireVerifiable(asked.birthDate(), now, zone);
                    }
                    return null;
                });
    }

    /** Refuses somebody who may be there already, naming, masked, who that may be. */
    static void requireNobody(List<Alike> alike) {
        if (!alike.isEmpty()) {
            var candidates = alike.stream().map(Alike::match).toList();
            throw Refusal.conflict("resident_exists", Map.of("candidates", candidates));
        }
    }

    private Future<Void> requireNobody(SqlConnection transaction, Caller caller, NewResident asked) {
        // who says that it is somebody new is still seen by whoever does not
        return store.lockLikes(transaction, caller.districtId(), asked)
                .compose(locked -> asked.isNewPerson()
                        ? Future.succeededFuture(List.<Alike>of())
                        : store.alike(transaction, caller.districtId(), asked))
                .map(alike -> {
                    requireNobody(alike);
                    return null;
                });
    }

    /** By a grid member; into a household only of their own place. */
    Future<ResidentView> register(SqlConnection transaction, Caller caller, NewResident asked, Instant now) {
        var id = Ids.next();
        return requireGood(transaction, caller, asked, now)
                .compose(good -> requireNobody(transaction, caller, asked))
                .compose(free -> store.insert(transaction, caller.districtId(), id, asked, caller.personId(), now))
                .compose(made -> tellMembers(transaction, caller, asked.householdId(), id, now))
                .map(new ResidentView(
                        id,
                        asked.name(),
                        asked.birthDate(),
                        asked.birthDateVerified(),
                        asked.householdId(),
                        asked.phone(),
                        now));
    }

    /** A grid member finds the people of their place, a canteen's operator anybody who comes to the counter. */
    Future<Page<ResidentMatch>> find(
            SqlClient client, Caller caller, String query, @Nullable Cursor cursor, int limit) {
        var within = caller.is(Role.CANTEEN_OPERATOR) ? null : caller.scopesOf(Role.GRID_MEMBER);
        return store.find(
                        client,
                        caller.districtId(),
                        query,
                        within,
                        caller.personId(),
                        cursor == null ? null : cursor.uuid(0),
                        limit + 1)
                .map(found -> Page.of(found, limit, each -> List.of(each.id().toString())));
    }

    /** Those who live there already learn that somebody joined. */
    private Future<Void> tellMembers(
            SqlConnection transaction, Caller caller, @Nullable UUID householdId, UUID residentId, Instant now) {
        if (householdId == null) {
            return Future.succeededFuture();
        }
        var districtId = caller.districtId();
        var compound = places.household(transaction, districtId, householdId)
                .compose(found ->
                        places.get(transaction, districtId, found.orElseThrow().compoundId()));
        return compound.compose(found -> places.approvedMembers(transaction, districtId, householdId))
                .compose(members -> tidings.tell(
                        transaction,
                        districtId,
                        members.stream()
                                .filter(member -> !member.equals(residentId))
                                .map(member -> new Tidings.Tiding(
                                        member,
                                        "household_joined",
                                        householdId,
                                        new JsonObject()
                                                .put(
                                                        "compound",
                                                        compound.result().name())))
                                .toList(),
                        now));
    }

    private Future<Void> requireHousehold(SqlClient client, Caller caller, @Nullable UUID householdId) {
        if (householdId == null) {
            return Future.succeededFuture();
        }
        return places.household(client, caller.districtId(), householdId)
                .map(found -> found.orElseThrow(Refusal::notFound))
                .compose(household -> places.get(client, caller.districtId(), household.compoundId()))
                .map(compound -> {
                    if (!caller.covers(Role.GRID_MEMBER, compound.path())) {
                        throw Refusal.notFound();
                    }
                    return null;
                });
    }
}
