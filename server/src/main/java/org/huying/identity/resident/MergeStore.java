package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.db.personal.OnePerson;
import org.huying.identity.Oversight;
import org.huying.identity.Wards;
import org.huying.kernel.Caller;
import org.huying.kernel.Masked;

/** The rows of two entries of one person. */
final class MergeStore {
    private final FieldCipher cipher;

    /**
     * How somebody stands to a resident.
     *
     * @param isWard  whether they look after them, as a grid member
     * @param isUnder whether they decide on them, as a supervisor
     */
    record Standing(boolean isWard, boolean isUnder) {}

    MergeStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    Future<Void> lockMerges(SqlConnection transaction, UUID districtId) {
        return transaction
                .preparedQuery(MergeSql.LOCK_MERGES)
                .execute(Tuple.of(districtId))
                .mapEmpty();
    }

    /** In the order of their ids. */
    Future<Void> lockBoth(SqlConnection transaction, UUID districtId, UUID one, UUID other) {
        return transaction
                .preparedQuery(MergeSql.LOCK_BOTH)
                .execute(Tuple.of(districtId, (Object) new UUID[] {one, other}))
                .mapEmpty();
    }

    Future<Optional<UUID>> mergedInto(SqlClient client, UUID districtId, UUID residentId) {
        return client.preparedQuery(MergeSql.MERGED_INTO)
                .execute(Tuple.of(districtId, residentId))
                .map(Rows.first(row -> row.getUUID("merged_into_id")));
    }

    /** Whether somebody is known in another district, or is staff somewhere. */
    Future<Boolean> isKnownOtherwise(SqlClient client, UUID districtId, UUID personId) {
        return client.preparedQuery(MergeSql.KNOWN_OTHERWISE)
                .execute(Tuple.of(districtId, personId))
                .map(rows -> rows.size() > 0);
    }

    /** How the caller stands to somebody; empty where there is none. */
    Future<Optional<Standing>> standing(SqlClient client, Caller caller, UUID residentId) {
        return client.preparedQuery(MergeSql.SIGHT)
                .execute(Tuple.tuple()
                        .addUUID(caller.districtId())
                        .addValue(Wards.placesOf(caller).toArray(UUID[]::new))
                        .addUUID(caller.personId())
                        .addValue(Oversight.placesOf(caller).toArray(UUID[]::new))
                        .addUUID(residentId))
                .map(Rows.first(row -> new Standing(row.getBoolean("ward"), row.getBoolean("under"))));
    }

    /** What is known of either is known of the one that stays; the other row tells nothing any more. */
    Future<Void> join(SqlConnection transaction, OnePerson one) {
        var both = Tuple.of(one.districtId(), one.goneId(), one.staysId());
        return transaction
                .preparedQuery(MergeSql.JOIN)
                .execute(both)
                .compose(done -> transaction
                        .preparedQuery(MergeSql.GO)
                        .execute(Tuple.of(
                                one.districtId(),
                                one.goneId(),
                                one.staysId(),
                                cipher.seal(Masked.ERASED),
                                Rows.utc(one.now()))))
                .compose(done -> transaction.preparedQuery(MergeSql.POINT_ON).execute(both))
                .mapEmpty();
    }

    /** The one that stays, and who is to know. */
    Future<List<UUID>> concerned(SqlClient client, OnePerson one) {
        return client.preparedQuery(MergeSql.CONCERNED)
                .execute(Tuple.of(one.districtId(), one.staysId()))
                .map(Rows.list(row -> row.getUUID("person_id")));
    }
}
