package org.huying.identity.mandate;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** Rows of mandates. */
final class MandateStore {
    private final FieldCipher cipher;

    MandateStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** Holds the resident until the transaction ends. */
    Future<Void> lockGrantor(SqlClient client, UUID districtId, UUID grantorId) {
        return client.preparedQuery(MandateSql.LOCK_GRANTOR)
                .execute(Tuple.of(districtId, grantorId))
                .mapEmpty();
    }

    /** Offered or in force. */
    Future<Long> countGiven(SqlClient client, UUID districtId, UUID grantorId) {
        return count(client, MandateSql.COUNT_GIVEN, districtId, grantorId);
    }

    Future<Long> countHeld(SqlClient client, UUID districtId, UUID proxyId) {
        return count(client, MandateSql.COUNT_HELD, districtId, proxyId);
    }

    private static Future<Long> count(SqlClient client, String sql, UUID districtId, UUID personId) {
        return client.preparedQuery(sql)
                .execute(Tuple.of(districtId, personId))
                .map(rows -> rows.iterator().next().getLong("n"));
    }

    Future<Void> insert(
            SqlClient client,
            UUID districtId,
            UUID id,
            UUID grantorId,
            UUID offeredById,
            Offer offer,
            InviteCode code,
            Instant codeExpiresAt,
            Instant now) {
        return client.preparedQuery(MandateSql.INSERT)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(id)
                        .addUUID(grantorId)
                        .addBoolean(offer.forBooking())
                        .addBoolean(offer.forTicket())
                        .addOffsetDateTime(Rows.utcOrNull(offer.until()))
                        .addBuffer(code.hash())
                        .addOffsetDateTime(Rows.utc(codeExpiresAt))
                        .addUUID(offeredById)
                        .addBuffer(cipher.seal(offer.consentNote()))
                        .addUUID(offer.consentPhotoId())
                        .addOffsetDateTime(Rows.utc(now)))
                .mapEmpty();
    }

    Future<Optional<Mandate>> find(SqlClient client, UUID districtId, UUID id) {
        return client.preparedQuery(MandateSql.FIND)
                .execute(Tuple.of(districtId, id))
                .map(Rows.first(Mandate::from));
    }

    /** The offer that the code takes up, held until the transaction ends. */
    Future<Optional<Mandate>> lockInvited(SqlClient client, UUID districtId, InviteCode code) {
        return client.preparedQuery(MandateSql.LOCK_INVITED)
                .execute(Tuple.of(districtId, code.hash()))
                .map(Rows.first(Mandate::from));
    }

    /** What was in force between the two before ends. */
    Future<Void> accept(SqlClient client, UUID districtId, Mandate offered, UUID proxyId, Instant now) {
        return client.preparedQuery(MandateSql.END_EARLIER)
                .execute(Tuple.of(districtId, offered.grantorId(), proxyId, offered.id(), Rows.utc(now)))
                .compose(ended -> client.preparedQuery(MandateSql.ACCEPT)
                        .execute(Tuple.of(districtId, offered.id(), proxyId, Rows.utc(now))))
                .mapEmpty();
    }

    /** Whether it had not ended before. */
    Future<Boolean> revoke(SqlClient client, UUID districtId, UUID id, Instant now, UUID byId) {
        return client.preparedQuery(MandateSql.REVOKE)
                .execute(Tuple.of(districtId, id, Rows.utc(now), byId))
                .map(rows -> rows.size() == 1);
    }

    Future<List<Mandate>> list(SqlClient client, UUID districtId, UUID personId, @Nullable UUID after, int limit) {
        return client.preparedQuery(MandateSql.LIST)
                .execute(Tuple.of(districtId, personId, after, limit))
                .map(Rows.list(Mandate::from));
    }
}
