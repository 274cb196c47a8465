package org.huying.metrics.completion;

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

/** The one-time completion rate: its figures, and the tickets behind each. */
final class CompletionService {
    private final Frames frames;
    private final CompletionStore store;
    private final GroupNames names;

    CompletionService(Frames frames, CompletionStore store, GroupNames names) {
        this.frames = frames;
        this.store = store;
        this.names = names;
    }

    Future<OneTimeCompletion> figures(SqlClient client, Caller caller, MetricsQuery query, @Nullable String groupBy) {
        return frames.of(client, caller, query).compose(frame -> figures(client, frame, groupBy));
    }

    Future<OneTimeCompletion> figures(SqlClient client, Frame frame, @Nullable String groupBy) {
        return store.tallies(client, frame, groupBy).compose(tallies -> named(client, frame, groupBy, tallies));
    }

    /** Ticket by ticket, as the definition has it: for checking what was computed another way. */
    Future<OneTimeCompletion> counted(SqlClient client, Frame frame, @Nullable String groupBy) {
        return store.counted(client, frame, groupBy).compose(tallies -> named(client, frame, groupBy, tallies));
    }

    Future<List<CountedTicket>> tickets(
            SqlClient client,
            Caller caller,
            MetricsQuery query,
            CompletionStore.Which which,
            DrillPage.@Nullable After after,
            int limit) {
        return frames.of(client, caller, query).compose(frame -> store.tickets(client, frame, which, after, limit));
    }

    /** All tickets of a figure at once, as far as a file may go. */
    Future<TicketTable> table(SqlClient client, Caller caller, MetricsQuery query, CompletionStore.Which which) {
        return tickets(client, caller, query, which, null, TicketTable.ENOUGH)
                .compose(tickets -> TicketTable.of(
                        client,
                        names,
                        caller.districtId(),
                        CountedTicket.DETAILS,
                        tickets.stream().map(CountedTicket::line).toList()));
    }

    private Future<OneTimeCompletion> named(
            SqlClient client, Frame frame, @Nullable String groupBy, BySegment<Tally> tallies) {
        return names.keys(client, frame.districtId(), groupBy, tallies.groups())
                .map(keys -> OneTimeCompletion.of(
                        frame,
                        tallies,
                        keys.stream()
                                .map(key -> new Figure.Group(key, Figure.of(tallies.group(key.id()))))
                                .toList()));
    }
}
