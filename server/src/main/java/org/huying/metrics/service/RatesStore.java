package org.huying.metrics.service;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import org.huying.db.Rows;
import org.huying.metrics.BySegment;
import org.huying.metrics.DrillPage;
import org.huying.metrics.Frame;
import org.jspecify.annotations.Nullable;

/** Counts and lists tickets by the one definition that the database holds. */
final class RatesStore {
    Future<BySegment<ServiceFigure>> blocks(SqlClient client, Frame frame, @Nullable String groupBy) {
        return client.preparedQuery(RatesSql.COUNTED)
                .execute(frame.values().addValue(groupBy).addString(frame.zone().getId()))
                .map(rows -> {
                    var blocks = new BySegment<>(ServiceFigure::nothing);
                    rows.forEach(
                            row -> blocks.put(row.getString("segment"), row.getString("key"), ServiceFigure.from(row)));
                    return blocks;
                });
    }

    Future<List<ServiceTicket>> tickets(
            SqlClient client, Frame frame, Drill drill, DrillPage.@Nullable After after, int limit) {
        var values = frame.values()
                .addString(drill.measure())
                .addString(drill.segment())
                .addValue(after == null ? null : Rows.utc(after.at()))
                .addValue(after == null ? null : after.ticketId())
                .addInteger(limit);
        var found = drill.isOfBacklog()
                ? client.preparedQuery(RatesSql.TICKETS_OF_BACKLOG).execute(values.addValue(drill.age()))
                : client.preparedQuery(RatesSql.TICKETS_OF_COHORT).execute(values);
        return found.map(Rows.list(ServiceTicket::from));
    }
}
