package org.huying.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list, and where the next one starts. */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /**
     * Makes a page of rows read with {@code limit + 1}: the row too many only tells that there is more.
     *
     * @param keys the sort key of a row, as {@link Cursor} carries it
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, List<String>> keys) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        var items = rows.subList(0, limit);
        return new Page<>(List.copyOf(items), new Cursor(keys.apply(items.get(limit - 1))).encode());
    }

    public <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), nextCursor);
    }
}
