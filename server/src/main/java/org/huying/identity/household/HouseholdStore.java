package org.huying.identity.household;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Caller;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/** Households and who belongs to them. */
final class HouseholdStore {
    /** Somebody who has left, and whether they had been approved. */
    record Removed(UUID residentId, boolean wasApproved) {}

    private final FieldCipher cipher;

    HouseholdStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    Future<Optional<HouseholdView>> find(SqlClient client, UUID districtId, UUID householdId) {
        return client.preparedQuery(HouseholdSql.FIND)
                .execute(Tuple.of(districtId, householdId))
                .map(Rows.first(row -> HouseholdView.from(row, cipher)));
    }

    Future<List<HouseholdView>> list(
            SqlClient client,
            UUID districtId,
            UUID compoundId,
            @Nullable String address,
            @Nullable UUID after,
            int limit) {
        return client.preparedQuery(HouseholdSql.LIST)
                .execute(Tuple.of(
                        districtId,
                        compoundId,
                        address == null ? null : cipher.index(NormalForm.ofName(address)),
                        after,
                        limit))
                .map(Rows.list(row -> HouseholdView.from(row, cipher)));
    }

    /** Whether it is new. */
    Future<Boolean> insert(SqlClient client, UUID districtId, UUID id, UUID compoundId, String address) {
        return client.preparedQuery(HouseholdSql.INSERT)
                .execute(Tuple.of(
                        districtId, id, compoundId, cipher.seal(address), cipher.index(NormalForm.ofName(address))))
                .map(done -> done.rowCount() == 1);
    }

    Future<List<Member>> members(SqlClient client, UUID districtId, UUID householdId, @Nullable UUID after, int limit) {
        return client.preparedQuery(HouseholdSql.MEMBERS)
                .execute(Tuple.of(districtId, householdId, after, limit))
                .map(Rows.list(row -> Member.from(row, cipher)));
    }

    Future<Optional<Member>> member(SqlClient client, UUID districtId, UUID householdId, UUID memberId) {
        return client.preparedQuery(HouseholdSql.MEMBER)
                .execute(Tuple.of(districtId, householdId, memberId))
                .map(Rows.first(row -> Member.from(row, cipher)));
    }

    Future<UUID> membership(SqlClient client, UUID districtId, UUID householdId, UUID residentId) {
        return client.preparedQuery(HouseholdSql.MEMBERSHIP)
                .execute(Tuple.of(districtId, householdId, residentId))
                .map(Rows.first(row -> row.getUUID("id")))
                .map(Optional::orElseThrow);
    }

    /** Holds the resident until the transaction ends; whether there is such a one. */
    Future<Boolean> lockResident(SqlClient client, UUID districtId, UUID residentId) {
        return client.preparedQuery(HouseholdSql.LOCK_RESIDENT)
                .execute(Tuple.of(districtId, residentId))
                .map(rows -> rows.size() == 1);
    }

    /** @param entered by others for the resident; else asked for by the resident */
    Future<Long> pending(SqlClient client, UUID districtId, UUID residentId, boolean entered) {
        return client.preparedQuery(HouseholdSql.COUNT_PENDING)
                .execute(Tuple.of(districtId, residentId, entered))
                .map(rows -> rows.iterator().next().getLong("n"));
    }

    /**
     * Whether they had nothing to do with the household before.
     *
     * @param enteredById who does it for the resident; null where the resident asks
     * @param agreedById  who agreed to it in the resident's place, so that it holds at once; null where it waits
     */
    Future<Boolean> join(
            SqlClient client,
            UUID districtId,
            UUID id,
            UUID householdId,
            UUID residentId,
            String role,
            Instant now,
            @Nullable UUID enteredById,
            @Nullable UUID agreedById) {
        return client.preparedQuery(HouseholdSql.JOIN)
                .execute(Tuple.of(districtId, id, householdId, residentId, role, Rows.utcMillis(now))
                        .addUUID(enteredById)
                        .addUUID(agreedById))
                .map(done -> done.rowCount() == 1);
    }

    /** Holds a request; its version when it was made. */
    Future<Optional<Integer>> asked(SqlClient client, UUID districtId, UUID householdId, UUID memberId) {
        return client.preparedQuery(HouseholdSql.ASKED)
                .execute(Tuple.of(districtId, householdId, memberId))
                .map(Rows.first(row -> row.getInteger("name_version")));
    }

    /** Whether it still waited. */
    Future<Boolean> approve(
            SqlClient client, UUID districtId, UUID householdId, UUID memberId, Instant now, UUID byId) {
        return client.preparedQuery(HouseholdSql.APPROVE)
                .execute(Tuple.of(districtId, householdId, memberId, Rows.utcMillis(now), byId))
                .map(done -> done.rowCount() == 1);
    }

    Future<Optional<Removed>> remove(SqlClient client, UUID districtId, UUID householdId, UUID memberId) {
        return client.preparedQuery(HouseholdSql.REMOVE)
                .execute(Tuple.of(districtId, householdId, memberId))
                .map(Rows.first(row -> new Removed(
                        row.getUUID("resident_id"), row.getString("status").equals("approved"))));
    }

    Future<List<MembershipRequest>> requests(SqlClient client, Caller caller, @Nullable UUID after, int limit) {
        return client.preparedQuery(HouseholdSql.REQUESTS)
                .execute(Tuple.tuple()
                        .addUUID(caller.districtId())
                        .addValue(scopes(caller, Role.GRID_MEMBER))
                        .addUUID(caller.personId())
                        .addValue(scopes(caller, Role.SUPERVISOR))
                        .addValue(scopes(caller, Role.DISPATCHER))
                        .addUUID(after)
                        .addInteger(limit))
                .map(Rows.list(row -> MembershipRequest.from(row, cipher)));
    }

    /** Whether the caller is in charge of the resident whom somebody else entered, and may agree in their place. */
    Future<Boolean> agrees(SqlClient client, Caller caller, UUID memberId) {
        return client.preparedQuery(HouseholdSql.AGREES)
                .execute(Tuple.of(
                        caller.districtId(),
                        scopes(caller, Role.GRID_MEMBER),
                        caller.personId(),
                        scopes(caller, Role.SUPERVISOR),
                        memberId))
                .map(rows -> rows.size() == 1);
    }

    private static UUID[] scopes(Caller caller, Role role) {
        return caller.scopesOf(role).toArray(UUID[]::new);
    }
}
