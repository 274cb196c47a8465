package org.huying.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.kernel.Ids;
import org.jspecify.annotations.Nullable;

/** A district of its own with one canteen and many diners, each of whom has a subsidy on each day; and its meals. */
final class BenchDistrict {
    static final int PRICE_FEN = 1500;
    static final int SUBSIDY_FEN = 300;
    static final int FROM_AGE = 60;
    static final int TO_AGE = 90;
    private static final LocalDate BORN = LocalDate.of(1955, 1, 1);

    private static final String MEALS = """
            INSERT INTO meal (district_id, id, canteen_id, date, period, status, capacity, price_fen, booking_opens_at,
                cutoff_at, serving_ends_at, created_at, published_at)
            SELECT $1, w.id, $2, w.date, 'lunch', 'published', $5, $6, now() - interval '1 day', now() + interval '1 day',
                now() + interval '1 day', now(), now()
            FROM unnest($3::uuid[], $4::date[]) AS w (id, date)
            """;

    /** The last has a quota, which is looked at and never reached. */
    private static final String DISHES = """
            INSERT INTO dish (district_id, id, meal_id, position, name, price_fen, quota, tags, allergens)
            SELECT $1, gen_random_uuid(), m.id, d.position, d.name, 500, d.quota, '{}', '{}'
            FROM unnest($2::uuid[]) AS m (id)
            CROSS JOIN (VALUES (0, '红烧肉', NULL), (1, '青菜', NULL), (2, '汤', 1000000)) AS d (position, name, quota)
            """;

    private final UUID id = Ids.next();
    private final UUID canteen = Ids.next();
    private final List<UUID> diners;
    private final Map<UUID, LocalDate> dates = new ConcurrentHashMap<>();
    private final Pool pool;
    private LocalDate nextDate = LocalDate.now(ZoneOffset.UTC).plusDays(1);

    BenchDistrict(Vertx vertx, String url, FieldCipher cipher, int dinerCount) throws Exception {
        this.pool = Pools.forBulk(vertx, "bench", url, 2);
        this.diners = Stream.generate(Ids::next).limit(dinerCount).toList();
        sql("INSERT INTO district (id, name) VALUES ($1, 'bench')", id);
        sql(
                "INSERT INTO place (district_id, id, level, name, path) VALUES ($1, $1, 'district', 'bench', ARRAY[$1::uuid])",
                id);
        sql(
                "INSERT INTO canteen (district_id, id, place_id, name, address, delivers) VALUES ($1, $2, $1, 'bench', '', true)",
                id,
                canteen);
        sql(
                "INSERT INTO subsidy_policy VALUES ($1, $2, '2020-01-01', $3, $4, $5)",
                id,
                canteen,
                FROM_AGE,
                TO_AGE,
                SUBSIDY_FEN);
        var people = diners.toArray(UUID[]::new);
        sql("INSERT INTO person (id, created_at) SELECT unnest($1::uuid[]), now()", (Object) people);
        sql("""
                INSERT INTO resident (district_id, id, name_sealed, birth_date_sealed, birth_date_verified, created_at)
                SELECT $1, unnest($2::uuid[]), $3, $4, true, now()
                """, id, people, cipher.seal("张三"), cipher.seal(BORN.toString()));
        sql("INSERT INTO person_district SELECT unnest($1::uuid[]), $2", people, id);
    }

    UUID id() {
        return id;
    }

    UUID canteen() {
        return canteen;
    }

    UUID diner(int number) {
        return diners.get(number);
    }

    LocalDate dateOf(UUID meal) {
        return Objects.requireNonNull(dates.get(meal));
    }

    /** Open for booking, each with three dishes. */
    List<UUID> meals(int count, int capacity) throws Exception {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < count; i++) {
            var meal = Ids.next();
            ids.add(meal);
            dates.put(meal, nextDate);
            nextDate = nextDate.plusDays(1);
        }
        sql(
                MEALS,
                id,
                canteen,
                ids.toArray(UUID[]::new),
                ids.stream().map(this::dateOf).toArray(LocalDate[]::new),
                capacity,
                PRICE_FEN);
        sql(DISHES, id, ids.toArray(UUID[]::new));
        return ids;
    }

    /** So that all sides have plans for tables that are in use. */
    void analyze() throws Exception {
        sql("ANALYZE");
    }

    /**
     * What is wrong in the database after all; empty if nothing.
     *
     * @param acknowledged the ids of all bookings that were answered with 201
     * @param unspoken     how many were booked otherwise
     */
    List<String> faults(List<UUID> acknowledged, long unspoken) throws Exception {
        var faults = new ArrayList<String>();
        expectNone(faults, "meals oversold or miscounted", """
                SELECT count(*) FROM meal m LEFT JOIN LATERAL (
                    SELECT coalesce(sum(portions), 0) AS portions, count(*) AS bookings, count(DISTINCT arrival) AS arrivals,
                        coalesce(max(arrival), 0) AS last, count(*) FILTER (WHERE status <> 'booked') AS others
                    FROM booking b WHERE b.district_id = m.district_id AND b.meal_id = m.id) b ON true
                WHERE m.district_id = $1 AND (m.taken <> b.portions OR m.taken > m.capacity OR m.arrivals <> b.last
                    OR b.arrivals <> b.bookings OR b.last <> b.bookings OR b.others > 0)
                """, id);
        expectNone(faults, "dishes miscounted", """
                SELECT count(*) FROM dish d JOIN meal m ON m.district_id = d.district_id AND m.id = d.meal_id
                WHERE d.district_id = $1 AND d.taken <> m.taken
                """, id);
        expectNone(faults, "diners booked twice for one meal", """
                SELECT count(*) FROM (SELECT 1 FROM booking WHERE district_id = $1
                    GROUP BY diner_id, meal_id HAVING count(*) > 1) AS twice
                """, id);
        expectNone(faults, "acknowledged bookings missing", """
                SELECT count(*) FROM unnest($2::uuid[]) AS a (id)
                WHERE NOT EXISTS (SELECT FROM booking b WHERE b.district_id = $1 AND b.id = a.id)
                """, id, acknowledged.toArray(UUID[]::new));
        expectNone(
                faults,
                "bookings more or less than acknowledged",
                "SELECT abs(count(*) - $2) FROM booking WHERE district_id = $1",
                id,
                acknowledged.stream().distinct().count() + unspoken);
        return faults;
    }

    Future<Void> close() {
        return pool.close();
    }

    private void expectNone(List<String> faults, String what, String count, @Nullable Object... values)
            throws Exception {
        var found = one(count, values).getLong(0);
        if (found != 0) {
            faults.add(what + ": " + found);
        }
    }

    private Row one(String statement, @Nullable Object... values) throws Exception {
        return StreamSupport.stream(sql(statement, values).spliterator(), false)
                .findFirst()
                .orElseThrow();
    }

    private RowSet<Row> sql(String statement, @Nullable Object... values) throws Exception {
        return pool.preparedQuery(statement)
                .execute(Tuple.from(values))
                .toCompletionStage()
                .toCompletableFuture()
                .get(2, TimeUnit.MINUTES);
    }
}
