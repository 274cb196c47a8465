package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Ids;
import org.huying.kernel.Spelling;
import org.jspecify.annotations.Nullable;

/** Registered residents, whose personal data is sealed and found by keyed indexes. */
final class ResidentStore {
    private final FieldCipher cipher;

    ResidentStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    Future<Void> insert(
            SqlConnection transaction, UUID districtId, UUID id, NewResident resident, UUID byId, Instant now) {
        var at = Rows.utc(now);
        var phone = resident.phone();
        var row = Tuple.tuple()
                .addUUID(districtId)
                .addUUID(id)
                .addBuffer(cipher.seal(resident.name()))
                .addBuffer(cipher.index(Spelling.plain(resident.name())))
                .addBuffer(cipher.seal(phone))
                .addBuffer(phone == null ? null : cipher.index(Spelling.plain(phone)))
                .addBuffer(cipher.seal(resident.birthDate().toString()))
                .addBoolean(resident.birthDateVerified())
                .addUUID(byId)
                .addBuffer(cipher.seal(resident.consentNote()))
                .addOffsetDateTime(at);
        return transaction
                .preparedQuery(ResidentSql.INSERT_PERSON)
                .execute(Tuple.of(id, districtId, at))
                .compose(done ->
                        transaction.preparedQuery(ResidentSql.INSERT_RESIDENT).execute(row))
                .compose(done -> resident.householdId() == null
                        ? Future.succeededFuture()
                        : move(transaction, districtId, id, resident.householdId(), byId, at));
    }

    private static Future<Void> move(
            SqlConnection transaction, UUID districtId, UUID id, UUID householdId, UUID byId, OffsetDateTime at) {
        return transaction
                .preparedQuery(ResidentSql.INSERT_MEMBER)
                .execute(Tuple.of(districtId, Ids.next(), householdId, id, at, byId))
                .mapEmpty();
    }

    /** By the whole name or number; of these places, or of the district without. */
    Future<List<ResidentMatch>> find(
            SqlClient client,
            UUID districtId,
            String query,
            @Nullable List<UUID> placeIds,
            UUID askedById,
            @Nullable UUID after,
            int limit) {
        var index = cipher.index(Spelling.plain(query));
        return client.preparedQuery(ResidentSql.FIND)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addBuffer(index)
                        .addBuffer(index)
                        .addValue(placeIds == null ? null : placeIds.toArray(UUID[]::new))
                        .addUUID(askedById)
                        .addUUID(after)
                        .addInteger(limit))
                .map(rows -> Rows.stream(rows)
                        .map(row -> ResidentMatch.from(row, cipher))
                        .toList());
    }

    /** Whether there is such a resident. */
    Future<Boolean> bindPhone(SqlConnection transaction, UUID districtId, UUID id, String phone) {
        return transaction
                .preparedQuery(ResidentSql.BIND_PHONE)
                .execute(Tuple.of(districtId, id, cipher.seal(phone), cipher.index(Spelling.plain(phone))))
                .map(updated -> updated.rowCount() == 1);
    }
}
