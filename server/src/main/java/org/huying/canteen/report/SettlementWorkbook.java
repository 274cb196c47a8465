package org.huying.canteen.report;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.huying.kernel.spelling.Shapes;

/** A settlement as a workbook: the bands on one sheet, the meals on another. */
final class SettlementWorkbook {
    static final String MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final String COUNT_FORMAT = "#,##0";
    private static final String MONEY_FORMAT = "#,##0.00";
    private static final String DATE_FORMAT = "yyyy-mm-dd";
    private static final String HEADING_FILL = "DCE9E2";
    private static final String TOTAL_FILL = "F3F7F4";
    private static final int TITLE_SIZE = 16;
    private static final double TEXT_WIDTH = 18;
    private static final double NUMBER_WIDTH = 14;
    private static final int BANDS_TOP = 3;
    private static final String PROPERTIES = "docProps/core.xml";
    /** The earliest that a zip archive can say. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private SettlementWorkbook() {}

    /** The same bytes for the same settlement. Takes a while: not for the event loop. */
    static Buffer write(Settlement settlement) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "Huying", null)) {
            bands(workbook.newWorksheet("结算"), settlement);
            meals(workbook.newWorksheet("按日"), settlement);
        }
        return withoutTimes(bytes.toByteArray());
    }

    private static void bands(Worksheet sheet, Settlement settlement) {
        page(sheet, 1);
        sheet.value(0, 0, Shapes.isolated(settlement.canteenName()) + "  " + SettlementTable.month(settlement) + "结算表");
        sheet.range(0, 0, 0, SettlementTable.SUM_HEADINGS.size()).merge();
        sheet.style(0, 0).bold().fontSize(TITLE_SIZE).set();
        var state = settlement.settled() ? "已定：当月各餐均已结束，更正期已过。" : "未定：数字仍可能变动。";
        sheet.value(1, 0, state + "餐费、自付、补贴只计已用餐的预订；爽约另列，不计金额。");
        headings(sheet, BANDS_TOP, List.of("年龄段"));
        int row = BANDS_TOP + 1;
        for (var each : settlement.byAgeBand()) {
            sheet.value(row, 0, each.band().inWords());
            sums(sheet, row, 1, each.sums());
            row++;
        }
        total(sheet, BANDS_TOP, row, 1, settlement.total());
    }

    private static void meals(Worksheet sheet, Settlement settlement) {
        page(sheet, 2);
        headings(sheet, 0, List.of("日期", "餐次"));
        sheet.freezePane(0, 1);
        sheet.repeatRows(0);
        int row = 1;
        for (var meal : settlement.byMeal()) {
            sheet.value(row, 0, meal.date());
            sheet.style(row, 0).format(DATE_FORMAT).horizontalAlignment("left").set();
            sheet.value(row, 1, Words.period(meal.period()));
            sums(sheet, row, 2, meal.sums());
            row++;
        }
        total(sheet, 0, row, 2, settlement.total());
    }

    private static void page(Worksheet sheet, int texts) {
        sheet.paperSize(PaperSize.A4_PAPER);
        sheet.pageOrientation("landscape");
        sheet.setFitToPage(true);
        sheet.fitToHeight((short) 0);
        for (int column = 0; column < texts + SettlementTable.SUM_HEADINGS.size(); column++) {
            sheet.width(column, column < texts ? TEXT_WIDTH : NUMBER_WIDTH);
        }
    }

    private static void headings(Worksheet sheet, int row, List<String> texts) {
        for (int column = 0; column < texts.size(); column++) {
            sheet.value(row, column, texts.get(column));
        }
        for (int i = 0; i < SettlementTable.SUM_HEADINGS.size(); i++) {
            sheet.value(row, texts.size() + i, SettlementTable.SUM_HEADINGS.get(i));
            sheet.style(row, texts.size() + i).horizontalAlignment("right").set();
        }
        sheet.range(row, 0, row, texts.size() + SettlementTable.SUM_HEADINGS.size() - 1)
                .style()
                .bold()
                .fillColor(HEADING_FILL)
                .set();
    }

    private static void sums(Worksheet sheet, int row, int left, Sums sums) {
        int column = left;
        for (var count : SettlementTable.counts(sums)) {
            sheet.value(row, column, count);
            sheet.style(row, column).format(COUNT_FORMAT).set();
            column++;
        }
        for (var fen : SettlementTable.amountsFen(sums)) {
            sheet.value(row, column, Words.yuan(fen));
            sheet.style(row, column).format(MONEY_FORMAT).set();
            column++;
        }
    }

    private static void total(Worksheet sheet, int top, int row, int left, Sums sums) {
        int right = left + SettlementTable.SUM_HEADINGS.size() - 1;
        sheet.value(row, 0, SettlementTable.TOTAL);
        sums(sheet, row, left, sums);
        sheet.range(row, 0, row, right).style().bold().fillColor(TOTAL_FILL).set();
        sheet.range(top, 0, row, right).style().borderStyle(BorderStyle.THIN).set();
    }

    /**
     * Takes out when it was made, so that the same content has the same ETag. The library streams, and writes sizes only
     * into the directory at the end, which the JDK's own stream cannot read.
     */
    private static Buffer withoutTimes(byte[] archive) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(archive))
                        .get();
                var out = new ZipOutputStream(bytes)) {
            for (var entry : Collections.list(in.getEntriesInPhysicalOrder())) {
                var content = in.getInputStream(entry).readAllBytes();
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(NO_TIME);
                out.putNextEntry(copy);
                out.write(entry.getName().equals(PROPERTIES) ? undated(content) : content);
                out.closeEntry();
            }
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static byte[] undated(byte[] properties) {
        return new String(properties, StandardCharsets.UTF_8)
                .replaceAll("<dcterms:created.*?</dcterms:created>", "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
