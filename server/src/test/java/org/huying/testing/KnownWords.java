package org.huying.testing;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;

/** Looks through every column of every table, sealed ones opened, for words that should not be there. */
public final class KnownWords {
    private static final String COLUMNS = """
            SELECT c.table_name, c.column_name, c.data_type
            FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
            ORDER BY 1, 2
            """;

    private final Database database;
    private final FieldCipher cipher;

    public KnownWords(Database database, FieldCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    private record Column(String table, String name, String type) {
        static Column from(Row row) {
            return new Column(row.getString("table_name"), row.getString("column_name"), row.getString("data_type"));
        }
    }

    /** Each word that is somewhere, and where: {@code table.column: word}. */
    public List<String> found(Collection<String> words) {
        var found = new ArrayList<String>();
        var columns = query(
                "list of columns", client -> client.query(COLUMNS).execute().map(Rows.list(Column::from)));
        for (var column : columns) {
            for (var text : texts(column, words)) {
                words.stream()
                        .filter(text::contains)
                        .forEach(word -> found.add(column.table() + "." + column.name() + ": " + word));
            }
        }
        return found;
    }

    /** What stands in a column; of a keyed index, the words whose index does. */
    private List<String> texts(Column column, Collection<String> words) {
        if (column.name().endsWith("_sealed")) {
            return query(
                    column.name(),
                    client -> client.query(select(column, column.name()))
                            .execute()
                            .map(Rows.list(
                                    row -> new String(cipher.openBytes(row.getBuffer(0)), StandardCharsets.UTF_8))));
        }
        if (column.name().endsWith("_index")) {
            var indexes = words.stream().map(cipher::index).toArray(Buffer[]::new);
            var listed = List.copyOf(words);
            return query(
                    column.name(),
                    client -> client.preparedQuery(
                                    select(column, column.name()) + " AND " + column.name() + " = ANY ($1)")
                            .execute(Tuple.of((Object) indexes))
                            .map(Rows.list(row -> listed.get(List.of(indexes).indexOf(row.getBuffer(0))))));
        }
        return query(
                column.name(),
                client -> client.query(select(column, column.name() + "::text"))
                        .execute()
                        .map(Rows.list(row -> row.getString(0))));
    }

    private static String select(Column column, String what) {
        return "SELECT " + what + " FROM " + column.table() + " WHERE " + column.name() + " IS NOT NULL";
    }

    private <T> T query(String what, Function<SqlClient, Future<T>> work) {
        try {
            return TestApp.await(database.read(work));
        } catch (IllegalStateException e) {
            throw new IllegalStateException("cannot look at " + what, e);
        }
    }
}
