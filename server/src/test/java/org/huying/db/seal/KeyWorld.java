package org.huying.db.seal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.function.Function;
import org.huying.app.Keys;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.db.Waits;
import org.huying.testing.DemoTemplate;
import org.huying.testing.TestApp;
import org.huying.testing.TestClock;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;

/** A database of the demo, sealed under a key, and what is to be seen of keys in it; its nodes are their owner's. */
final class KeyWorld {
    private static final byte INDEX_SEED = 99;

    final String url = TestServers.createDatabase();
    final TestClock clock = new TestClock();

    KeyWorld(FieldCipher cipher) {
        DemoTemplate.fill(TestServers.ownerUrl(url), url, keys(cipher));
    }

    /** With these keys in the file, each made of its id. */
    static FieldCipher cipher(int current, int... ids) {
        var keys = new HashMap<Byte, byte[]>();
        for (var id : ids) {
            keys.put((byte) id, key(id));
        }
        return new FieldCipher(keys, (byte) current, key(INDEX_SEED));
    }

    static byte[] key(int seed) {
        var key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return key;
    }

    private static Keys keys(FieldCipher cipher) {
        return new Keys(cipher, DemoTemplate.KEYS.signing());
    }

    TestNode answering(FieldCipher cipher) {
        return answering(cipher, url);
    }

    /** @param way to the same database */
    TestNode answering(FieldCipher cipher, String way) {
        // Who is cut off gives up as soon as in the field.
        return TestNode.on(way, keys(cipher), clock).waits(Waits.USUAL).answer();
    }

    <T> T withDatabase(TestNode node, Function<Database, T> work) {
        var database = new Database(Pools.forBulk(node.vertx(), "test", url, 8));
        try {
            return work.apply(database);
        } finally {
            TestApp.await(database.close());
        }
    }

    long sealedUnder(int key) {
        return SealedColumns.ALL.stream()
                .mapToLong(column -> number("SELECT count(*) FROM " + column.table() + " WHERE get_byte("
                        + column.column() + ", 0) = " + key))
                .sum();
    }

    boolean isInUse(int key) {
        return number("SELECT count(*) FROM data_key_use WHERE key_id = " + key) == 1;
    }

    /** How many keys but the current one a node knows of: as of its look before, so each look is for the next. */
    static int oldKeys(TestNode node) {
        return Management.get(node.managementUri(), "/metrics")
                .lines()
                .filter(line -> line.startsWith("huying_data_keys_old "))
                .mapToInt(line -> (int) Double.parseDouble(line.replaceFirst(".* ", "")))
                .findFirst()
                .orElseThrow();
    }

    Connection connection() throws SQLException {
        return DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)));
    }

    long number(String sql) {
        try (var connection = connection();
                var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void change(String sql) {
        try (var connection = connection()) {
            connection.createStatement().execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
