package org.huying.db.personal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.huying.db.Rows;

/**
 * The rows of one kind, yet to be read.
 *
 * @param sql    asks for the latest of them; its last parameter is how many
 * @param values without that one
 * @param telling what a row tells
 */
public record Section(String name, String sql, List<Object> values, Function<Row, Map<String, Object>> telling) {
    /** So many rows of one kind, the latest. */
    public static final int ROWS_MAX = 2_000;

    /** So many in memory at a time. */
    private static final int PAGE_ROWS = 200;

    /** Takes the next rows; the next come when it is done with them. */
    @FunctionalInterface
    public interface Reader {
        Future<Void> take(List<Map<String, Object>> rows);
    }

    public Section {
        values = List.copyOf(values);
    }

    /** The same with each row changed. */
    public Section map(UnaryOperator<Map<String, Object>> change) {
        return new Section(name, sql, values, telling.andThen(change));
    }

    /** Reads page after page; whether there are more rows than are told. */
    public Future<Boolean> read(SqlConnection transaction, Reader reader) {
        var all = Tuple.tuple();
        values.forEach(all::addValue);
        all.addValue(ROWS_MAX + 1);
        return transaction.prepare(sql).compose(prepared -> {
            var cursor = prepared.cursor(all);
            return pages(cursor, reader, 0).eventually(cursor::close).eventually(prepared::close);
        });
    }

    private Future<Boolean> pages(Cursor cursor, Reader reader, int before) {
        return cursor.read(PAGE_ROWS).compose(rows -> {
            var told = Rows.stream(rows).limit(ROWS_MAX - before).map(telling).toList();
            int count = before + rows.size();
            return reader.take(told)
                    .compose(taken -> count <= ROWS_MAX && cursor.hasMore()
                            ? pages(cursor, reader, count)
                            : Future.succeededFuture(count > ROWS_MAX));
        });
    }
}
