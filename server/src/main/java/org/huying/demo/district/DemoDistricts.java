package org.huying.demo.district;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.huying.canteen.Canteens;
import org.huying.canteen.FunnelRing;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Idempotency;
import org.huying.identity.PasswordCost;
import org.huying.identity.People;
import org.huying.notify.Notices;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the demo districts with their history into an empty database, once, whatever number of nodes starts. A later
 * start publishes the meals of the days that have come since, and leaves everything else as it is.
 */
public final class DemoDistricts {
    private static final int NEWS_DAYS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(DemoDistricts.class);

    /** Held by the one that loads; any number will do that nobody else uses. */
    private static final long LOCK = 0x6875_7969_6e67_01L;

    private static final long LOCK_PAUSE_MILLIS = 200;

    /** What stands in the database; a district that is not the demo's is somebody's real one, and left alone. */
    private record Before(boolean isEmpty, @Nullable Instant loadedAt) {}

    private final Vertx vertx;
    private final Database database;
    private final Database owner;
    private final FieldCipher cipher;
    private final Clock clock;

    /**
     * Makes a loader that does nothing by itself.
     *
     * @param database as the service's role; with time for long transactions, and at least three connections
     * @param owner    the same one as the role that owns the tables
     */
    public DemoDistricts(Vertx vertx, Database database, Database owner, FieldCipher cipher, Clock clock) {
        this.vertx = vertx;
        this.database = database;
        this.owner = owner;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Before any job of the service runs: the past is played with its own now. */
    public Future<Void> load() {
        return alone(() -> database.read(DemoDistricts::before).compose(before -> {
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            if (before.isEmpty()) {
                return loadAll(now);
            }
            return before.loadedAt() == null ? Future.succeededFuture() : goOn(before.loadedAt(), now);
        }));
    }

    private Future<Void> loadAll(Instant now) {
        long startedNanos = System.nanoTime();
        var data = DemoData.load();
        var today = DemoStructure.dayOf(now);
        LOG.info("demo: loading two districts with {} days of history", HistoryPlan.DAYS);
        return vertx.executeBlocking(() -> PasswordCost.STRONG.hash(DemoStructure.PASSWORD))
                .compose(hash -> database.inTransaction(transaction -> {
                    var structure = new DemoStructure(data, cipher, hash);
                    var tickets = new TicketHistory(data, cipher, today);
                    return transaction
                            .query(StructureSql.PLAN_FOR_FULL_TABLES)
                            .execute()
                            .compose(done -> structure.load(transaction, now))
                            .compose(done -> structure.publishPastMeals(transaction, today, now))
                            .compose(done -> tickets.play(transaction))
                            .onSuccess(done -> log(tickets.size(), "tickets", startedNanos));
                }))
                .compose(done -> analyze())
                .compose(done -> playBookings(data, today))
                .compose(bookings -> analyze().map(bookings))
                .onSuccess(bookings -> log(bookings, "bookings", startedNanos))
                .mapEmpty();
    }

    /** The service's first plans are to know of the rows. */
    private Future<Void> analyze() {
        return owner.read(client -> client.query("ANALYZE").execute()).mapEmpty();
    }

    /** Bookings and visits that a broken-off load still owes, and the meals of the days that have come since. */
    private Future<Void> goOn(Instant loadedAt, Instant now) {
        var data = DemoData.load();
        return playBookings(data, DemoStructure.dayOf(loadedAt))
                .compose(done -> database.inTransaction(
                        transaction -> new DemoStructure(data, cipher, "").publishMeals(transaction, now)));
    }

    private Future<Integer> playBookings(DemoData data, LocalDate today) {
        var canteens = new Canteens(
                vertx,
                database,
                cipher,
                new Places(cipher),
                new People(cipher),
                new Idempotency(cipher, clock),
                new Notices(),
                clock,
                FunnelRing.unwatched());
        return new BookingHistory(database, canteens, data, today)
                .play()
                .compose(bookings -> database.inTransaction(transaction -> new CareVisits(data, cipher, today)
                                .play(transaction)
                                .compose(visits -> callClocks(transaction, today)))
                        .map(bookings));
    }

    /**
     * The past left a call for each due time that a ticket ever had; what counts is the one that it has now. Of its
     * notices only the last few days' are still news.
     */
    private static Future<Void> callClocks(SqlConnection transaction, LocalDate today) {
        var district = Tuple.of(DemoStructure.districtId());
        var news = today.minusDays(NEWS_DAYS).atStartOfDay(DemoStructure.ZONE).toOffsetDateTime();
        return transaction
                .preparedQuery(StructureSql.FORGET_CALLS)
                .execute(Tuple.of(DemoStructure.districtId(), news))
                .compose(done ->
                        transaction.preparedQuery(StructureSql.CALL_CLOCKS).execute(district))
                .mapEmpty();
    }

    /** Whether one of them is there, with or without its history. */
    public static Future<Boolean> areIn(SqlClient client) {
        var ids = DemoData.load().districts().stream()
                .map(district -> district.ids().districtId())
                .toArray(UUID[]::new);
        return client.preparedQuery(StructureSql.FIND_DISTRICTS)
                .execute(Tuple.of((Object) ids))
                .map(rows -> rows.size() > 0);
    }

    private static Future<Before> before(SqlClient client) {
        return client.preparedQuery(StructureSql.LOADED_AT)
                .execute(Tuple.of(DemoStructure.resident(1), DemoStructure.SETTLED_DAYS))
                .map(rows -> {
                    var row = rows.iterator().next();
                    var at = row.getOffsetDateTime("loaded_at");
                    return new Before(row.getBoolean("is_empty"), at == null ? null : at.toInstant());
                });
    }

    /** However long another takes: it asks again, since a statement that waits for a lock is bounded. */
    private <T> Future<T> alone(Supplier<Future<T>> work) {
        return database.withConnection(connection -> locked(connection)
                .compose(locked -> work.get())
                .eventually(() -> connection
                        .preparedQuery("SELECT pg_advisory_unlock($1)")
                        .execute(Tuple.of(LOCK))));
    }

    private Future<Void> locked(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT pg_try_advisory_lock($1) AS got")
                .execute(Tuple.of(LOCK))
                .compose(rows -> rows.iterator().next().getBoolean("got")
                        ? Future.succeededFuture()
                        : vertx.timer(LOCK_PAUSE_MILLIS).compose(passed -> locked(connection)));
    }

    private static void log(int count, String what, long startedNanos) {
        LOG.info("demo: {} {} after {} ms", count, what, (System.nanoTime() - startedNanos) / 1_000_000);
    }
}
