package org.huying.metrics.completion;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.huying.http.Csv;
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
            OneTimeCompletion answer, @Nullable String scope, String id, String name, Figure figure) {
        return Stream.of(
                        Stream.of(answer.from(), answer.to(), answer.asOf(), answer.definition(), scope, id, name),
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
                .flatMap(cells -> cells)
                .map(cell -> cell == null ? "" : cell.toString())
                .toList();
    }
}
