package org.huying.canteen.report;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.huying.http.Csv;

/** A settlement as a table for spreadsheets: one row for each band, and the total. */
final class SettlementCsv {
    private SettlementCsv() {}

    static Buffer write(Settlement settlement) {
        var headings = new ArrayList<>(List.of("食堂", "月份", "状态", "年龄段"));
        headings.addAll(SettlementTable.SUM_HEADINGS);
        var rows = new ArrayList<List<String>>();
        settlement
                .byAgeBand()
                .forEach(each -> rows.add(row(settlement, each.band().inWords(), each.sums())));
        rows.add(row(settlement, SettlementTable.TOTAL, settlement.total()));
        return Csv.write(headings, rows);
    }

    private static List<String> row(Settlement settlement, String band, Sums sums) {
        var row = new ArrayList<>(List.of(
                settlement.canteenName(), settlement.month().toString(), SettlementTable.state(settlement), band));
        SettlementTable.counts(sums).forEach(count -> row.add(count.toString()));
        SettlementTable.amountsFen(sums).forEach(fen -> row.add(Words.yuan(fen).toPlainString()));
        return row;
    }
}
