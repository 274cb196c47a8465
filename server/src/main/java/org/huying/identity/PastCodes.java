package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.Rows;

/** Removes what is left of codes that nobody can use any more: those of mandates that were offered, and of accounts. */
public final class PastCodes {
    private static final String FORGET_INVITATIONS = """
            UPDATE mandate SET invite_code_hash = NULL
            WHERE district_id = $1 AND id = ANY (ARRAY (
                SELECT id FROM mandate
                WHERE district_id = $1 AND invite_code_hash IS NOT NULL
                  AND (invite_expires_at IS NULL OR invite_expires_at <= $2 OR valid_until <= $2)
                LIMIT $3))
            """;

    /** One that was made anew meanwhile is good. */
    private static final String FORGET_ACTIVATIONS = """
            UPDATE staff_login SET activation_hash = NULL, activation_expires_at = NULL
            WHERE activation_expires_at <= $2 AND username = ANY (ARRAY (
                SELECT l.username FROM staff_login l
                JOIN staff s ON s.id = l.person_id
                WHERE s.district_id = $1 AND l.activation_expires_at <= $2
                LIMIT $3))
            """;

    private PastCodes() {}

    /**
     * How many there were.
     *
     * @param now of real time, on which codes run out
     */
    public static Future<Integer> expire(SqlConnection transaction, UUID districtId, Instant now, int limit) {
        var values = Tuple.of(districtId, Rows.utc(now), limit);
        return transaction
                .preparedQuery(FORGET_INVITATIONS)
                .execute(values)
                .compose(invitations -> transaction
                        .preparedQuery(FORGET_ACTIVATIONS)
                        .execute(values)
                        .map(activations -> invitations.rowCount() + activations.rowCount()));
    }
}
