package org.huying.identity.staff;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.identity.ActivationCode;
import org.huying.kernel.Grant;
import org.huying.kernel.spelling.NormalForm;
import org.huying.kernel.spelling.Typed;
import org.jspecify.annotations.Nullable;

/** Accounts, whose names are sealed and found by keyed indexes. */
final class StaffStore {
    private final FieldCipher cipher;

    /** Somebody who is to get in. */
    record Invited(String username, String name, List<Grant> grants) {
        Invited {
            grants = List.copyOf(grants);
        }
    }

    StaffStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    Future<Optional<Account>> find(SqlClient client, UUID districtId, Authority authority, UUID staffId) {
        return client.preparedQuery(StaffSql.FIND)
                .execute(authority.addTo(Tuple.of(districtId)).addUUID(staffId))
                .map(Rows.first(row -> Account.from(row, cipher)));
    }

    Future<List<Account>> list(
            SqlClient client,
            UUID districtId,
            Authority authority,
            UUID ownId,
            StaffFilter filter,
            @Nullable UUID after,
            int limit) {
        var start = filter.usernameStart();
        var name = filter.name();
        return client.preparedQuery(StaffSql.LIST)
                .execute(authority
                        .addTo(Tuple.of(districtId))
                        .addUUID(ownId)
                        .addString(filter.role())
                        .addUUID(filter.scopeId())
                        .addString(start == null ? null : Typed.loginName(start))
                        .addBuffer(name == null ? null : cipher.index(NormalForm.ofName(name)))
                        .addUUID(after)
                        .addInteger(limit))
                .map(Rows.list(row -> Account.from(row, cipher)));
    }

    Future<Void> lock(SqlConnection transaction, UUID districtId) {
        return transaction
                .preparedQuery(StaffSql.LOCK)
                .execute(Tuple.of(districtId))
                .mapEmpty();
    }

    Future<Void> lock(SqlConnection transaction, UUID districtId, UUID staffId) {
        return transaction
                .preparedQuery(StaffSql.LOCK_ACCOUNT)
                .execute(Tuple.of(districtId, staffId))
                .mapEmpty();
    }

    Future<Boolean> isOtherAdmin(SqlConnection transaction, UUID districtId, UUID thanId) {
        return transaction
                .preparedQuery(StaffSql.OTHER_ADMINS)
                .execute(Tuple.of(districtId, thanId))
                .map(rows -> rows.iterator().next().getLong("n") > 0);
    }

    Future<Boolean> isTaken(SqlClient client, String username) {
        return client.preparedQuery(StaffSql.USERNAME_TAKEN)
                .execute(Tuple.of(username))
                .map(rows -> rows.iterator().next().getBoolean("taken"));
    }

    /** With its roles, which are those that the code is for. */
    Future<Void> insert(
            SqlConnection transaction, UUID districtId, UUID id, Invited invited, ActivationCode code, Instant now) {
        return transaction
                .preparedQuery(StaffSql.INSERT_PERSON)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(id)
                        .addOffsetDateTime(Rows.utc(now))
                        .addString(invited.username())
                        .addBuffer(code.hash())
                        .addOffsetDateTime(Rows.utc(code.expiresAt()))
                        .addBuffer(cipher.seal(invited.name()))
                        .addBuffer(cipher.index(NormalForm.ofName(invited.name()))))
                .compose(made -> grant(transaction, districtId, id, invited.grants()))
                .compose(
                        granted -> transaction.preparedQuery(StaffSql.BIND_CODE).execute(Tuple.of(districtId, id)))
                .mapEmpty();
    }

    Future<Void> grant(SqlConnection transaction, UUID districtId, UUID id, List<Grant> grants) {
        return transaction
                .preparedQuery(StaffSql.INSERT_GRANTS)
                .execute(Tuple.of(
                        districtId,
                        id,
                        grants.stream().map(grant -> grant.role().code()).toArray(String[]::new),
                        grants.stream()
                                .map(grant -> grant.scope().name().toLowerCase(Locale.ROOT))
                                .toArray(String[]::new),
                        grants.stream().map(Grant::scopeId).toArray(UUID[]::new)))
                .mapEmpty();
    }

    Future<Void> regrant(SqlConnection transaction, UUID districtId, UUID id, List<Grant> grants) {
        return transaction
                .preparedQuery(StaffSql.DELETE_GRANTS)
                .execute(Tuple.of(districtId, id))
                .compose(deleted -> grant(transaction, districtId, id, grants));
    }

    Future<Void> rename(SqlConnection transaction, UUID districtId, UUID id, String name) {
        return transaction
                .preparedQuery(StaffSql.RENAME)
                .execute(Tuple.of(districtId, id, cipher.seal(name), cipher.index(NormalForm.ofName(name))))
                .mapEmpty();
    }

    Future<Void> setSuspended(SqlConnection transaction, UUID districtId, UUID id, boolean suspended) {
        return transaction
                .preparedQuery(StaffSql.SUSPEND)
                .execute(Tuple.of(districtId, id, suspended))
                .mapEmpty();
    }

    Future<Void> reset(SqlConnection transaction, UUID districtId, UUID id, ActivationCode code) {
        return transaction
                .preparedQuery(StaffSql.RESET)
                .execute(Tuple.of(districtId, id, code.hash(), Rows.utc(code.expiresAt())))
                .mapEmpty();
    }

    /** Makes the activation codes worthless that somebody has issued. */
    Future<Void> voidCodes(SqlConnection transaction, UUID districtId, UUID issuerId) {
        return transaction
                .preparedQuery(StaffSql.VOID_CODES)
                .execute(Tuple.of(districtId, issuerId))
                .mapEmpty();
    }
}
