package org.huying.metrics.service;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.huying.metrics.FigureTable;
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
        var table = new FigureTable<>(List.of(answer.from(), answer.to(), answer.asOf()), RatesTable::cells);
        answer.groups().forEach(group -> table.group(groupBy, group.key(), group.figure()));
        return table.write(HEADINGS, answer.total(), answer.consultation(), answer.care());
    }

    private static Stream<@Nullable Object> cells(ServiceFigure figure) {
        return Stream.of(
                        Stream.of(figure.cohort(), figure.excluded(), figure.counted()),
                        Stream.of(
                                        figure.response(),
                                        figure.resolution(),
                                        figure.satisfaction().rate(),
                                        figure.zeroTransfer(),
                                        figure.zeroEscalation(),
                                        figure.zeroSuspension(),
                                        figure.reReport())
                                .flatMap(RatesTable::ofRate),
                        figure.satisfaction().ratings().values().stream(),
                        Stream.of(figure.backlog().open(), figure.backlog().reopened()),
                        figure.backlog().byAge().values().stream())
                .flatMap(cells -> cells);
    }

    private static Stream<@Nullable Object> ofRate(Rate rate) {
        return Stream.of(rate.numerator(), rate.denominator(), rate.rate(), rate.rateLow(), rate.rateHigh());
    }
}
