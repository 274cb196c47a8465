package org.huying.metrics.service;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import org.huying.kernel.Caller;
import org.huying.metrics.BySegment;
import org.huying.metrics.DrillPage;
import org.huying.metrics.Frame;
import org.huying.metrics.Frames;
import org.huying.metrics.GroupNames;
import org.huying.metrics.MetricsQuery;
import org.huying.metrics.TicketTable;
import org.jspecify.annotations.Nullable;

/** The service rates: their figures, and the tickets behind each. */
final class RatesService {
    private final Frames frames;
    private final RatesStore store;
    private final GroupNames names;

    RatesService(Frames frames, RatesStore store, GroupNames names) {
        this.frames = frames;
        this.store = store;
        this.names = names;
    }

    Future<ServiceRates> figures(SqlClient client, Caller caller, MetricsQuery query, @Nullable String groupBy) {
        return frames.of(client, caller, query)
                .compose(frame -> store.blocks(client, frame, groupBy)
                        .compose(blocks -> groups(client, frame, groupBy, blocks)
                                .map(groups -> ServiceRates.of(frame, blocks, groups))));
    }

    Future<List<ServiceTicket>> tickets(
            SqlClient client,
            Caller caller,
            MetricsQuery query,
            Drill drill,
            DrillPage.@Nullable After after,
            int limit) {
        return frames.of(client, caller, query).compose(frame -> store.tickets(client, frame, drill, after, limit));
    }

    /** All tickets of a number at once, as far as a file may go. */
    Future<TicketTable> table(SqlClient client, Caller caller, MetricsQuery query, Drill drill) {
        return tickets(client, caller, query, drill, null, TicketTable.ENOUGH)
                .compose(tickets -> TicketTable.of(
                        client,
                        names,
                        caller.districtId(),
                        ServiceTicket.DETAILS,
                        tickets.stream().map(ServiceTicket::line).toList()));
    }

    private Future<List<ServiceRates.Group>> groups(
            SqlClient client, Frame frame, @Nullable String groupBy, BySegment<ServiceFigure> blocks) {
        return names.keys(client, frame.districtId(), groupBy, blocks.groups())
                .map(keys -> keys.stream()
                        .map(key -> new ServiceRates.Group(key, blocks.group(key.id())))
                        .toList());
    }
}
