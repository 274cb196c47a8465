package org.huying.metrics.completion;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Csv;
import org.huying.http.Operations;
import org.huying.http.Page;
import org.huying.metrics.DrillPage;
import org.huying.metrics.Frames;
import org.huying.metrics.GroupNames;
import org.huying.metrics.MetricsQuery;
import org.huying.place.Places;
import org.huying.ticket.Tickets;

/** The one-time completion rate over HTTP, and why each ticket counts as it does. */
public final class CompletionRoutes implements Operations.Binder {
    private final Vertx vertx;
    private final Database database;
    private final Clock clock;
    private final CompletionService completion;
    private final ExplanationService explanations;

    public CompletionRoutes(Vertx vertx, Database database, Places places, Tickets tickets, Clock clock) {
        var store = new CompletionStore();
        this.vertx = vertx;
        this.database = database;
        this.clock = clock;
        this.completion = new CompletionService(new Frames(clock, places), store, new GroupNames(places));
        this.explanations = new ExplanationService(clock, tickets, places, store);
    }

    @Override
    public void bind(Operations operations) {
        var readers = Access.anyOf(Frames.readers());
        operations.query("getOneTimeCompletion", readers, this::figures);
        operations.query("listOneTimeCompletionTickets", readers, this::tickets);
        operations.query("getTicketCompletion", Access.signedIn(), this::explain);
    }

    private Future<Answer> figures(Call call) {
        var groupBy = call.text("groupBy");
        return database.withConnection(
                        client -> completion.figures(client, call.caller(), MetricsQuery.from(call), groupBy))
                .map(figures -> call.mediaType().equals(Csv.MEDIA_TYPE)
                        ? Csv.file(
                                CompletionTable.write(figures, groupBy),
                                "one-time-completion.csv",
                                "一次性办结率" + figures.from() + "至" + figures.to() + ".csv")
                        : Answer.ok(figures));
    }

    private Future<Answer> tickets(Call call) {
        return call.mediaType().equals(Csv.MEDIA_TYPE) ? table(call) : page(call);
    }

    private Future<Answer> page(Call call) {
        var which = which(call);
        var page = DrillPage.of(call, which, clock);
        return database.read(client ->
                        completion.tickets(client, call.caller(), page.query(), which, page.after(), page.limit() + 1))
                .map(rows -> Answer.ok(Page.of(rows, page.limit(), row -> page.keys(row.at(), row.ticketId()))));
    }

    private Future<Answer> table(Call call) {
        return database.withConnection(
                        client -> completion.table(client, call.caller(), MetricsQuery.from(call), which(call)))
                .map(table -> Csv.file(
                        table.write(vertx, call.hold()),
                        "tickets.csv",
                        "一次性办结率工单" + call.date("from") + "至" + call.date("to") + ".csv"));
    }

    private static CompletionStore.Which which(Call call) {
        var segment = call.text("segment");
        return new CompletionStore.Which(
                segment == null ? "main" : segment,
                call.requiredText("verdict"),
                call.text("cause"),
                call.flag("confirmed"));
    }

    private Future<Answer> explain(Call call) {
        return database.read(client ->
                        explanations.explain(client, call.caller(), call.id("ticketId"), call.optionalInstant("asOf")))
                .map(Answer::ok);
    }
}
