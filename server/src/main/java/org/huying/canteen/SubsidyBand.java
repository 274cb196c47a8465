package org.huying.canteen;

import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * What the programme pays of one portion for a diner of this age.
 *
 * @param toAge inclusive; open without
 */
public record SubsidyBand(int fromAge, @Nullable Integer toAge, int amountFen) {
    public static SubsidyBand from(Row row) {
        return new SubsidyBand(row.getInteger("from_age"), row.getInteger("to_age"), row.getInteger("amount_fen"));
    }

    boolean covers(int age) {
        return age >= fromAge && (toAge == null || age <= toAge);
    }
}
