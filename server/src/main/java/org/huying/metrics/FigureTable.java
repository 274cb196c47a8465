package org.huying.metrics;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.huying.http.Csv;
import org.jspecify.annotations.Nullable;

/** Blocks of figures as a table: one row for each group, then the totals. */
public final class FigureTable<F> {
    private final List<Object> about;
    private final Function<F, Stream<@Nullable Object>> cells;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Without rows.
     *
     * @param about what stands at the beginning of each row
     * @param cells what stands at the end of it, behind the group's kind, id and name
     */
    public FigureTable(List<Object> about, Function<F, Stream<@Nullable Object>> cells) {
        this.about = List.copyOf(about);
        this.cells = cells;
    }

    public void group(@Nullable String groupBy, GroupKey key, F figure) {
        row(groupBy, key.id(), key.name(), figure);
    }

    public Buffer write(List<String> headings, F total, F consultation, F care) {
        row("total", "", "合计", total);
        row("consultation", "", "咨询", consultation);
        row("care", "", "关爱", care);
        return Csv.write(headings, rows);
    }

    private void row(@Nullable String scope, String id, String name, F figure) {
        rows.add(Stream.of(about.stream(), Stream.of(scope, id, name), cells.apply(figure))
                .flatMap(each -> each)
                .map(cell -> cell == null ? "" : cell.toString())
                .toList());
    }
}
