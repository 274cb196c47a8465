package org.huying.testing;

import static org.huying.testing.TestApp.await;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import org.huying.app.Keys;
import org.huying.db.Database;
import org.huying.db.Migrations;
import org.huying.db.Pools;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.identity.Passwords;
import org.jspecify.annotations.Nullable;

/** A migrated database with the demo structure, made once for each test run and copied for each class. */
public final class DemoTemplate {
    public static final Keys KEYS = TestKeys.generate();

    private static final String DUE = "UPDATE job SET due_at = $1 WHERE subject_id = district_id";

    private static @Nullable String name;

    private DemoTemplate() {}

    /** The name of the database to copy; made by whoever asks first. */
    public static synchronized String name() {
        if (name == null) {
            name = create();
        }
        return name;
    }

    private static String create() {
        var url = TestServers.createDatabase();
        fill(TestServers.ownerUrl(url), url, KEYS);
        return TestServers.databaseName(url);
    }

    /** Migrates an empty database and loads the demo structure; what a new district has to do at once is due then too. */
    public static void fill(String ownerUrl, String url, Keys keys) {
        Migrations.run(ownerUrl, url);
        var vertx = Vertx.vertx();
        var database = new Database(Pools.forBulk(vertx, "test", url, 1));
        var structure = new DemoStructure(keys.cipher(), Passwords.hash(DemoStructure.PASSWORD));
        var now = TestDay.start();
        await(database.inTransaction(transaction -> structure
                .load(transaction, now)
                .compose(loaded -> transaction.preparedQuery(DUE).execute(Tuple.of(Rows.utc(now))))));
        await(database.close());
        await(vertx.close());
    }
}
