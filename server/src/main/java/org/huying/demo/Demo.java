package org.huying.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.huying.app.Infrastructure;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.demo.district.DemoStructure;
import org.huying.identity.Passwords;

/** Makes a node a demonstration: the demo districts in its database, and WeChat simulated where none is named. */
public final class Demo {
    private Demo() {}

    /** Starts the simulator; it ends with Vert.x. */
    public static Future<Infrastructure.WeChatAccess> simulateWeChat(Vertx vertx) {
        return WeChatSimulator.start(vertx)
                .map(simulator -> new Infrastructure.WeChatAccess(
                        simulator.url(), WeChatSimulator.APP_ID, WeChatSimulator.SECRET));
    }

    /** Loads the demo districts into an empty database; into another, only the meals of the days ahead. */
    public static Future<Void> load(Infrastructure infrastructure) {
        var database = new Database(Pools.forBulk(infrastructure.vertx(), infrastructure.databaseUrl(), 1));
        var structure = new DemoStructure(infrastructure.keys().cipher(), Passwords.hash(DemoStructure.PASSWORD));
        return database.inTransaction(tx -> tx.query("SELECT 1 FROM district")
                        .execute()
                        .compose(rows -> rows.size() > 0
                                ? Future.succeededFuture()
                                : structure.load(tx, infrastructure.clock().instant())))
                .eventually(database::close);
    }
}
