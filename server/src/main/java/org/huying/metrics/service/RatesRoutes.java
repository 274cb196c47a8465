package org.huying.metrics.service;

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

/** The service rates over HTTP. */
public final class RatesRoutes implements Operations.Binder {
    private final Vertx vertx;
    private final Database database;
    private final Clock clock;
    private final RatesService rates;

    public RatesRoutes(Vertx vertx, Database database, Places places, Clock clock) {
        this.vertx = vertx;
        this.database = database;
        this.clock = clock;
        this.rates = new RatesService(new Frames(clock, places), new RatesStore(), new GroupNames(places));
    }

    @Override
    public void bind(Operations operations) {
        var readers = Access.anyOf(Frames.readers());
        operations.query("getServiceRates", readers, this::figures);
        operations.query("listServiceTickets", readers, this::tickets);
    }

    private Future<Answer> figures(Call call) {
        var groupBy = call.text("groupBy");
        return database.withConnection(client -> rates.figures(client, call.caller(), MetricsQuery.from(call), groupBy))
                .map(figures -> call.mediaType().equals(Csv.MEDIA_TYPE)
                        ? Csv.file(
                                RatesTable.write(figures, groupBy),
                                "service-rates.csv",
                                "服务指标" + figures.from() + "至" + figures.to() + ".csv")
                        : Answer.ok(figures));
    }

    private Future<Answer> tickets(Call call) {
        return call.mediaType().equals(Csv.MEDIA_TYPE) ? table(call) : page(call);
    }

    private Future<Answer> page(Call call) {
        var drill = Drill.from(call);
        var page = DrillPage.of(call, drill, clock);
        return database.read(client ->
                        rates.tickets(client, call.caller(), page.query(), drill, page.after(), page.limit() + 1))
                .map(rows -> Answer.ok(Page.of(rows, page.limit(), row -> page.keys(row.at(), row.ticketId()))));
    }

    private Future<Answer> table(Call call) {
        return database.withConnection(
                        client -> rates.table(client, call.caller(), MetricsQuery.from(call), Drill.from(call)))
                .map(table -> Csv.file(
                        table.write(vertx, call.hold()),
                        "tickets.csv",
                        "服务指标工单" + call.date("from") + "至" + call.date("to") + ".csv"));
    }
}
