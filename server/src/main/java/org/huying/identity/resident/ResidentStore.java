package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Ids;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/** Registered residents, whose personal data is sealed and found by keyed indexes. */
final class ResidentStore {
    private static final int NAMESAKES_MAX = 1000;

    /** More is no help to whoever is to tell one from another. */
    private static final int ALIKE_MAX = 10;

    private final FieldCipher cipher;

    ResidentStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    Future<Void> insert(
            SqlConnection transaction, UUID districtId, UUID id, NewResident resident, UUID byId, Instant now) {
        var at = Rows.utcMillis(now);
        var phone = resident.phone();
        var row = Tuple.tuple()
                .addUUID(districtId)
                .addUUID(id)
                .addBuffer(cipher.seal(resident.name()))
                .addBuffer(cipher.index(NormalForm.ofName(resident.name())))
                .addBuffer(cipher.seal(phone))
                .addBuffer(phone == null ? null : cipher.index(NormalForm.ofNumber(phone)))
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

    /** Until the transaction ends nobody else registers somebody of this name or number, if they hold it likewise. */
    Future<Void> lockLikes(SqlConnection transaction, UUID districtId, NewResident asked) {
        var indexes = Stream.concat(
                        Stream.of(NormalForm.ofName(asked.name())),
                        Stream.ofNullable(asked.phone()).map(NormalForm::ofNumber))
                .map(cipher::index);
        return transaction
                .preparedQuery(ResidentSql.BEGIN_REGISTERING)
                .execute(Tuple.of(districtId))
                .compose(begun -> transaction
                        .preparedQuery(ResidentSql.LOCK_LIKES)
                        .execute(Tuple.of(districtId, (Object) indexes.toArray(Buffer[]::new))))
                .mapEmpty();
    }

    /** Those of the district who may be the same person: of this name and birth date, or of this number. */
    Future<List<Alike>> alike(SqlClient client, UUID districtId, NewResident asked) {
        var phone = asked.phone();
        return client.preparedQuery(ResidentSql.FIND)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addValue(null)
                        .addUUID(null)
                        .addBuffer(cipher.index(NormalForm.ofName(asked.name())))
                        .addBuffer(phone == null ? null : cipher.index(NormalForm.ofNumber(phone)))
                        .addUUID(null)
                        .addInteger(NAMESAKES_MAX))
                .map(rows -> Rows.stream(rows)
                        .map(row -> Alike.of(row, cipher, asked))
                        .flatMap(Optional::stream)
                        .limit(ALIKE_MAX)
                        .toList());
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
        return client.preparedQuery(ResidentSql.FIND)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addValue(placeIds == null ? null : placeIds.toArray(UUID[]::new))
                        .addUUID(askedById)
                        .addBuffer(cipher.index(NormalForm.ofName(query)))
                        .addBuffer(cipher.index(NormalForm.ofNumber(query)))
                        .addUUID(after)
                        .addInteger(limit))
                .map(rows -> Rows.stream(rows)
                        .map(row -> ResidentMatch.from(row, cipher))
                        .toList());
    }

    /** Whether there is such a resident. */
    Future<Boolean> bindPhone(SqlConnection transaction, UUID districtId, UUID id, String phone, Instant now) {
        return transaction
                .preparedQuery(ResidentSql.BIND_PHONE)
                .execute(Tuple.of(
                        districtId, id, cipher.seal(phone), cipher.index(NormalForm.ofNumber(phone)), Rows.utc(now)))
                .map(updated -> updated.rowCount() == 1);
    }

    Future<Void> lock(SqlConnection transaction, UUID districtId, UUID residentId) {
        return transaction
                .preparedQuery(ResidentSql.LOCK)
                .execute(Tuple.of(districtId, residentId))
                .mapEmpty();
    }

    Future<Optional<KnownResident>> find(
            SqlClient client, UUID districtId, UUID residentId, Collection<UUID> placeIds) {
        return client.preparedQuery(ResidentSql.KNOWN)
                .execute(Tuple.of(districtId, residentId, placeIds.toArray(UUID[]::new)))
                .map(Rows.first(row -> KnownResident.from(row, cipher)));
    }

    /** And who did it when. */
    Future<Void> change(
            SqlConnection transaction,
            UUID districtId,
            UUID actorId,
            UUID residentId,
            ResidentChange change,
            Instant now) {
        var name = change.name();
        var phone = change.phone();
        var birthDate = change.birthDate();
        return transaction
                .preparedQuery(ResidentSql.CHANGE)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(residentId)
                        .addBuffer(cipher.seal(name))
                        .addBuffer(name == null ? null : cipher.index(NormalForm.ofName(name)))
                        .addBuffer(cipher.seal(phone))
                        .addBuffer(phone == null ? null : cipher.index(NormalForm.ofNumber(phone)))
                        .addBuffer(cipher.seal(birthDate == null ? null : birthDate.toString()))
                        .addBoolean(change.birthDateVerified()))
                .compose(changed -> note(transaction, districtId, actorId, residentId, change.fields(), null, now));
    }

    /** The same for what was not known of them; nothing may have come to be known since that was found. */
    Future<Void> complete(
            SqlConnection transaction, UUID districtId, UUID actorId, ResidentBatch.Addition addition, Instant now) {
        var phone = addition.phone();
        var birthDate = addition.birthDate();
        return transaction
                .preparedQuery(ResidentSql.COMPLETE)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(addition.residentId())
                        .addBuffer(cipher.seal(phone))
                        .addBuffer(phone == null ? null : cipher.index(NormalForm.ofNumber(phone)))
                        .addBuffer(cipher.seal(birthDate == null ? null : birthDate.toString()))
                        .addBoolean(addition.verified()))
                .compose(completed -> {
                    if (completed.rowCount() != 1) {
                        throw new IllegalStateException("what was to be added is known by now");
                    }
                    return note(transaction, districtId, actorId, addition.residentId(), addition.fields(), null, now);
                });
    }

    /** Who changed what when, and maybe why. */
    Future<Void> note(
            SqlConnection transaction,
            UUID districtId,
            UUID actorId,
            UUID residentId,
            List<String> fields,
            @Nullable String reason,
            Instant now) {
        return transaction
                .preparedQuery(ResidentSql.NOTE_CHANGE)
                .execute(Tuple.of(
                        districtId,
                        Ids.next(),
                        Rows.utc(now),
                        actorId,
                        residentId,
                        fields.toArray(String[]::new),
                        cipher.seal(reason)))
                .mapEmpty();
    }

    /** What was changed of somebody. */
    record Noted(UUID residentId, List<String> fields) {}

    /** The same of many. */
    Future<Void> noteAll(SqlConnection transaction, UUID districtId, UUID actorId, List<Noted> changes, Instant now) {
        return changes.isEmpty()
                ? Future.succeededFuture()
                : transaction
                        .preparedQuery(ResidentSql.NOTE_CHANGES)
                        .execute(Tuple.of(
                                districtId,
                                changes.stream().map(each -> Ids.next()).toArray(UUID[]::new),
                                changes.stream().map(Noted::residentId).toArray(UUID[]::new),
                                changes.stream()
                                        .map(each -> String.join(",", each.fields()))
                                        .toArray(String[]::new),
                                Rows.utc(now),
                                actorId))
                        .mapEmpty();
    }
}
