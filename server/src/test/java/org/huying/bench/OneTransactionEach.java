package org.huying.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.huying.db.Pools;
import org.huying.kernel.Ids;

/**
 * The baseline: the same booking as it is usually written, a transaction for each, without HTTP, tokens and rules. It locks
 * the meal's row, sees that the diner has no booking of the meal, inserts the row with all the columns that the service
 * writes, counts at the meal and its dishes, and commits. Price, subsidy and code are known to it beforehand, so what
 * remains is the least that a right booking costs: every statement is prepared once for each connection and finds its rows
 * by an index.
 */
final class OneTransactionEach {
    /** How the statements of a transaction follow each other. */
    enum Style {
        /** Each when the one before has its answer, as a blocking driver does it: seven round trips. */
        ONE_BY_ONE,
        /** Without waiting where no answer is needed: two round trips, as in the funnel's batches. */
        SENT_AHEAD
    }

    /** A diner and a meal. */
    record Seat(UUID meal, UUID diner) {}

    private static final String LOCK =
            "SELECT capacity, taken, arrivals FROM meal WHERE district_id = $1 AND id = $2 FOR UPDATE";

    private static final String FIND = """
            SELECT id FROM booking
            WHERE district_id = $1 AND diner_id = $2 AND meal_id = $3 AND status NOT IN ('cancelled', 'expired')
            """;

    private static final String INSERT = """
            INSERT INTO booking (district_id, id, meal_id, canteen_id, date, period, diner_id, booked_by_id, status, mode,
                portions, set_meal, arrival, delivery_address_sealed, code, price_fen, subsidy_fen, payable_fen,
                subsidy_from_age, subsidy_to_age, created_at, booked_at)
            VALUES ($1, $2, $3, $4, $5, 'lunch', $6, $6, 'booked', 'dine_in', 1, true, $7, NULL, $8, $9, $10, $11, $12,
                $13, $14, $14)
            """;

    private static final String COUNT_MEAL = """
            UPDATE meal SET taken = taken + 1, arrivals = arrivals + 1 WHERE district_id = $1 AND id = $2
            """;

    private static final String COUNT_DISHES =
            "UPDATE dish SET taken = taken + 1 WHERE district_id = $1 AND meal_id = $2";

    private final BenchDistrict district;
    private final Pool pool;
    private final AtomicInteger codes;
    private final Style style;

    /** @param codes counts the codes given out at meals that only baselines book */
    OneTransactionEach(
            Vertx vertx, String url, int poolSize, BenchDistrict district, AtomicInteger codes, Style style) {
        this.style = style;
        this.district = district;
        this.codes = codes;
        this.pool = Pools.forService(vertx, "baseline-" + poolSize, url, poolSize);
    }

    /** Seats 0 to {@code count - 1}, from so many callers of whom each has one booking under way. */
    Future<LoadResult> run(int callers, int count, IntFunction<Seat> seats) {
        var result = new LoadResult();
        var next = new AtomicInteger();
        List<Future<Void>> ends = new ArrayList<>();
        result.begin();
        for (int i = 0; i < callers; i++) {
            Promise<Void> ended = Promise.promise();
            call(count, seats, next, result, ended);
            ends.add(ended.future());
        }
        return Future.join(ends).map(all -> result.end());
    }

    Future<Void> close() {
        return pool.close();
    }

    private void call(int count, IntFunction<Seat> seats, AtomicInteger next, LoadResult result, Promise<Void> ended) {
        int number = next.getAndIncrement();
        if (number >= count) {
            ended.complete();
            return;
        }
        long started = System.nanoTime();
        pool.withConnection(connection -> book(connection, seats.apply(number)))
                .onFailure(ended::fail)
                .onSuccess(booked -> {
                    result.note(201, System.nanoTime() - started);
                    call(count, seats, next, result, ended);
                });
    }

    private Future<Void> book(SqlConnection connection, Seat seat) {
        var begun = connection.query("BEGIN").execute();
        var locked = after(begun, () -> connection.preparedQuery(LOCK).execute(Tuple.of(district.id(), seat.meal())));
        var found = after(
                locked,
                () -> connection.preparedQuery(FIND).execute(Tuple.of(district.id(), seat.diner(), seat.meal())));
        return Future.all(begun, locked, found).compose(all -> {
            var meal = locked.result().iterator().next();
            if (meal.getInteger("taken") >= meal.getInteger("capacity")
                    || found.result().size() > 0) {
                return connection
                        .query("ROLLBACK")
                        .execute()
                        .compose(done -> Future.failedFuture("the seat is not to be had"));
            }
            return write(connection, seat, meal);
        });
    }

    private Future<Void> write(SqlConnection connection, Seat seat, Row meal) {
        var now = OffsetDateTime.now(ZoneOffset.UTC);
        var row = Tuple.tuple()
                .addUUID(district.id())
                .addUUID(Ids.next())
                .addUUID(seat.meal())
                .addUUID(district.canteen())
                .addLocalDate(district.dateOf(seat.meal()))
                .addUUID(seat.diner())
                .addLong(meal.getLong("arrivals") + 1)
                .addString(String.format(Locale.ROOT, "%06d", codes.getAndIncrement()))
                .addInteger(BenchDistrict.PRICE_FEN)
                .addInteger(BenchDistrict.SUBSIDY_FEN)
                .addInteger(BenchDistrict.PRICE_FEN - BenchDistrict.SUBSIDY_FEN)
                .addInteger(BenchDistrict.FROM_AGE)
                .addInteger(BenchDistrict.TO_AGE)
                .addOffsetDateTime(now);
        var counted = Tuple.of(district.id(), seat.meal());
        var inserted = connection.preparedQuery(INSERT).execute(row);
        var atMeal = after(inserted, () -> connection.preparedQuery(COUNT_MEAL).execute(counted));
        var atDishes =
                after(atMeal, () -> connection.preparedQuery(COUNT_DISHES).execute(counted));
        var committed = after(atDishes, () -> connection.query("COMMIT").execute());
        return Future.all(inserted, atMeal, atDishes, committed).mapEmpty();
    }

    private <T> Future<T> after(Future<?> before, Supplier<Future<T>> next) {
        return style == Style.ONE_BY_ONE ? before.compose(done -> next.get()) : next.get();
    }
}
