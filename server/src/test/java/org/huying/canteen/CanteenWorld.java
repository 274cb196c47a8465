package org.huying.canteen;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.huying.canteen.admin.CanteenRegister;
import org.huying.canteen.admin.NewCanteen;
import org.huying.canteen.admin.SubsidyPolicy;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.db.Rows;
import org.huying.http.Idempotency;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.NormalForm;
import org.huying.notify.Notices;
import org.huying.place.Places;
import org.huying.testing.Eventually;
import org.huying.testing.Patient;
import org.huying.testing.TestClock;
import org.huying.testing.TestDay;
import org.huying.testing.TestServers;
import org.jspecify.annotations.Nullable;

/** A district with a canteen in each of two communities, on a database of its own; as many nodes on it as asked for. */
final class CanteenWorld implements AutoCloseable {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final LocalDate DAY = TestDay.date();
    /** Bookings are open, and the day has not come. */
    static final Instant BEFORE = at(DAY.minusDays(1), "12:00");
    /** The meal is being served. */
    static final Instant LUNCHTIME = at(DAY, "11:45");

    static final Instant AFTER = at(DAY, "13:30");

    /** All parts of the feature on one event loop. */
    record Node(
            Database database,
            Canteens canteens,
            MealService meals,
            BookingService bookings,
            CounterService counter,
            BookingFunnel funnel,
            FunnelBatch batch) {}

    final Vertx vertx = Vertx.vertx();
    final FieldCipher cipher = new FieldCipher(Map.of((byte) 1, new byte[32]), (byte) 1, new byte[32]);
    final Pool pool;
    final UUID district = Ids.next();
    final UUID town = Ids.next();
    final UUID community = Ids.next();
    final UUID otherCommunity = Ids.next();
    final UUID compound = Ids.next();
    /** Delivers; changes with {@link #openCanteens}. */
    UUID canteen;
    /** In another community; does not deliver. */
    UUID otherCanteen;

    private Caller operator;

    private final String url = TestServers.createMigratedDatabase();
    private final List<Pool> pools = new ArrayList<>();
    final CanteenRegister register = new CanteenRegister();
    private final Node first;

    CanteenWorld() {
        pool = pool(4);
        first = node(8);
        sql("INSERT INTO district (id, name) VALUES ($1, 'D')", district);
        place(district, "district", null, List.of(district));
        place(town, "town", district, List.of(district, town));
        place(community, "community", town, List.of(district, town, community));
        place(otherCommunity, "community", town, List.of(district, town, otherCommunity));
        place(compound, "compound", community, List.of(district, town, community, compound));
        canteen = canteen(community, true);
        otherCanteen = canteen(otherCommunity, false);
        operator = asStaff(Role.CANTEEN_OPERATOR, Grant.Scope.CANTEEN, canteen);
    }

    /** Two new canteens, so that a test begins with no meals. */
    void openCanteens() {
        canteen = canteen(community, true);
        otherCanteen = canteen(otherCommunity, false);
        operator = asStaff(Role.CANTEEN_OPERATOR, Grant.Scope.CANTEEN, canteen);
    }

    static Instant at(LocalDate date, String time) {
        return date.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
    }

    Node node() {
        return first;
    }

    /** One more event loop with everything of its own. */
    Node node(int poolSize) {
        return node(poolSize, new FunnelRing(new SimpleMeterRegistry()));
    }

    /** One more event loop of those in the ring. */
    Node node(int poolSize, FunnelRing ring) {
        var ready = new CompletableFuture<Node>();
        wait(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                ready.complete(assemble(poolSize, ring));
                return Future.succeededFuture();
            }
        }));
        return ready.join();
    }

    private Node assemble(int poolSize, FunnelRing ring) {
        var database = new Database(pool(poolSize), Patient.WAITS);
        var places = new Places(cipher);
        var people = new People(cipher);
        var idempotency = new Idempotency(cipher, Clock.systemUTC());
        var canteens = new Canteens(
                vertx, database, cipher, places, people, idempotency, new Notices(), new TestClock(), ring);
        return new Node(
                database,
                canteens,
                canteens.meals(),
                canteens.bookings(),
                canteens.counter(),
                canteens.funnel(),
                canteens.batch());
    }

    private Pool pool(int size) {
        var made = Pools.forService(vertx, "test", url, size, Patient.WAITS);
        pools.add(made);
        return made;
    }

    // ---- people ----

    UUID resident() {
        return residents(1, null).get(0);
    }

    UUID resident(@Nullable LocalDate verifiedBirthDate) {
        return residents(1, verifiedBirthDate).get(0);
    }

    List<UUID> residents(int count, @Nullable LocalDate verifiedBirthDate) {
        var ids = Stream.generate(Ids::next).limit(count).toList();
        var array = ids.toArray(UUID[]::new);
        sql("INSERT INTO person (id, created_at) SELECT unnest($1::uuid[]), now()", (Object) array);
        sql(
                """
                INSERT INTO resident (district_id, id, name_sealed, birth_date_sealed, birth_date_verified, created_at)
                SELECT $1, unnest($2::uuid[]), $3, $4, $5, now()
                """,
                district,
                array,
                cipher.seal("张三"),
                cipher.seal(verifiedBirthDate == null ? null : verifiedBirthDate.toString()),
                verifiedBirthDate != null);
        return ids;
    }

    /** Lets the resident live in the compound. */
    void housed(UUID resident) {
        var household = Ids.next();
        sql(
                "INSERT INTO household (district_id, id, compound_id, address_sealed, address_index) VALUES ($1,$2,$3,$4,$5)",
                district,
                household,
                compound,
                cipher.seal("1-1-101"),
                cipher.index(NormalForm.ofName(household.toString())));
        sql("""
                INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at)
                VALUES ($1, $2, $3, $4, 'owner', 'approved', now())
                """, district, Ids.next(), household, resident);
    }

    void mandated(UUID grantor, UUID proxy) {
        sql("""
                INSERT INTO mandate (district_id, id, grantor_id, proxy_id, for_booking, for_ticket, status,
                    offered_by_id, created_at)
                VALUES ($1, $2, $3, $4, true, false, 'active', $3, now())
                """, district, Ids.next(), grantor, proxy);
    }

    Caller asResident(UUID id) {
        return new Caller(id, district, Ids.next(), Caller.Kind.RESIDENT, List.of());
    }

    Caller asStaff(Role role, Grant.Scope scope, UUID scopeId) {
        var id = Ids.next();
        sql("INSERT INTO person (id, created_at) VALUES ($1, now())", id);
        sql("INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)", district, id, cipher.seal("员工"));
        sql(
                "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id) VALUES ($1, $2, $3, $4, $5)",
                district,
                id,
                role.code(),
                scope.name().toLowerCase(Locale.ROOT),
                scopeId);
        return new Caller(id, district, Ids.next(), Caller.Kind.STAFF, List.of(new Grant(role, scope, scopeId)));
    }

    Caller operator() {
        return operator;
    }

    // ---- canteens and meals ----

    private void place(UUID id, String level, @Nullable UUID parent, List<UUID> path) {
        sql(
                "INSERT INTO place (district_id, id, level, kind, parent_id, name, path) VALUES ($1,$2,$3,$4,$5,$6,$7)",
                district,
                id,
                level,
                level.equals("compound") ? "compound" : null,
                parent,
                level,
                path.toArray(UUID[]::new));
    }

    private UUID canteen(UUID place, boolean delivers) {
        var periods = List.of(
                new PeriodRule(Period.BREAKFAST, 7, LocalTime.of(8, 0), 1, LocalTime.of(20, 0), LocalTime.of(9, 0)),
                new PeriodRule(Period.LUNCH, 7, LocalTime.of(8, 0), 0, LocalTime.of(10, 30), LocalTime.of(13, 0)),
                new PeriodRule(Period.DINNER, 7, LocalTime.of(8, 0), 0, LocalTime.of(16, 30), LocalTime.of(19, 0)));
        var bands = List.of(new SubsidyBand(60, 75, 300), new SubsidyBand(76, 89, 500), new SubsidyBand(90, null, 900));
        var made = new NewCanteen(place, delivers ? "甲食堂" : "乙食堂", "一号", delivers, periods);
        var id = tx(transaction -> register.create(transaction, district, made)).id();
        tx(t -> register.setPolicy(t, district, new SubsidyPolicy(id, LocalDate.of(2020, 1, 1), bands)));
        return id;
    }

    /** A published lunch with one dish of 12 yuan. */
    UUID lunch(int capacity) {
        return meal(canteen, Period.LUNCH, capacity, dish("红烧肉", 1200, null));
    }

    UUID meal(UUID ofCanteen, Period period, int capacity, NewMeal.NewDish... dishes) {
        return meal(ofCanteen, DAY, period, capacity, null, dishes);
    }

    UUID meal(
            UUID ofCanteen,
            LocalDate date,
            Period period,
            int capacity,
            @Nullable Integer priceFen,
            NewMeal.NewDish... dishes) {
        var asked = new NewMeal(date, period, capacity, null, null, null, priceFen, List.of(dishes), true);
        return tx(transaction -> first.canteens().createMeal(transaction, district, ofCanteen, asked, BEFORE));
    }

    static NewMeal.NewDish dish(String name, int priceFen, @Nullable Integer quota) {
        return new NewMeal.NewDish(name, priceFen, quota, List.of(), List.of());
    }

    List<UUID> dishesOf(UUID meal) {
        return rows("SELECT id FROM dish WHERE district_id = $1 AND meal_id = $2 ORDER BY position", district, meal)
                .map(row -> row.getUUID("id"))
                .toList();
    }

    // ---- booking ----

    static BookingOrder order(UUID meal) {
        return new BookingOrder(meal, null, Mode.DINE_IN, 1, List.of(), null, false);
    }

    static BookingOrder order(UUID meal, int portions, boolean joinWaitlist) {
        return new BookingOrder(meal, null, Mode.DINE_IN, portions, List.of(), null, joinWaitlist);
    }

    BookingRequest request(UUID meal, UUID diner, int portions, boolean joinWaitlist) {
        return new BookingRequest(
                district,
                meal,
                diner,
                diner,
                true,
                Set.of(),
                Mode.DINE_IN,
                portions,
                List.of(),
                null,
                joinWaitlist,
                BEFORE,
                null,
                null);
    }

    Booking book(Caller caller, BookingOrder order) {
        return book(caller, order, BEFORE);
    }

    Booking book(Caller caller, BookingOrder order, Instant now) {
        return ((FunnelAnswer.Made) wait(first.bookings().book(caller, order, null, now))).booking();
    }

    /** As the canteen's operator sees it. */
    BookingView seen(UUID booking) {
        return read(client -> first.bookings().get(client, operator(), booking));
    }

    BookingView cancel(Caller caller, UUID booking, @Nullable String reason, Instant now) {
        return tx(transaction -> first.bookings().cancel(transaction, caller, booking, reason, now));
    }

    MealView closeMeal(UUID meal) {
        return tx(transaction -> first.meals().close(transaction, operator(), meal, null, AFTER));
    }

    /** What the meal's row says. */
    Meal mealRow(UUID meal) {
        return tx(transaction -> new LedgerStore().lock(transaction, district, meal));
    }

    // ---- the database ----

    <T> T tx(Function<SqlConnection, Future<T>> work) {
        return wait(first.database().inTransaction(work));
    }

    <T> T read(Function<SqlClient, Future<T>> work) {
        return wait(first.database().read(work));
    }

    RowSet<Row> sql(String statement, @Nullable Object... values) {
        return wait(pool.preparedQuery(statement).execute(Tuple.from(values)));
    }

    Stream<Row> rows(String statement, Object... values) {
        return Rows.stream(sql(statement, values));
    }

    /** Returns when some transaction waits for another. */
    void awaitBlocked() {
        Eventually.until(
                "somebody waits",
                () -> rows("SELECT 1 FROM pg_locks WHERE NOT granted").findAny().isPresent());
    }

    static <T> T wait(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pools.forEach(each -> wait(each.close()));
        wait(vertx.close());
    }
}
