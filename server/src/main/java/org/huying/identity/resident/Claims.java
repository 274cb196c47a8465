package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.identity.Tidings;
import org.huying.identity.Wards;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.kernel.Versions;
import org.jspecify.annotations.Nullable;

/** Residents who say that they are somebody on record, because the number that they have bound is on it. */
public final class Claims {
    private final FieldCipher cipher;
    private final Tidings tidings;

    public Claims(FieldCipher cipher, Tidings tidings) {
        this.cipher = cipher;
        this.tidings = tidings;
    }

    /** Whom the resident may say to be; ten at most. */
    static Future<List<ClaimOffer>> offers(SqlClient client, FieldCipher cipher, UUID districtId, UUID claimantId) {
        return client.preparedQuery(ClaimSql.OFFERS)
                .execute(Tuple.of(districtId, claimantId))
                .map(Rows.list(row -> ClaimOffer.from(row, cipher)));
    }

    /** Whoever is not offered is not there. */
    public Future<ClaimOffer> require(SqlClient client, Caller caller, UUID residentId, int version) {
        return client.preparedQuery(ClaimSql.OFFER)
                .execute(Tuple.of(caller.districtId(), caller.personId(), residentId))
                .map(Rows.first(row -> ClaimOffer.from(row, cipher)))
                .map(found -> {
                    var offer = found.orElseThrow(Refusal::notFound);
                    Versions.require(version, offer.version(), "resident_changed");
                    return offer;
                });
    }

    /** Waits for the grid member; those whom it concerns are told, once. */
    public Future<Void> wait(SqlConnection transaction, Caller caller, UUID residentId, Instant now) {
        return transaction
                .preparedQuery(ClaimSql.CLAIM)
                .execute(Tuple.of(caller.districtId(), caller.personId(), residentId, Rows.utc(now)))
                .compose(made ->
                        made.rowCount() == 0 ? Future.succeededFuture() : tell(transaction, caller, residentId, now));
    }

    /** Those whom it concerns learn that somebody says to be the one on record. */
    public Future<Void> tell(SqlConnection transaction, Caller caller, UUID residentId, Instant now) {
        return transaction
                .preparedQuery(ClaimSql.CONCERNED)
                .execute(Tuple.of(caller.districtId(), residentId))
                .map(Rows.list(row -> row.getUUID("person_id")))
                .compose(concerned -> tidings.tell(
                        transaction,
                        caller.districtId(),
                        concerned.stream()
                                .filter(person -> !person.equals(caller.personId()))
                                .map(person ->
                                        new Tidings.Tiding(person, "resident_claimed", residentId, new JsonObject()))
                                .toList(),
                        now));
    }

    /** Those that wait for the grid member. */
    public Future<Page<ClaimView>> waiting(SqlClient client, Caller caller, @Nullable Cursor after, int limit) {
        return client.preparedQuery(ClaimSql.WAITING)
                .execute(Tuple.tuple()
                        .addUUID(caller.districtId())
                        .addValue(Wards.placesOf(caller).toArray(UUID[]::new))
                        .addUUID(caller.personId())
                        .addOffsetDateTime(after == null ? null : Rows.utc(after.instant(0)))
                        .addUUID(after == null ? null : after.uuid(1))
                        .addUUID(after == null ? null : after.uuid(2))
                        .addInteger(limit + 1))
                .map(Rows.list(row -> ClaimView.from(row, cipher)))
                .map(found -> Page.of(
                        found,
                        limit,
                        each -> List.of(
                                each.createdAt().toString(),
                                each.claimantId().toString(),
                                each.residentId().toString())));
    }
}
