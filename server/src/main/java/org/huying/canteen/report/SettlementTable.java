package org.huying.canteen.report;

import java.util.List;

/** The words of a settlement, the same in both files. */
final class SettlementTable {
    static final List<String> SUM_HEADINGS = List.of("用餐（单）", "爽约（单）", "份数", "餐费（元）", "自付（元）", "补贴（元）");
    static final String TOTAL = "合计";

    private SettlementTable() {}

    static String month(Settlement settlement) {
        return settlement.month().getYear() + "年" + settlement.month().getMonthValue() + "月";
    }

    static String state(Settlement settlement) {
        return settlement.settled() ? "已定" : "未定";
    }

    /** What the sums count, in the order of the first headings. */
    static List<Long> counts(Sums sums) {
        return List.of(sums.served(), sums.noShows(), sums.portions());
    }

    /** The money of the sums in fen, in the order of the last headings. */
    static List<Long> amountsFen(Sums sums) {
        return List.of(sums.priceFen(), sums.payableFen(), sums.subsidyFen());
    }

    /** For whoever can read Chinese names; safe for every file system. */
    static String fileName(Settlement settlement, String extension) {
        var canteen = settlement.canteenName().replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}\\p{Cf}]", "_");
        return canteen + month(settlement) + "结算." + extension;
    }

    static String asciiFileName(Settlement settlement, String extension) {
        return "settlement-" + settlement.month() + "." + extension;
    }
}
