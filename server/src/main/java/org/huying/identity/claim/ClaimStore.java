package org.huying.identity.claim;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.http.Cursor;
import org.huying.identity.Oversight;
import org.huying.identity.Wards;
import org.huying.kernel.Caller;
import org.jspecify.annotations.Nullable;

/** The rows of claims. */
final class ClaimStore {
    private final FieldCipher cipher;

    ClaimStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** One that ended, and whom that matters to. */
    record Ended(UUID id, UUID claimantId) {
        static Ended from(Row row) {
            return new Ended(row.getUUID("id"), row.getUUID("claimant_id"));
        }
    }

    Future<List<ClaimOffer>> offers(SqlClient client, UUID districtId, UUID claimantId) {
        return client.preparedQuery(ClaimSql.OFFERS)
                .execute(Tuple.of(districtId, claimantId))
                .map(Rows.list(row -> ClaimOffer.from(row, cipher)));
    }

    Future<Optional<ClaimOffer>> offer(SqlClient client, UUID districtId, UUID claimantId, UUID recordId) {
        return client.preparedQuery(ClaimSql.OFFER)
                .execute(Tuple.of(districtId, claimantId, recordId))
                .map(Rows.first(row -> ClaimOffer.from(row, cipher)));
    }

    Future<Optional<KnownClaim>> ofPair(SqlClient client, UUID districtId, UUID claimantId, UUID recordId) {
        return client.preparedQuery(ClaimSql.OF_PAIR)
                .execute(Tuple.of(districtId, claimantId, recordId))
                .map(Rows.first(KnownClaim::from));
    }

    Future<Void> claim(
            SqlConnection transaction, UUID districtId, UUID claimantId, UUID recordId, UUID id, Instant now) {
        return transaction
                .preparedQuery(ClaimSql.CLAIM)
                .execute(Tuple.of(districtId, claimantId, recordId, id, Rows.utc(now)))
                .mapEmpty();
    }

    /** As the caller stands to it. */
    Future<Optional<KnownClaim>> known(SqlConnection transaction, Caller caller, UUID claimId) {
        return transaction
                .preparedQuery(ClaimSql.KNOWN)
                .execute(inCharge(caller).addUUID(claimId))
                .map(Rows.first(KnownClaim::from));
    }

    Future<Void> lockBetween(SqlConnection transaction, UUID districtId, UUID one, UUID other) {
        return transaction
                .preparedQuery(ClaimSql.LOCK_BETWEEN)
                .execute(Tuple.of(districtId, one, other))
                .mapEmpty();
    }

    Future<Boolean> isClaimed(SqlClient client, Caller caller, UUID claimantId, UUID recordId) {
        return client.preparedQuery(ClaimSql.IS_CLAIMED)
                .execute(Tuple.of(caller.districtId(), claimantId, caller.personId(), recordId))
                .map(rows -> rows.size() > 0);
    }

    Future<Void> end(
            SqlConnection transaction,
            Caller caller,
            UUID claimId,
            ClaimStatus status,
            @Nullable String reason,
            Instant now) {
        return transaction
                .preparedQuery(ClaimSql.END)
                .execute(Tuple.of(
                        caller.districtId(),
                        claimId,
                        status.code(),
                        Rows.utc(now),
                        caller.personId(),
                        cipher.seal(reason)))
                .mapEmpty();
    }

    Future<List<Ended>> endOvertaken(
            SqlConnection transaction, UUID districtId, UUID recordId, UUID byId, Instant now) {
        return transaction
                .preparedQuery(ClaimSql.END_OVERTAKEN)
                .execute(Tuple.of(districtId, recordId, Rows.utc(now), byId))
                .map(Rows.list(Ended::from));
    }

    Future<List<Ended>> expire(SqlConnection transaction, UUID districtId, Instant madeUntil, Instant now, int limit) {
        return transaction
                .preparedQuery(ClaimSql.EXPIRE)
                .execute(Tuple.of(districtId, Rows.utc(madeUntil), Rows.utc(now), limit))
                .map(Rows.list(Ended::from));
    }

    Future<Integer> forget(SqlConnection transaction, UUID districtId, Instant endedBefore, int limit) {
        return transaction
                .preparedQuery(ClaimSql.FORGET)
                .execute(Tuple.of(districtId, Rows.utc(endedBefore), limit))
                .map(rows -> rows.rowCount());
    }

    Future<List<ClaimView>> waiting(SqlClient client, Caller caller, @Nullable Cursor after, int limit) {
        return client.preparedQuery(ClaimSql.WAITING)
                .execute(inCharge(caller)
                        .addOffsetDateTime(after == null ? null : Rows.utc(after.instant(0)))
                        .addUUID(after == null ? null : after.uuid(1))
                        .addInteger(limit))
                .map(Rows.list(row -> ClaimView.from(row, cipher)));
    }

    Future<List<OwnClaim>> own(SqlClient client, Caller caller, @Nullable Cursor after, int limit) {
        return client.preparedQuery(ClaimSql.OWN)
                .execute(Tuple.tuple()
                        .addUUID(caller.districtId())
                        .addUUID(caller.personId())
                        .addOffsetDateTime(after == null ? null : Rows.utc(after.instant(0)))
                        .addUUID(after == null ? null : after.uuid(1))
                        .addInteger(limit))
                .map(Rows.list(row -> OwnClaim.from(row, cipher)));
    }

    Future<OwnClaim> one(SqlClient client, UUID districtId, UUID claimId) {
        return client.preparedQuery(ClaimSql.ONE)
                .execute(Tuple.of(districtId, claimId))
                .map(Rows.first(row -> OwnClaim.from(row, cipher)))
                .map(found -> found.orElseThrow());
    }

    /** Those of the one on record: who is to know. */
    Future<List<UUID>> concerned(SqlClient client, UUID districtId, UUID recordId) {
        return client.preparedQuery(ClaimSql.CONCERNED)
                .execute(Tuple.of(districtId, recordId))
                .map(Rows.list(row -> row.getUUID("person_id")));
    }

    /** The district, the caller, and whose people they look after or decide on. */
    private static Tuple inCharge(Caller caller) {
        return Tuple.tuple()
                .addUUID(caller.districtId())
                .addValue(Wards.placesOf(caller).toArray(UUID[]::new))
                .addUUID(caller.personId())
                .addValue(Oversight.placesOf(caller).toArray(UUID[]::new));
    }
}
