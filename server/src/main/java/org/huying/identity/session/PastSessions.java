package org.huying.identity.session;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.Rows;

/**
 * Removes what sessions leave behind. A used token is kept for as long as its being used again ought to end the session;
 * forgotten, it is refused like any that never was.
 */
public final class PastSessions {
    private PastSessions() {}

    /** How many tokens and sessions there were. */
    public static Future<Integer> expire(SqlConnection transaction, UUID districtId, Instant before, int limit) {
        var values = Tuple.of(districtId, Rows.utc(before), limit);
        return transaction
                .preparedQuery(SessionSql.FORGET_TOKENS)
                .execute(values)
                .compose(tokens -> transaction
                        .preparedQuery(SessionSql.FORGET_SESSIONS)
                        .execute(values)
                        .map(sessions -> tokens.rowCount() + sessions.rowCount()));
    }
}
