package org.huying.audit.history;

import static org.huying.testing.TestApp.await;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.huying.testing.TestApp;
import org.huying.testing.TestServers;

/**
 * Thousands of tickets' lives, planned beforehand from a seed and then lived through the real service, each act at its
 * instant and time's own acts at theirs.
 */
final class PlannedHistories {
    static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 24);
    static final int DAYS = 85;
    static final Instant END = Dice.midnight(FIRST_DAY.plusDays(DAYS + 35));

    private final TestApp app;
    private final List<Lane> lanes;

    PlannedHistories(TestApp app, long seed, int stories) {
        this.app = app;
        var stage = new Stage(app);
        var seeds = new Random(seed);
        this.lanes = IntStream.rangeClosed(1, Stage.FIRMS)
                .mapToObj(firm -> {
                    var plan = new Plan();
                    var dice = new Dice(seeds.nextLong(), FIRST_DAY, DAYS);
                    new Stories(firm, dice, stage.homes(firm), plan).write(stories / Stage.FIRMS);
                    return new Lane(firm, stage, plan, seeds.nextLong());
                })
                .toList();
    }

    /** Everything before that instant, which is then the service's now. */
    void playUntil(Instant end) {
        var played = lanes.stream()
                .map(lane -> CompletableFuture.runAsync(() -> lane.playUntil(end)))
                .toList();
        played.forEach(CompletableFuture::join);
        analyze();
        app.clock().set(end);
    }

    /** What a database that grows this fast would otherwise only learn after the test. */
    private void analyze() {
        var name = await(app.database()
                .read(client -> client.query("SELECT current_database() AS name")
                        .execute()
                        .map(rows -> rows.iterator().next().getString("name"))));
        try (var connection = DriverManager.getConnection(
                        TestServers.jdbcUrl(TestServers.ownerUrl("postgresql:///" + name)));
                var statement = connection.createStatement()) {
            statement.execute("ANALYZE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By ticket. */
    Map<UUID, UUID> reporters() {
        var reporters = new HashMap<UUID, UUID>();
        lanes.forEach(lane -> reporters.putAll(lane.reporters()));
        return reporters;
    }

    /** How often which action was refused with what. */
    Map<String, Integer> refusals() {
        var refusals = new TreeMap<String, Integer>();
        lanes.forEach(lane -> lane.refusals().forEach((what, n) -> refusals.merge(what, n, Integer::sum)));
        return refusals;
    }
}
