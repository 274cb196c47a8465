package org.huying.metrics.service;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.huying.http.Csv;
import org.jspecify.annotations.Nullable;

/** The rates as a table: one row for each group, and the totals. */
final class RatesTable {
    private static final List<String> RATES = List.of("响应及时", "办理及时", "满意", "零转办", "零上报", "零挂起", "再次上报");
    private static final List<String> OF_RATE = List.of("分子", "分母", "率", "区间下限", "区间上限");
    private static final List<String> HEADINGS = headings();

    private RatesTable() {}

    private static List<String> headings() {
        var headings = new ArrayList<>(List.of("起", "止", "截至", "范围", "编号", "名称", "首次办结", "剔除", "计入"));
        RATES.forEach(rate -> OF_RATE.forEach(part -> headings.add(rate + "：" + part)));
        ServiceFigure.RATINGS.forEach(rating -> headings.add("评" + rating + "分"));
        headings.addAll(
                List.of("未办结", "未办结：重开", "未办结：不满1天", "未办结：1至3天", "未办结：3至7天", "未办结：7至15天", "未办结：15至30天", "未办结：30天以上"));
        return List.copyOf(headings);
    }

    static Buffer write(ServiceRates answer, @Nullable String groupBy) {
        var rows = new ArrayList<List<String>>();
        answer.groups()
                .forEach(group -> rows.add(
                        row(answer, groupBy, group.key().id(), group.key().name(), group.figure())));
        rows.add(row(answer, "total", "", "合计", answer.total()));
        rows.add(row(answer, "consultation", "", "咨询", answer.consultation()));
        rows.add(row(answer, "care", "", "关爱", answer.care()));
        return Csv.write(HEADINGS, rows);
    }

    private static List<String> row(
            ServiceRates answer, @Nullable String scope, String id, String name, ServiceFigure figure) {
        return Stream.of(
                        Stream.of(answer.from(), answer.to(), answer.asOf(), scope, id, name),
                        Stream.of(figure.cohort(), figure.excluded(), figure.counted()),
                        Stream.of(
                                        figure.response(),
                                        figure.resolution(),
                                        figure.satisfaction().rate(),
                                        figure.zeroTransfer(),
                                        figure.zeroEscalation(),
                                        figure.zeroSuspension(),
                                        figure.reReport())
                                .flatMap(RatesTable::cells),
                        figure.satisfaction().ratings().values().stream(),
                        Stream.of(figure.backlog().open(), figure.backlog().reopened()),
                        figure.backlog().byAge().values().stream())
                .flatMap(cells -> cells)
                .map(cell -> cell == null ? "" : cell.toString())
                .toList();
    }

    private static Stream<@Nullable Object> cells(Rate rate) {
        return Stream.of(rate.numerator(), rate.denominator(), rate.rate(), rate.rateLow(), rate.rateHigh());
    }
}
