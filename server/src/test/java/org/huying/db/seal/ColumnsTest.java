package org.huying.db.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No column comes to be that nobody has thought about: what it may hold, and who may read it. */
class ColumnsTest {
    private static final Path PAGE = Path.of("docs", "data-at-rest.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+\\.\\w+)` \\|", Pattern.MULTILINE);
    private static final List<String> SECRET = List.of("_sealed", "_index", "_hash");

    /** Which could hold words or bytes. */
    private static final List<String> OF_WORDS =
            List.of("text", "character varying", "jsonb", "json", "bytea", "ARRAY");

    private static List<Dump.Column> columns = List.of();

    @BeforeAll
    static void migrated() throws SQLException {
        var url = TestServers.createMigratedDatabase();
        columns = Dump.of(url);
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSecret(Dump.Column column) {
        return column.type().equals("bytea") && SECRET.stream().anyMatch(column.name()::endsWith);
    }

    private static List<String> named(Stream<Dump.Column> some) {
        return some.map(Dump.Column::toString).toList();
    }

    @Test
    void everySealedColumnIsSealedAnewWhenTheKeyChanges() {
        assertThat(SealedColumns.ALL.stream().map(SealedColumn::name))
                .containsExactlyInAnyOrderElementsOf(
                        named(columns.stream().filter(column -> column.name().endsWith("_sealed"))));
    }

    @Test
    void everySealedColumnIsGoneThroughByItsPrimaryKey() throws SQLException {
        var keys = primaryKeys();
        assertThat(SealedColumns.ALL).allSatisfy(column -> {
            var key = column.key().stream().map(SealedColumn.KeyPart::name).toList();
            var whole = column.ofDistrict()
                    ? Stream.concat(Stream.of("district_id"), key.stream()).toList()
                    : key;
            assertThat(whole).as(column.name()).isEqualTo(keys.get(column.table()));
        });
    }

    private static Map<String, List<String>> primaryKeys() throws SQLException {
        var url = TestServers.createMigratedDatabase();
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)));
                var found = connection.createStatement().executeQuery("""
                        SELECT k.table_name, k.column_name
                        FROM information_schema.key_column_usage k
                        JOIN information_schema.table_constraints c USING (constraint_schema, constraint_name)
                        WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = 'public'
                        ORDER BY k.table_name, k.ordinal_position
                        """)) {
            var rows = Stream.<String[]>builder();
            while (found.next()) {
                rows.add(new String[] {found.getString(1), found.getString(2)});
            }
            return rows.build()
                    .collect(Collectors.groupingBy(
                            row -> row[0], Collectors.mapping(row -> row[1], Collectors.toList())));
        }
    }

    @Test
    void thePageNamesEverySecretColumnAndNoOther() {
        assertThat(ROW.matcher(page()).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(named(columns.stream().filter(ColumnsTest::isSecret)));
    }

    @Test
    void whatIsInClearHasBeenLookedAt() {
        var clear = columns.stream()
                .filter(column -> OF_WORDS.contains(column.type()))
                .filter(column -> !column.table().equals("flyway_schema_history"))
                .filter(column -> !isSecret(column));

        assertThat(named(clear)).containsExactlyInAnyOrderElementsOf(ClearColumns.WHY.keySet());
    }
}
