package org.huying.metrics.completion;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.http.Page;
import org.huying.metrics.Frames;
import org.huying.metrics.GroupNames;
import org.huying.metrics.MetricsQuery;
import org.huying.place.Places;

/** The figures over HTTP. */
public final class CompletionRoutes implements Operations.Binder {
    private final Database database;
    private final CompletionService completion;

    public CompletionRoutes(Database database, Places places, Clock clock) {
        this.database = database;
        this.completion =
                new CompletionService(new Frames(clock, places), new CompletionStore(), new GroupNames(places));
    }

    @Override
    public void bind(Operations operations) {
        var readers = Access.anyOf(Frames.readers());
        operations.query("getOneTimeCompletion", readers, this::figures);
        operations.query("listOneTimeCompletionTickets", readers, this::tickets);
    }

    private Future<Answer> figures(Call call) {
        return database.withConnection(client ->
                        completion.figures(client, call.caller(), MetricsQuery.from(call), call.text("groupBy")))
                .map(Answer::ok);
    }

    private Future<Answer> tickets(Call call) {
        var cursor = call.cursor();
        var after = cursor == null ? null : new CompletionStore.After(cursor.instant(0), cursor.uuid(1));
        var segment = call.text("segment");
        return database.read(client -> completion.tickets(
                        client,
                        call.caller(),
                        MetricsQuery.from(call),
                        call.requiredText("verdict"),
                        segment == null ? "main" : segment,
                        after,
                        call.limit() + 1))
                .map(rows -> Answer.ok(Page.of(
                        rows,
                        call.limit(),
                        row -> List.of(row.at().toString(), row.ticketId().toString()))));
    }
}
