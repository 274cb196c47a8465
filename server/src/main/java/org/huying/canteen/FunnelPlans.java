package org.huying.canteen;

import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How old the plans of each session are. Planning is a third of what a batch costs the database, so plans are kept; but
 * one made while the tables were empty takes any index at all, since all begin with the district, and when they are full
 * costs a factor of ten. So no plan is kept for longer than a moment, in which the tables cannot grow much.
 */
final class FunnelPlans {
    private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int SESSIONS_MAX = 64;

    private final Map<Integer, Long> madeAtNanos = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
            return size() > SESSIONS_MAX;
        }
    };

    /** What begins a transaction; the session's plans are then young, or made anew. */
    String begin(SqlConnection connection) {
        var session = PgConnection.cast(connection).processId();
        var madeAt = madeAtNanos.get(session);
        if (madeAt != null && System.nanoTime() - madeAt < KEPT_NANOS) {
            return FunnelSql.BEGIN;
        }
        madeAtNanos.put(session, System.nanoTime());
        return FunnelSql.BEGIN_WITH_NEW_PLANS;
    }
}
