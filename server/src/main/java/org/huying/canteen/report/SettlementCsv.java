package org.huying.canteen.report;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A settlement as a table that spreadsheets open (RFC 4180): one row for each band, and the total. */
final class SettlementCsv {
    static final String MEDIA_TYPE = "text/csv";

    /** Without it, spreadsheets take the text for something else than UTF-8. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private static final String LINE_END = "\r\n";
    /** With these, also when wide, a spreadsheet takes a text for a formula. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private SettlementCsv() {}

    static Buffer write(Settlement settlement) {
        var text = new StringBuilder(BYTE_ORDER_MARK);
        var headings = new ArrayList<>(List.of("食堂", "月份", "状态", "年龄段"));
        headings.addAll(SettlementTable.SUM_HEADINGS);
        line(text, headings);
        settlement
                .byAgeBand()
                .forEach(each -> line(text, row(settlement, each.band().inWords(), each.sums())));
        line(text, row(settlement, SettlementTable.TOTAL, settlement.total()));
        return Buffer.buffer(text.toString());
    }

    private static List<String> row(Settlement settlement, String band, Sums sums) {
        var row = new ArrayList<>(List.of(
                settlement.canteenName(), settlement.month().toString(), SettlementTable.state(settlement), band));
        SettlementTable.counts(sums).forEach(count -> row.add(count.toString()));
        SettlementTable.amountsFen(sums).forEach(fen -> row.add(Words.yuan(fen).toPlainString()));
        return row;
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().map(SettlementCsv::cell).collect(Collectors.joining(",")))
                .append(LINE_END);
    }

    /** Nothing here is negative, so whatever begins like a formula is a text that must not become one. */
    static String cell(String value) {
        var safe = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
