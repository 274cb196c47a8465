package org.huying.canteen.report;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Map;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Csv;
import org.huying.http.Operations;

/** The papers over HTTP, each in the forms that the contract offers. */
final class ReportRoutes implements Operations.Binder {
    private final Database database;
    private final Clock clock;
    private final Vertx vertx;
    private final ReportService reports;

    ReportRoutes(Vertx vertx, Database database, Clock clock, ReportService reports) {
        this.database = database;
        this.clock = clock;
        this.vertx = vertx;
        this.reports = reports;
    }

    @Override
    public void bind(Operations operations) {
        operations.query("getKitchenSheet", Access.signedIn(), this::kitchenSheet);
        operations.query("getSettlement", Access.signedIn(), this::settlement);
    }

    private Future<Answer> kitchenSheet(Call call) {
        return database.read(client -> reports.kitchenSheet(client, call.caller(), call.id("mealId")))
                .compose(sheet -> call.mediaType().equals(KitchenPage.MEDIA_TYPE)
                        ? page(call, sheet)
                        : Future.succeededFuture(Answer.ok(sheet)));
    }

    private Future<Answer> page(Call call, KitchenSheet sheet) {
        return database.read(client -> reports.zone(client, call.caller())).map(zone -> {
            var headers = Map.of(
                    "Content-Type",
                    KitchenPage.MEDIA_TYPE + "; charset=utf-8",
                    "Content-Security-Policy",
                    KitchenPage.POLICY);
            return new Answer(200, Buffer.buffer(new KitchenPage(sheet, zone).html()), headers);
        });
    }

    private Future<Answer> settlement(Call call) {
        var now = clock.instant();
        return database.read(client ->
                        reports.settlement(client, call.caller(), call.id("canteenId"), call.month("month"), now))
                .compose(settlement -> switch (call.mediaType()) {
                    case Csv.MEDIA_TYPE -> Future.succeededFuture(csv(settlement));
                    case SettlementWorkbook.MEDIA_TYPE -> workbook(settlement);
                    default -> Future.succeededFuture(Answer.ok(settlement));
                });
    }

    private static Answer csv(Settlement settlement) {
        return Csv.file(
                SettlementCsv.write(settlement),
                SettlementTable.asciiFileName(settlement, "csv"),
                SettlementTable.fileName(settlement, "csv"));
    }

    private Future<Answer> workbook(Settlement settlement) {
        return vertx.executeBlocking(() -> SettlementWorkbook.write(settlement), false)
                .map(bytes -> Answer.file(
                        SettlementWorkbook.MEDIA_TYPE,
                        bytes,
                        SettlementTable.asciiFileName(settlement, "xlsx"),
                        SettlementTable.fileName(settlement, "xlsx")));
    }
}
