package org.huying.wechat;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import org.huying.db.Rows;

/**
 * Whether the people of an installation log in with WeChat or with what stands in for it while it is tried. With the latter
 * anybody can be anybody: a database that has seen the one never goes on with the other.
 */
public final class WeChatUse {
    /** One that has people already, and does not say with what they log in, is of before it was asked: they are WeChat's. */
    private static final String BEGIN = """
            INSERT INTO wechat_use (simulated, since)
            SELECT $1 AND NOT EXISTS (SELECT 1 FROM wechat_login), $2
            ON CONFLICT DO NOTHING
            """;

    private static final String PRESENT = """
            SELECT simulated FROM wechat_use
            """;

    private WeChatUse() {}

    /** The database is of the other kind; the message says so to whoever started the node. */
    public static final class WrongUseException extends RuntimeException {
        private WrongUseException(String message) {
            super(message);
        }
    }

    /** Puts it on record, the first time; fails with {@link WrongUseException} where something else stands there. */
    public static Future<Void> hold(SqlConnection transaction, boolean simulated, Instant now) {
        return transaction
                .preparedQuery(BEGIN)
                .execute(Tuple.of(simulated, Rows.utc(now)))
                .compose(begun -> transaction.query(PRESENT).execute())
                .compose(rows -> rows.iterator().next().getBoolean("simulated") == simulated
                        ? Future.succeededFuture()
                        : Future.failedFuture(new WrongUseException(
                                simulated
                                        ? "the people in this database log in with WeChat, and HUYING_WECHAT_SIMULATOR would let"
                                                + " anybody be anybody: try with another, empty database"
                                        : "this database was used with HUYING_WECHAT_SIMULATOR, so anybody may have been"
                                                + " anybody in it: go live with another, empty one")));
    }
}
