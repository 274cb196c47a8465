package org.huying.identity.unmasking;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.http.Cursor;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/** The record of those who looked. */
final class UnmaskingStore {
    /** What is asked of it, and by whom; {@code null} does not narrow it. */
    record Filter(
            UUID readerId,
            @Nullable List<UUID> placeIds,
            @Nullable UUID subjectId,
            @Nullable UUID actorId) {}

    private final FieldCipher cipher;

    UnmaskingStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    Future<Void> add(SqlConnection transaction, Caller caller, UUID id, Look look, Instant now) {
        return transaction
                .preparedQuery(UnmaskingSql.INSERT)
                .execute(Tuple.tuple()
                        .addUUID(caller.districtId())
                        .addUUID(id)
                        .addOffsetDateTime(Rows.utc(now))
                        .addUUID(caller.personId())
                        .addString(look.role().code())
                        .addUUID(look.subjectId())
                        .addUUID(look.ticketId())
                        .addArrayOfUUID(look.placePath().toArray(UUID[]::new))
                        .addArrayOfString(look.fields().toArray(String[]::new))
                        .addBuffer(cipher.seal(look.reason()))
                        .addBoolean(look.hidden()))
                .mapEmpty();
    }

    Future<List<Unmasking>> list(SqlClient client, UUID districtId, Filter filter, @Nullable Cursor after, int limit) {
        var places = filter.placeIds();
        return client.preparedQuery(UnmaskingSql.LIST)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addValue(places == null ? null : places.toArray(UUID[]::new))
                        .addUUID(filter.subjectId())
                        .addUUID(filter.actorId())
                        .addOffsetDateTime(after == null ? null : Rows.utc(after.instant(0)))
                        .addUUID(after == null ? null : after.uuid(1))
                        .addInteger(limit)
                        .addUUID(filter.readerId()))
                .map(Rows.list(row -> Unmasking.from(row, cipher)));
    }

    Future<Void> addSearch(SqlConnection transaction, Caller caller, Searches.Search search, Instant now) {
        var found = search.found();
        var count = Math.max(1, found.size());
        var ids = Stream.generate(Ids::next).limit(count).toArray(UUID[]::new);
        var asked =
                Stream.generate(() -> cipher.seal(search.asked())).limit(count).toArray(Buffer[]::new);
        var nobody = new UUID[1];
        return transaction
                .preparedQuery(UnmaskingSql.INSERT_SEARCH)
                .execute(Tuple.tuple()
                        .addUUID(caller.districtId())
                        .addArrayOfUUID(ids)
                        .addOffsetDateTime(Rows.utc(now))
                        .addUUID(caller.personId())
                        .addString(search.role().code())
                        .addArrayOfString(new String[] {search.field()})
                        .addArrayOfUUID(
                                found.isEmpty()
                                        ? nobody
                                        : found.stream().map(Searches.Found::id).toArray(UUID[]::new))
                        .addArrayOfUUID(
                                found.isEmpty()
                                        ? nobody
                                        : found.stream()
                                                .map(Searches.Found::homeId)
                                                .toArray(UUID[]::new))
                        .addUUID(search.placeId())
                        .addArrayOfBuffer(asked))
                .mapEmpty();
    }

    Future<Void> addListed(
            SqlConnection transaction, UUID districtId, UUID actorId, List<UUID> subjectIds, Instant now) {
        return transaction
                .preparedQuery(UnmaskingSql.INSERT_LISTED)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addArrayOfUUID(Stream.generate(Ids::next)
                                .limit(subjectIds.size())
                                .toArray(UUID[]::new))
                        .addOffsetDateTime(Rows.utc(now))
                        .addUUID(actorId)
                        .addString(Role.ADMIN.code())
                        .addArrayOfUUID(subjectIds.toArray(UUID[]::new)))
                .mapEmpty();
    }

    /** How many searches found nobody, and when the first of them was. */
    record Fruitless(long count, @Nullable Instant firstAt) {}

    Future<Fruitless> fruitless(SqlClient client, Caller caller, Instant since) {
        return client.preparedQuery(UnmaskingSql.FRUITLESS)
                .execute(Tuple.of(caller.districtId(), caller.personId(), Rows.utc(since)))
                .map(rows -> {
                    var row = rows.iterator().next();
                    return new Fruitless(row.getLong("n"), Rows.instantOrNull(row, "first_at"));
                });
    }

    static Future<Integer> forgetAsked(SqlConnection transaction, UUID districtId, Instant before, int limit) {
        return transaction
                .preparedQuery(UnmaskingSql.FORGET_ASKED)
                .execute(Tuple.of(districtId, Rows.utc(before), limit))
                .map(rows -> rows.rowCount());
    }

    /** Answers who had looked. */
    Future<Set<UUID>> eraseReasons(SqlConnection transaction, UUID districtId, UUID subjectId) {
        return transaction
                .preparedQuery(UnmaskingSql.ERASE_REASONS)
                .execute(Tuple.of(districtId, subjectId))
                .map(rows ->
                        Rows.stream(rows).map(row -> row.getUUID("actor_id")).collect(Collectors.toSet()));
    }
}
