package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.huying.testing.TestServers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However many a district has and an import has written, some hundred are taken back by as much work as any other: counted in
 * rows that the database reads, also for triggers and in functions, and not in time.
 */
class UndoOfManyTest {
    private static final int AT_ONCE = 500;
    private static final int FEW = 1_000;
    private static final int MANY = 8_000;

    private static final double GROWTH_MAX = 1.2;

    private static final UUID DISTRICT = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theWorkForSomeDoesNotGrowWithAll(boolean analysed) throws SQLException {
        // given
        var url = TestServers.ownerUrl(TestServers.createMigratedDatabase());
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(url))) {
            connection.setAutoCommit(false);
            district(connection);
            add(connection, FEW, analysed);

            // when
            var residents = rowsRead(connection, RESIDENTS);
            var additions = rowsRead(connection, ADDITIONS);
            var households = rowsRead(connection, HOUSEHOLDS);
            add(connection, MANY - FEW, analysed);

            // then
            assertThat((double) rowsRead(connection, RESIDENTS)).isLessThan(residents * GROWTH_MAX);
            assertThat((double) rowsRead(connection, ADDITIONS)).isLessThan(additions * GROWTH_MAX);
            assertThat((double) rowsRead(connection, HOUSEHOLDS)).isLessThan(households * GROWTH_MAX);
        }
    }

    private static final String RESIDENTS = """
            SELECT id FROM take_back_residents('%s',
                (SELECT array_agg(id ORDER BY n DESC) FROM picked), (SELECT array_agg(seen ORDER BY n DESC) FROM picked),
                (SELECT array_agg(home ORDER BY n DESC) FROM picked), (SELECT array_agg(home_seen ORDER BY n DESC) FROM picked))
                AS gone (id)
            """;

    private static final String ADDITIONS = """
            SELECT id FROM take_back_additions('%s',
                (SELECT array_agg(id ORDER BY n DESC) FROM picked), (SELECT array_agg(phone_seen ORDER BY n DESC) FROM picked),
                (SELECT array_agg(birth_seen ORDER BY n DESC) FROM picked), (SELECT array_agg(NULL::text) FROM picked),
                (SELECT array_agg(home ORDER BY n DESC) FROM picked), (SELECT array_agg(home_seen ORDER BY n DESC) FROM picked),
                now()) AS gone (id)
            """;

    private static final String HOUSEHOLDS = """
            SELECT id FROM take_back_households('%s',
                (SELECT array_agg(home_id ORDER BY n DESC) FROM empty), (SELECT array_agg(seen ORDER BY n DESC) FROM empty))
                AS gone (id)
            """;

    private static void district(Connection connection) throws SQLException {
        execute(connection, """
                INSERT INTO district (id, name) VALUES ('%1$s', '测');
                INSERT INTO place (district_id, id, level, name, path) VALUES ('%1$s', '%1$s', 'district', '测', '{%1$s}');
                CREATE TEMP TABLE made (n serial, id uuid, home_id uuid);
                """);
    }

    /** So many residents with a home each, and as many homes in which nobody lives; 500 of them are picked. */
    private static void add(Connection connection, int count, boolean analysed) throws SQLException {
        execute(connection, """
                DROP TABLE IF EXISTS picked, empty;
                CREATE TEMP TABLE more ON COMMIT DROP AS
                    SELECT gen_random_uuid() AS id, gen_random_uuid() AS home_id, gen_random_uuid() AS empty_id, n
                    FROM generate_series(1, %2$d) AS n;
                INSERT INTO household (district_id, id, compound_id, address_sealed, address_index)
                    SELECT '%1$s'::uuid, home_id, '%1$s'::uuid, sha256(home_id::text::bytea), sha256(home_id::text::bytea) FROM more
                    UNION ALL
                    SELECT '%1$s'::uuid, empty_id, '%1$s'::uuid, sha256(empty_id::text::bytea), sha256(empty_id::text::bytea) FROM more;
                INSERT INTO person (id, created_at) SELECT id, now() FROM more;
                INSERT INTO person_district (person_id, district_id) SELECT id, '%1$s'::uuid FROM more;
                INSERT INTO resident (district_id, id, name_sealed, name_index, phone_sealed, phone_index, birth_date_sealed,
                        birth_date_verified, created_at)
                    SELECT '%1$s'::uuid, id, sha256(id::text::bytea), sha256(id::text::bytea), sha256(id::text::bytea),
                        sha256(id::text::bytea), sha256(id::text::bytea), false, now()
                    FROM more;
                INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at, entered_by_id)
                    SELECT '%1$s'::uuid, gen_random_uuid(), home_id, id, 'owner', 'approved', now(), id FROM more;
                CREATE TEMP TABLE picked ON COMMIT DROP AS
                    SELECT n, r.id, imprint(to_jsonb(r)) AS seen, encode(sha256(r.phone_sealed), 'hex') AS phone_seen,
                        encode(sha256(r.birth_date_sealed), 'hex') AS birth_seen, m.household_id AS home,
                        imprint(to_jsonb(m)) AS home_seen
                    FROM more JOIN resident r ON r.district_id = '%1$s' AND r.id = more.id
                    JOIN household_member m ON m.district_id = '%1$s' AND m.resident_id = r.id
                    WHERE n <= %3$d;
                CREATE TEMP TABLE empty ON COMMIT DROP AS
                    SELECT n, h.id AS home_id, imprint(to_jsonb(h)) AS seen
                    FROM more JOIN household h ON h.district_id = '%1$s' AND h.id = more.empty_id
                    WHERE n <= %3$d;
                """.replace("%2$d", Integer.toString(count)).replace("%3$d", Integer.toString(AT_ONCE)));
        execute(connection, "DROP TABLE more");
        if (analysed) {
            execute(connection, "ANALYZE");
        }
    }

    /** What is taken back comes back: each time the same is measured. */
    private static long rowsRead(Connection connection, String sql) throws SQLException {
        var savepoint = connection.setSavepoint();
        execute(connection, RosterSql.PLAN_ONCE);
        var before = rowsRead(connection);
        var began = System.nanoTime();
        try (var gone = connection
                .createStatement()
                .executeQuery("SELECT count(*) FROM (" + sql.replace("%s", DISTRICT.toString()) + ") AS gone")) {
            gone.next();
            assertThat(gone.getInt(1)).isEqualTo(AT_ONCE);
            var read = rowsRead(connection) - before;
            System.out.printf(
                    "%d of the district taken back by reading %d rows in %d ms: %s%n",
                    AT_ONCE, read, Duration.ofNanos(System.nanoTime() - began).toMillis(), sql.split("\\(", 2)[0]);
            return read;
        } finally {
            connection.rollback(savepoint);
        }
    }

    /** By this transaction so far, also for triggers and in functions. */
    private static long rowsRead(Connection connection) throws SQLException {
        try (var read = connection.createStatement().executeQuery("""
                SELECT sum(seq_tup_read) + sum(coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables
                WHERE relname NOT IN ('picked', 'empty')
                """)) {
            read.next();
            return read.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql.replace("%1$s", DISTRICT.toString()));
        }
    }
}
