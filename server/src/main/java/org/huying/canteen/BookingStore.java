package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** Bookings, once they are made. */
final class BookingStore {
    /** What is asked of a list of bookings; {@code null} does not narrow it. */
    record Filter(
            @Nullable BookingStatus status,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    /** Whose side cancelled. */
    enum Side {
        DINER,
        CANTEEN
    }

    private final FieldCipher cipher;

    BookingStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** Those that exist, in the order of the ids. */
    Future<List<Booking>> bookings(SqlClient client, UUID districtId, List<UUID> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        var values = Tuple.of(districtId, (Object) ids.toArray(UUID[]::new));
        var rows = client.preparedQuery(BookingSql.BOOKINGS).execute(values);
        var dishRows = client.preparedQuery(BookingSql.BOOKED_DISHES).execute(values);
        return Future.all(rows, dishRows).map(both -> {
            var dishes = new HashMap<UUID, List<Booking.BookedDish>>();
            dishRows.result()
                    .forEach(row -> dishes.computeIfAbsent(row.getUUID("booking_id"), id -> new ArrayList<>())
                            .add(Booking.BookedDish.from(row)));
            var found = new HashMap<UUID, Booking>();
            rows.result().forEach(row -> {
                var id = row.getUUID("id");
                found.put(id, Booking.from(row, dishes.getOrDefault(id, List.of()), cipher));
            });
            return ids.stream()
                    .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                    .toList();
        });
    }

    /** By booking; a booking of the set meal is left out. */
    Future<Map<UUID, List<DishPortions>>> chosenDishes(SqlClient client, UUID districtId, List<UUID> ids) {
        return client.preparedQuery(BookingSql.BOOKED_DISHES)
                .execute(Tuple.of(districtId, (Object) ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var dishes = new HashMap<UUID, List<DishPortions>>();
                    rows.forEach(row -> dishes.computeIfAbsent(row.getUUID("booking_id"), id -> new ArrayList<>())
                            .add(new DishPortions(row.getUUID("dish_id"), row.getInteger("portions"))));
                    return dishes;
                });
    }

    Future<Optional<Booking>> booking(SqlClient client, UUID districtId, UUID bookingId) {
        return bookings(client, districtId, List.of(bookingId))
                .map(found -> found.stream().findFirst());
    }

    Future<List<Booking>> ofPeople(
            SqlClient client,
            UUID districtId,
            Collection<UUID> dinerIds,
            @Nullable UUID bookedById,
            Filter filter,
            @Nullable UUID after,
            int limit) {
        return client.preparedQuery(BookingSql.OF_PEOPLE)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addValue(dinerIds.toArray(UUID[]::new))
                        .addUUID(bookedById)
                        .addString(code(filter.status()))
                        .addLocalDate(filter.from())
                        .addLocalDate(filter.to())
                        .addUUID(after)
                        .addInteger(limit))
                .map(Rows.list(row -> row.getUUID("id")))
                .compose(ids -> bookings(client, districtId, ids));
    }

    /** In order of arrival. */
    Future<List<Booking>> ofMeal(
            SqlClient client,
            UUID districtId,
            UUID mealId,
            @Nullable BookingStatus status,
            @Nullable UUID after,
            int limit) {
        return client.preparedQuery(BookingSql.OF_MEAL)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(mealId)
                        .addString(code(status))
                        .addUUID(after)
                        .addInteger(limit))
                .map(Rows.list(row -> row.getUUID("id")))
                .compose(ids -> bookings(client, districtId, ids));
    }

    Future<Optional<UUID>> byCode(SqlClient client, UUID districtId, UUID mealId, String code) {
        return client.preparedQuery(BookingSql.BY_CODE)
                .execute(Tuple.of(districtId, mealId, code))
                .map(Rows.first(row -> row.getUUID("id")));
    }

    Future<Void> cancel(
            SqlClient client,
            UUID districtId,
            UUID bookingId,
            UUID byId,
            Side side,
            @Nullable String reason,
            Instant now) {
        return client.preparedQuery(BookingSql.CANCEL)
                .execute(Tuple.of(
                        districtId,
                        bookingId,
                        Rows.utc(now),
                        byId,
                        side == Side.DINER ? "diner" : "canteen",
                        cipher.seal(reason)))
                .mapEmpty();
    }

    Future<Void> confirm(SqlClient client, UUID districtId, UUID bookingId, Instant now) {
        return client.preparedQuery(BookingSql.CONFIRM)
                .execute(Tuple.of(districtId, bookingId, Rows.utc(now)))
                .mapEmpty();
    }

    /** Of all bookings of a meal that are to be cooked; in lower-case hex. */
    Future<String> toCookDigest(SqlClient client, UUID districtId, UUID mealId) {
        return client.preparedQuery(BookingSql.TO_COOK_DIGEST)
                .execute(Tuple.of(districtId, mealId))
                .map(rows -> rows.iterator().next().getString("digest"));
    }

    /** Returns how many were. */
    Future<Integer> confirmAll(SqlClient client, UUID districtId, UUID mealId, Instant now) {
        return client.preparedQuery(BookingSql.CONFIRM_ALL)
                .execute(Tuple.of(districtId, mealId, Rows.utc(now)))
                .map(done -> done.rowCount());
    }

    Future<Void> serve(SqlClient client, UUID districtId, UUID bookingId, Instant now) {
        return client.preparedQuery(BookingSql.SERVE)
                .execute(Tuple.of(districtId, bookingId, Rows.utc(now)))
                .mapEmpty();
    }

    /** Serves those that may be; returns how many. */
    Future<Integer> checkIn(SqlClient client, UUID districtId, UUID mealId, Collection<UUID> bookingIds, Instant now) {
        return client.preparedQuery(BookingSql.CHECK_IN)
                .execute(Tuple.of(districtId, mealId, bookingIds.toArray(UUID[]::new), Rows.utc(now)))
                .map(done -> done.rowCount());
    }

    /** Who did not come becomes a no-show. */
    Future<Void> missAll(SqlClient client, UUID districtId, UUID mealId, Instant now) {
        return client.preparedQuery(BookingSql.MISS_ALL)
                .execute(Tuple.of(districtId, mealId, Rows.utc(now)))
                .mapEmpty();
    }

    /** Who still waits expires; returns which. */
    Future<List<UUID>> expireAll(SqlClient client, UUID districtId, UUID mealId, Instant now) {
        return client.preparedQuery(BookingSql.EXPIRE_ALL)
                .execute(Tuple.of(districtId, mealId, Rows.utc(now)))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    /** Returns which were. */
    Future<List<UUID>> cancelAll(
            SqlClient client, UUID districtId, UUID mealId, UUID byId, String reason, Instant now) {
        return client.preparedQuery(BookingSql.CANCEL_ALL)
                .execute(Tuple.of(districtId, mealId, Rows.utc(now), byId, cipher.seal(reason)))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    private static @Nullable String code(@Nullable BookingStatus status) {
        return status == null ? null : status.code();
    }

    Future<Integer> forgetDetails(SqlClient client, UUID districtId, LocalDate before, int limit) {
        return client.preparedQuery(BookingSql.FORGET_DETAILS)
                .execute(Tuple.of(districtId, before, limit))
                .map(rows -> rows.rowCount());
    }
}
