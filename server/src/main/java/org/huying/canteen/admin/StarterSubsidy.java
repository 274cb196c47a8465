package org.huying.canteen.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** The subsidies by age with which every canteen of a district begins; each can be given others. */
public final class StarterSubsidy {
    private StarterSubsidy() {}

    /**
     * Writes them down for a district that has none.
     *
     * @param policy as {@code setSubsidyPolicy} takes it: {@code bands} that do not overlap
     */
    public static Future<Void> give(SqlConnection transaction, UUID districtId, JsonObject policy) {
        var rows = policy.getJsonArray("bands").stream()
                .map(JsonObject.class::cast)
                .map(band -> Tuple.of(
                        districtId, band.getInteger("fromAge"), band.getInteger("toAge"), band.getInteger("amountFen")))
                .toList();
        return transaction
                .preparedQuery(RegisterSql.INSERT_STARTER)
                .executeBatch(rows)
                .mapEmpty();
    }
}
