package org.huying.testing;

import static org.huying.testing.TestApp.await;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.huying.app.Keys;
import org.huying.db.Database;
import org.huying.db.Migrations;
import org.huying.db.Pools;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;

/** A migrated database with the demo structure, made once for each day of a test run and copied for each class. */
public final class DemoTemplate {
    public static final Keys KEYS = TestKeys.generate();

    private static final String PASSWORD_HASH = TestNode.PASSWORD_COST.hash(DemoStructure.PASSWORD);
    private static final String DUE = "UPDATE job SET due_at = $1 WHERE subject_id = district_id";

    private static final Map<Instant, String> NAMES = new HashMap<>();

    private DemoTemplate() {}

    /** The name of the database to copy, as of the day; made by whoever asks first. */
    public static synchronized String name() {
        return NAMES.computeIfAbsent(TestDay.start(), day -> create());
    }

    private static String create() {
        var url = TestServers.createMigratedDatabase();
        load(url, KEYS);
        return TestServers.databaseName(url);
    }

    /** Migrates an empty database and loads the demo structure. */
    public static void fill(String ownerUrl, String url, Keys keys) {
        Migrations.run(ownerUrl, url);
        load(url, keys);
    }

    /** What a new district has to do at once is due when its day begins. */
    private static void load(String url, Keys keys) {
        var vertx = Vertx.vertx();
        var database = new Database(Pools.forBulk(vertx, "test", url, 1));
        var structure = new DemoStructure(keys.cipher(), PASSWORD_HASH);
        var now = TestDay.start();
        await(database.inTransaction(transaction -> structure
                .load(transaction, now)
                .compose(loaded -> transaction.preparedQuery(DUE).execute(Tuple.of(Rows.utc(now))))));
        await(database.close());
        await(vertx.close());
    }
}
