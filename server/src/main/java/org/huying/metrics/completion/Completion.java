package org.huying.metrics.completion;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.huying.metrics.Frame;
import org.huying.metrics.Frames;
import org.huying.metrics.GroupNames;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** The rate, for those who publish it. */
public final class Completion {
    private final CompletionService service;
    private final CompletionStore store = new CompletionStore();

    public Completion(Clock clock, Places places) {
        this.service = new CompletionService(new Frames(clock, places), store, new GroupNames(places));
    }

    /** How many tickets of the cohort, consultation and care aside, an organization has at the lowest place of a path. */
    public record Crossing(UUID organizationId, UUID placeId, long tickets) {}

    /** Of a whole district, whatever else the frame asks for. */
    public Future<List<Crossing>> crossed(SqlClient client, Frame frame) {
        return store.crossed(client, frame);
    }

    /** Ticket by ticket, as the definition has it. */
    public Future<OneTimeCompletion> counted(SqlClient client, Frame frame, @Nullable String groupBy) {
        return service.counted(client, frame, groupBy);
    }

    /** The same figures, from the roll-up where it has them. */
    public Future<OneTimeCompletion> figures(SqlClient client, Frame frame, @Nullable String groupBy) {
        return service.figures(client, frame, groupBy);
    }
}
