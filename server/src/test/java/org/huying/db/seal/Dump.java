package org.huying.db.seal;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.huying.testing.TestServers;

/** All that somebody has who has the database: every column of every row of every table, as text. */
final class Dump {
    /** A column, and all its values one after another. */
    record Column(String table, String name, String type, String values) {
        @Override
        public String toString() {
            return table + "." + name;
        }
    }

    private static final String COLUMNS = """
            SELECT c.table_name, c.column_name, c.data_type
            FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
            ORDER BY 1, c.ordinal_position
            """;

    private Dump() {}

    /** @param url the service's; it is read as the owner */
    static List<Column> of(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)))) {
            var columns = new ArrayList<Column>();
            try (var found = connection.createStatement().executeQuery(COLUMNS)) {
                while (found.next()) {
                    var table = found.getString(1);
                    var name = found.getString(2);
                    columns.add(new Column(table, name, found.getString(3), values(connection, table, name)));
                }
            }
            return columns;
        }
    }

    /** Bytes in hex, as psql shows them. */
    private static String values(Connection connection, String table, String column) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT string_agg(" + statement.enquoteIdentifier(column, true)
                        + "::text, E'\\n') FROM " + statement.enquoteIdentifier(table, true))) {
            found.next();
            return String.valueOf(found.getString(1));
        }
    }

    /** What words look like when nothing hides them: themselves, in JSON's escapes, in hex, in base64 wherever it begins. */
    static List<String> formsOf(String words) {
        var bytes = words.getBytes(StandardCharsets.UTF_8);
        var escaped = words.chars()
                .mapToObj(c -> c < 128 ? Character.toString(c) : String.format(Locale.ROOT, "\\u%04x", c))
                .reduce("", String::concat);
        return Stream.concat(
                        Stream.of(words, escaped, HexFormat.of().formatHex(bytes)),
                        IntStream.range(0, 3).mapToObj(offset -> base64(bytes, offset)))
                .distinct()
                .toList();
    }

    /** Of bytes that others stand before and behind: only the characters that those have no part in. */
    private static String base64(byte[] bytes, int offset) {
        var shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        var text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return text.substring(offset == 0 ? 0 : offset + 1, shifted.length * 8 / 6);
    }
}
