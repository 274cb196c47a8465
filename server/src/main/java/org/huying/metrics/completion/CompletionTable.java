package org.huying.metrics.completion;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;
import org.huying.metrics.FigureTable;
import org.jspecify.annotations.Nullable;

/** The figures as a table: one row for each group, and the totals. */
final class CompletionTable {
    private static final List<String> HEADINGS = List.of(
            "起",
            "止",
            "截至",
            "口径",
            "范围",
            "编号",
            "名称",
            "首次办结",
            "观察期内",
            "观察期满",
            "剔除：不属受理范围",
            "剔除：测试",
            "分母",
            "分子",
            "一次性办结率",
            "区间下限",
            "区间上限",
            "居民确认",
            "确认率",
            "未一次办结：仅答复",
            "未一次办结：无法解决",
            "未一次办结：不归责任",
            "未一次办结：两次要求补充",
            "未一次办结：重开",
            "未一次办结：再次上报",
            "未一次办结：不满意",
            "超期未办结",
            "最差率",
            "撤回",
            "重复");

    private CompletionTable() {}

    static Buffer write(OneTimeCompletion answer, @Nullable String groupBy) {
        var table = new FigureTable<>(
                List.of(answer.from(), answer.to(), answer.asOf(), answer.definition()), CompletionTable::cells);
        answer.groups().forEach(group -> table.group(groupBy, group.key(), group.figure()));
        return table.write(HEADINGS, answer.total(), answer.consultation(), answer.care());
    }

    private static Stream<@Nullable Object> cells(Figure figure) {
        return Stream.of(
                        Stream.of(figure.cohort(), figure.provisional(), figure.matured()),
                        figure.excluded().values().stream(),
                        Stream.of(
                                figure.denominator(),
                                figure.numerator(),
                                figure.rate(),
                                figure.rateLow(),
                                figure.rateHigh(),
                                figure.confirmedNumerator(),
                                figure.confirmedRate()),
                        figure.broken().values().stream(),
                        Stream.of(
                                figure.overdueUnresolved(), figure.rateWorst(), figure.withdrawn(), figure.duplicate()))
                .flatMap(cells -> cells);
    }
}
