package org.huying.db.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Migrations;
import org.huying.db.Pools;
import org.huying.db.job.JobWorker;
import org.huying.db.job.Side;
import org.huying.testing.Eventually;
import org.huying.testing.TestClock;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes come, seal and go in any order, while passes go on. Against a model that knows only this: what has a value, or can
 * still get one, is in use; and when all older nodes are gone for long enough, no older key is.
 */
@Tag("long")
class KeyBarrierModelTest {
    private static final int ACTS = 120;
    private static final int KEYS_MAX = 4;
    private static final int ROUNDS_MAX = 60;

    private final String url = TestServers.createDatabase();
    private final Vertx vertx = Vertx.vertx();
    private final Database database = Database.forBulk(Pools.forBulk(vertx, "test", url, 6));
    private final TestClock clock = new TestClock();
    private final List<UUID> districts = List.of(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3));
    private final List<ModelNode> nodes = new ArrayList<>();
    private int newest = 1;

    /** A connection of a node, with what it has sealed and not committed. */
    private record ModelNode(Connection connection, FieldCipher cipher) {}

    @AfterEach
    void close() throws SQLException {
        for (var node : nodes) {
            node.connection().close();
        }
        await(database.close());
        await(vertx.close());
    }

    private static FieldCipher cipher(int current) {
        return KeyWorld.cipher(current, IntStream.rangeClosed(1, KEYS_MAX).toArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noKeyIsRetiredThatHasValuesOrCanGetSome(long seed) throws SQLException {
        Migrations.run(TestServers.ownerUrl(url), url);
        execute(
                "INSERT INTO district (id, name, is_default) SELECT v::uuid, v, false FROM unnest(?::text[]) AS v",
                (Object) districts.stream().map(UUID::toString).toArray(String[]::new));
        var random = new Random(seed);
        start(1);
        // The first start takes all keys of the file for those in use; the others are not there yet.
        execute("DELETE FROM data_key_use WHERE key_id > 1");
        for (int i = 0; i < ACTS; i++) {
            act(random);
            assertThat(inUse()).as("seed %d, act %d", seed, i).containsAll(sealedUnder());
        }
        while (!nodes.isEmpty()) {
            stop(nodes.get(0));
        }
        for (int i = 0; i < ROUNDS_MAX; i++) {
            pass();
        }
        assertThat(sealedUnder()).as("seed %d", seed).isSubsetOf(newest);
        assertThat(inUse()).as("seed %d", seed).containsExactly(newest);
    }

    private void act(Random random) throws SQLException {
        switch (random.nextInt(10)) {
            case 0 -> start(Math.max(1, newest - random.nextInt(2)));
            case 1 -> {
                if (newest < KEYS_MAX && random.nextInt(4) == 0) {
                    newest++;
                    start(newest);
                }
            }
            case 2, 3 -> {
                if (!nodes.isEmpty()) {
                    stop(nodes.get(random.nextInt(nodes.size())));
                }
            }
            case 4, 5, 6 -> {
                if (!nodes.isEmpty()) {
                    seal(nodes.get(random.nextInt(nodes.size())), random);
                }
            }
            default -> pass();
        }
    }

    /** As a node does: the keys are held against the database, and then its connection announces its own. */
    private void start(int key) throws SQLException {
        var cipher = cipher(key);
        var begun = database.inTransaction(transaction -> KeyUse.begin(transaction, cipher, clock.instant()));
        try {
            await(begun);
        } catch (IllegalStateException e) {
            assertThat(e).hasStackTraceContaining("has been retired");
            return;
        }
        var connection = connection();
        try (var announced =
                connection.createStatement().executeQuery("SELECT announce_data_key(" + key + "::smallint)")) {
            announced.next();
            assertThat(announced.getBoolean(1)).isTrue();
        }
        connection.setAutoCommit(false);
        nodes.add(new ModelNode(connection, cipher));
    }

    /** In the middle of a transaction or not; what was not committed is nothing. */
    private void stop(ModelNode node) throws SQLException {
        node.connection().close();
        nodes.remove(node);
        // The server lets go of its locks when it has noticed.
        Eventually.until(
                "the connection has ended",
                () -> number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'model'"
                                + " AND datname = current_database()")
                        <= nodes.size());
    }

    private void seal(ModelNode node, Random random) throws SQLException {
        try (var insert = node.connection().prepareStatement("""
                INSERT INTO idempotency (district_id, caller_id, operation, key, request_hash, created_at, status,
                    answer_sealed)
                VALUES (?::uuid, gen_random_uuid(), 'op', 'k', '\\x00', now(), 200, ?)
                """)) {
            insert.setObject(1, districts.get(random.nextInt(districts.size())));
            insert.setBytes(2, node.cipher().sealBytes(new byte[] {1}).getBytes());
            insert.execute();
        }
        if (random.nextBoolean()) {
            node.connection().commit();
        }
    }

    /** Some steps of the passes, on a node with the newest key. */
    private void pass() {
        var resealing = new Resealing(cipher(newest), List.of(), clock, new SimpleMeterRegistry());
        await(new JobWorker(Side.INNER, database, clock, resealing.jobs(), new SimpleMeterRegistry()).runDue());
        clock.advance(Duration.ofSeconds(15));
    }

    private Set<Integer> sealedUnder() throws SQLException {
        return numbers("SELECT DISTINCT get_byte(answer_sealed, 0) FROM idempotency");
    }

    private Set<Integer> inUse() throws SQLException {
        return numbers("SELECT key_id FROM data_key_use WHERE key_id > 0");
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)) + "&ApplicationName=model");
    }

    private Set<Integer> numbers(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)));
                var found = connection.createStatement().executeQuery(sql)) {
            var all = new TreeSet<Integer>();
            while (found.next()) {
                all.add(found.getInt(1));
            }
            return all;
        }
    }

    private long number(String sql) throws SQLException {
        return numbers(sql).iterator().next();
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)));
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
