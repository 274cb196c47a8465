package org.huying.identity.unmasking;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.UUID;

/** What was searched for long ago. */
public final class PastSearches {
    private PastSearches() {}

    /** Forgets the words of searches before an instant; that they were made stays. How many there were. */
    public static Future<Integer> expire(SqlConnection transaction, UUID districtId, Instant before, int limit) {
        return UnmaskingStore.forgetAsked(transaction, districtId, before, limit);
    }
}
