package org.huying.retention;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.huying.db.Rows;

final class RetentionStore {
    Future<RetentionSettings> settings(SqlClient client, UUID districtId) {
        return client.preparedQuery(RetentionSql.FIND)
                .execute(Tuple.of(districtId))
                .map(Rows.first(RetentionSettings::from))
                .map(found -> found.orElse(RetentionSettings.DEFAULT));
    }

    Future<Integer> version(SqlClient client, UUID districtId) {
        return client.preparedQuery(RetentionSql.VERSION)
                .execute(Tuple.of(districtId))
                .map(rows -> rows.iterator().next().getInteger("version"));
    }

    /** Counts a change that comes, and nobody else changes them until the transaction has ended; gives the version of before. */
    Future<Integer> change(SqlClient client, UUID districtId) {
        return client.preparedQuery(RetentionSql.CHANGE)
                .execute(Tuple.of(districtId))
                .map(rows -> rows.iterator().next().getInteger("version"));
    }

    Future<Void> set(SqlClient client, UUID districtId, RetentionSettings settings) {
        return client.preparedQuery(RetentionSql.SET)
                .execute(Tuple.of(
                        districtId,
                        settings.closedTicketTextsMonths(),
                        settings.photosMonths(),
                        settings.bookingDetailsMonths(),
                        settings.notificationsDays(),
                        settings.sessionsDays()))
                .mapEmpty();
    }
}
