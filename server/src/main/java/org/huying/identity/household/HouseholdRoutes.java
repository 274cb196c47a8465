package org.huying.identity.household;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.Tidings;
import org.huying.identity.Wards;
import org.huying.kernel.Role;
import org.huying.place.Places;

/** Households and their members over HTTP. */
public final class HouseholdRoutes implements Operations.Binder {
    private final Database database;
    private final Clock clock;
    private final HouseholdService households;
    private final MembershipService memberships;

    public HouseholdRoutes(
            Database database, FieldCipher cipher, Places places, Wards wards, Tidings tidings, Clock clock) {
        var store = new HouseholdStore(cipher);
        var sight = new HouseholdSight(places);
        this.database = database;
        this.clock = clock;
        this.households = new HouseholdService(places, store, sight);
        this.memberships = new MembershipService(places, store, sight, wards, tidings);
    }

    @Override
    public void bind(Operations operations) {
        var listers = Access.anyOf(Role.GRID_MEMBER, Role.HOTLINE_AGENT, Role.SUPERVISOR, Role.ADMIN, Role.DISPATCHER);
        var searchers = Access.anyOf(
                Role.RESIDENT, Role.GRID_MEMBER, Role.HOTLINE_AGENT, Role.SUPERVISOR, Role.ADMIN, Role.DISPATCHER);
        operations.query("listHouseholds", listers, this::list);
        operations.query("searchHouseholds", searchers, this::search);
        operations.command("createHousehold", Access.anyOf(Role.ADMIN, Role.GRID_MEMBER), this::create);
        operations.query("getHousehold", Access.signedIn(), this::get);
        operations.query("listHouseholdMembers", Access.signedIn(), this::members);
        operations.command("joinHousehold", Access.signedIn(), this::join);
        operations.command("approveHouseholdMember", Access.signedIn(), this::approve);
        operations.command("removeHouseholdMember", Access.signedIn(), this::remove);
        operations.query(
                "listMembershipRequests",
                Access.anyOf(Role.GRID_MEMBER, Role.DISPATCHER, Role.SUPERVISOR),
                this::requests);
    }

    private Future<Answer> list(Call call) {
        return database.read(client ->
                        households.list(client, call.caller(), call.id("compoundId"), call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> search(Call call) {
        var compoundId = UUID.fromString(call.body().getString("compoundId"));
        var address = call.body().getString("address");
        return database.read(client -> households.search(client, call.caller(), compoundId, address))
                .map(Answer::ok);
    }

    private Future<Answer> create(Call call, SqlConnection transaction) {
        var compoundId = UUID.fromString(call.body().getString("compoundId"));
        return households
                .create(
                        transaction,
                        call.caller(),
                        compoundId,
                        call.body().getString("address").strip())
                .map(Answer::created);
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> households.get(client, call.caller(), call.id("householdId")))
                .map(Answer::ok);
    }

    private Future<Answer> members(Call call) {
        return database.read(client ->
                        households.members(client, call.caller(), call.id("householdId"), call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> join(Call call, SqlConnection transaction) {
        JsonObject body = call.body();
        var resident = body.getString("residentId");
        return memberships
                .join(
                        transaction,
                        call.caller(),
                        call.id("householdId"),
                        body.getString("role"),
                        resident == null ? null : UUID.fromString(resident),
                        clock.instant())
                .map(Answer::created);
    }

    private Future<Answer> approve(Call call, SqlConnection transaction) {
        return memberships
                .approve(
                        transaction,
                        call.caller(),
                        call.id("householdId"),
                        call.id("memberId"),
                        call.body().getInteger("version"),
                        clock.instant())
                .map(Answer::ok);
    }

    private Future<Answer> remove(Call call, SqlConnection transaction) {
        return memberships
                .remove(transaction, call.caller(), call.id("householdId"), call.id("memberId"), clock.instant())
                .map(done -> Answer.noContent());
    }

    private Future<Answer> requests(Call call) {
        return database.read(client -> memberships.requests(client, call.caller(), call.cursor(), call.limit()))
                .map(Answer::ok);
    }
}
