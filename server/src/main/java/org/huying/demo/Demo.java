package org.huying.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.huying.app.Infrastructure;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.seal.KeyLease;
import org.huying.demo.district.DemoDistricts;
import org.huying.demo.wechat.WeChatSimulator;
import org.huying.notify.MessageTemplates;

/** Makes a node a demonstration: the demo districts in its database, and WeChat simulated where none is named. */
public final class Demo {
    /** Where the simulator lists the messages that it was sent. */
    public static final String MESSAGES_PATH = WeChatSimulator.MESSAGES_PATH;

    private static final int POOL_SIZE = 6;
    private static final String TEMPLATES = "/demo/wechat-templates.properties";

    private Demo() {}

    /** Starts the simulator; it ends with Vert.x. */
    public static Future<Infrastructure.WeChatAccess> simulateWeChat(Vertx vertx) {
        return WeChatSimulator.start(vertx)
                .map(simulator -> new Infrastructure.WeChatAccess(
                        simulator.url(), WeChatSimulator.APP_ID, WeChatSimulator.SECRET, templates()));
    }

    /**
     * Loads the demo districts into an empty database; into another, only the meals of the days ahead. The keys have been held
     * against the database's before.
     *
     * @param ownerUrl of the role that owns the tables; nobody else may analyze them
     */
    public static Future<Void> load(Infrastructure infrastructure, String ownerUrl) {
        var vertx = infrastructure.vertx();
        var lease = new KeyLease(infrastructure.keys().cipher());
        var database = lease.forBulk(vertx, "demo", infrastructure.databaseUrl(), POOL_SIZE);
        var owner = Database.forBulk(Pools.forBulk(vertx, "demo-owner", ownerUrl, 1));
        var districts =
                new DemoDistricts(vertx, database, owner, infrastructure.keys().cipher(), infrastructure.clock());
        return districts.load().eventually(owner::close).eventually(database::close);
    }

    /** Whether a migrated database holds the demo districts, or one of them. */
    public static Future<Boolean> isIn(Infrastructure infrastructure) {
        var database = new Database(Pools.forService(infrastructure.vertx(), "demo", infrastructure.databaseUrl(), 1));
        return database.open()
                .compose(open -> database.read(DemoDistricts::areIn))
                .eventually(database::close);
    }

    private static MessageTemplates templates() {
        try (var source = Objects.requireNonNull(Demo.class.getResourceAsStream(TEMPLATES))) {
            return MessageTemplates.read(new InputStreamReader(source, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
