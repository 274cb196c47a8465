package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.app.Keys;
import org.huying.canteen.Attempt.Diner;
import org.huying.canteen.Attempt.Tried;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.huying.testing.Api;
import org.huying.testing.TestTokens;
import org.jspecify.annotations.Nullable;

/** The demo district at the lunch-hour rush: meals of one canteen, crowds of diners, and the books to look into. */
final class RushWorld implements AutoCloseable {
    private static final UUID DISTRICT = DemoStructure.districtId();

    /** The demo has meals of its own before. */
    private static final int FIRST_DAY = 20;

    private static final String INSERT_PERSONS = """
            INSERT INTO person (id, created_at) SELECT unnest($1::uuid[]), now()
            """;

    private static final String INSERT_RESIDENTS = """
            INSERT INTO resident (district_id, id, name_sealed, created_at) SELECT $1, unnest($2::uuid[]), $3, now()
            """;

    private static final String BOOKS = """
            SELECT m.id, m.capacity, m.taken, coalesce(sum(b.portions), 0)::int AS portions, count(b.id)::int AS bookings,
                count(DISTINCT b.diner_id)::int AS diners, count(DISTINCT b.code)::int AS codes
            FROM meal m
            LEFT JOIN booking b ON b.district_id = m.district_id AND b.meal_id = m.id
                AND b.status NOT IN ('cancelled', 'expired')
            WHERE m.district_id = $1 AND m.id = ANY ($2)
            GROUP BY m.id, m.capacity, m.taken
            """;

    private static final String BOOKINGS = """
            SELECT id, meal_id, diner_id FROM booking WHERE district_id = $1 AND meal_id = ANY ($2)
            """;

    /** What the database says of a meal; of its bookings those that stand. */
    record Books(UUID meal, int capacity, int taken, int portions, int bookings, int diners, int codes) {
        static Books from(Row row) {
            return new Books(
                    row.getUUID("id"),
                    row.getInteger("capacity"),
                    row.getInteger("taken"),
                    row.getInteger("portions"),
                    row.getInteger("bookings"),
                    row.getInteger("diners"),
                    row.getInteger("codes"));
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final Clock clock;
    private final Database database;
    private final FieldCipher cipher;
    private final TestTokens tokens;
    private int meals;

    /** On a database that holds the demo structure; the clock is the nodes'. */
    RushWorld(String databaseUrl, Keys keys, Clock clock) {
        this.clock = clock;
        database = new Database(Pools.forBulk(vertx, "test", databaseUrl, 1));
        cipher = keys.cipher();
        tokens = new TestTokens(keys);
    }

    /** A lunch of its own day, to be booked at once, in portions of the set meal. */
    UUID publish(URI node, int capacity) {
        var now = clock.instant();
        var day = LocalDate.ofInstant(now, CanteenWorld.ZONE).plusDays(FIRST_DAY + meals);
        meals += 1;
        var operator = tokens.staff(DISTRICT, DemoStructure.staff("canteen-operator-1"), Role.CANTEEN_OPERATOR);
        var dish = new JsonObject().put("name", "番茄鸡蛋").put("priceFen", 800);
        var reply = new Api(node)
                .bearing(operator)
                .post(
                        "/v1/canteens/" + DemoStructure.canteen(1) + "/meals",
                        new JsonObject()
                                .put("date", day.toString())
                                .put("period", "lunch")
                                .put("capacity", capacity)
                                .put(
                                        "bookingOpensAt",
                                        now.minus(Duration.ofHours(1)).toString())
                                .put("cutoffAt", now.plus(Duration.ofHours(1)).toString())
                                .put(
                                        "servingEndsAt",
                                        CanteenApi.at(day, "13:00").toString())
                                .put("dishes", new JsonArray().add(dish))
                                .put("publish", true));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.id();
    }

    /** Residents who are signed in. */
    List<Diner> diners(int count) {
        var ids = Stream.generate(Ids::next).limit(count).toList();
        var array = ids.toArray(UUID[]::new);
        sql(INSERT_PERSONS, (Object) array);
        sql(INSERT_RESIDENTS, DISTRICT, array, cipher.seal("张三"));
        return ids.stream()
                .map(id -> new Diner(id, tokens.resident(DISTRICT, id)))
                .toList();
    }

    List<Books> books(Collection<UUID> ofMeals) {
        return sql(BOOKS, DISTRICT, ofMeals.toArray(UUID[]::new))
                .map(Books::from)
                .toList();
    }

    /**
     * The books of the meals agree with themselves and with all that was answered: what was acknowledged is there, what
     * is there was acknowledged, and who was told that a meal is full was told the truth.
     */
    void assertThatBooksAgreeWith(List<Tried> answered, Collection<UUID> ofMeals) {
        Map<UUID, LedgerStore.Seat> told = answered.stream()
                .filter(Tried::isBooked)
                .collect(Collectors.toMap(Tried::bookingId, Tried::seat, (first, again) -> {
                    assertThat(again).isEqualTo(first);
                    return first;
                }));
        Map<UUID, LedgerStore.Seat> kept = sql(BOOKINGS, DISTRICT, ofMeals.toArray(UUID[]::new))
                .collect(Collectors.toMap(
                        row -> row.getUUID("id"),
                        row -> new LedgerStore.Seat(row.getUUID("meal_id"), row.getUUID("diner_id"))));
        assertThat(without(told.keySet(), kept.keySet()))
                .as("acknowledged, and not kept")
                .isEmpty();
        assertThat(without(kept.keySet(), told.keySet()))
                .as("kept, and not acknowledged")
                .isEmpty();
        assertThat(told).isEqualTo(kept);

        var full = answered.stream()
                .filter(tried -> tried.isRefused("meal_full"))
                .map(tried -> tried.attempt().meal())
                .collect(Collectors.toSet());
        assertThat(books(ofMeals)).hasSameSizeAs(ofMeals).allSatisfy(books -> {
            assertThat(books.taken()).isLessThanOrEqualTo(books.capacity());
            assertThat(List.of(books.portions(), books.bookings(), books.diners(), books.codes()))
                    .as("portions, bookings, diners, codes")
                    .containsOnly(books.taken());
            if (full.contains(books.meal())) {
                assertThat(books.taken()).as("places of a full meal").isEqualTo(books.capacity());
            }
        });
    }

    private static Set<UUID> without(Set<UUID> these, Set<UUID> those) {
        var left = new HashSet<>(these);
        left.removeAll(those);
        return left;
    }

    private Stream<Row> sql(String statement, @Nullable Object... values) {
        return Rows.stream(CanteenWorld.wait(
                database.read(client -> client.preparedQuery(statement).execute(Tuple.from(values)))));
    }

    @Override
    public void close() {
        CanteenWorld.wait(database.close());
        CanteenWorld.wait(vertx.close());
    }
}
