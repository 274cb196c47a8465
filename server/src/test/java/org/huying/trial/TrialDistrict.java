package org.huying.trial;

import static org.huying.testing.TestApp.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.app.Keys;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.Rows;
import org.huying.db.job.Jobs;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.huying.testing.Api;
import org.huying.testing.TestDay;
import org.huying.testing.TestTokens;

/** The demo district with a crowd of diners, and its books, which are looked into by a way of their own. */
final class TrialDistrict implements AutoCloseable {
    static final UUID DISTRICT = DemoStructure.districtId();
    private static final int DINERS = 60_000;
    private static final int CAPACITY = 100_000;
    private static final int MEAL_AHEAD_DAYS = 20;

    private static final String INSERT_PERSONS = """
            INSERT INTO person (id, created_at) SELECT unnest($1::uuid[]), now()
            """;

    private static final String INSERT_RESIDENTS = """
            INSERT INTO resident (district_id, id, name_sealed, created_at) SELECT $1, unnest($2::uuid[]), $3, now()
            """;

    private static final String BOOKED = """
            SELECT diner_id FROM booking
            WHERE district_id = $1 AND meal_id = $2 AND status NOT IN ('cancelled', 'expired')
            """;

    private static final String UNTRIED = """
            SELECT 1 FROM job WHERE district_id = $1 AND subject_id = $2 AND attempts = 0
            """;

    private final Vertx vertx = Vertx.vertx();
    private final Database database;
    private final TestTokens tokens;
    private final List<UUID> diners;
    private final AtomicInteger next = new AtomicInteger();
    private int meals;

    /** On a database that holds the demo structure. */
    TrialDistrict(String directUrl, Keys keys) {
        database = new Database(Pools.forBulk(vertx, "trial", directUrl, 1));
        tokens = new TestTokens(keys);
        diners = Stream.generate(Ids::next).limit(DINERS).toList();
        var ids = diners.toArray(UUID[]::new);
        await(sql(INSERT_PERSONS, Tuple.of((Object) ids)));
        await(sql(INSERT_RESIDENTS, Tuple.of(DISTRICT, ids, keys.cipher().seal("张三"))));
    }

    Database database() {
        return database;
    }

    UUID newDiner() {
        return diners.get(next.getAndIncrement());
    }

    String token(UUID diner) {
        return tokens.resident(DISTRICT, diner);
    }

    /** A lunch that everybody fits in, to be booked by now. */
    synchronized String meal(URI node) {
        var now = TestDay.start();
        var day = TestDay.date().plusDays(MEAL_AHEAD_DAYS + meals++);
        var dish = new JsonObject().put("name", "番茄鸡蛋").put("priceFen", 800);
        return new Api(node)
                .bearing(tokens.staff(DISTRICT, DemoStructure.staff("canteen-operator-1"), Role.CANTEEN_OPERATOR))
                .post(
                        "/v1/canteens/" + DemoStructure.canteen(1) + "/meals",
                        new JsonObject()
                                .put("date", day.toString())
                                .put("period", "lunch")
                                .put("capacity", CAPACITY)
                                .put(
                                        "bookingOpensAt",
                                        now.minus(Duration.ofDays(2)).toString())
                                .put("dishes", new JsonArray().add(dish))
                                .put("publish", true))
                .withStatus(201)
                .id()
                .toString();
    }

    /** That is due; of a ticket that is not there, which is found out by trying it. */
    UUID leaveJob() {
        var subject = Ids.next();
        var job = new Jobs.NewJob(
                "ticket_clock", subject, new JsonObject(), TestDay.start().minus(Duration.ofHours(1)));
        await(database.inTransaction(transaction -> Jobs.leave(transaction, DISTRICT, List.of(job))));
        return subject;
    }

    boolean isTried(UUID subject) {
        return await(sql(UNTRIED, Tuple.of(DISTRICT, subject))).isEmpty();
    }

    /** Counts what was acknowledged and is not there, and what is there more than once. */
    void audit(Callers callers, Outcome outcome) {
        var rows = await(sql(BOOKED, Tuple.of(DISTRICT, UUID.fromString(callers.meal()))));
        var there = rows.stream().map(row -> row.getUUID("diner_id")).toList();
        var distinct = Set.copyOf(there);
        var lost = callers.acknowledged().stream()
                .filter(diner -> !distinct.contains(diner))
                .collect(Collectors.toSet());
        var doubled = there.size() - distinct.size();
        outcome.measured("acknowledged", callers.booked())
                .measured("lost", lost.size())
                .measured("doubled", doubled)
                .require(lost.isEmpty() && doubled == 0, "nothing acknowledged is lost or doubled");
    }

    private io.vertx.core.Future<List<Row>> sql(String sql, Tuple values) {
        return database.read(client -> client.preparedQuery(sql).execute(values))
                .map(Rows.list(row -> row));
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
