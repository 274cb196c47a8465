package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** Writes the bookings of a batch, each kind of row in one statement. */
final class FunnelStore {
    private final FieldCipher cipher;

    FunnelStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** Rows go in by diner, so that two batches with the same diners wait for each other and do not block each other. */
    Future<Void> insert(SqlConnection transaction, UUID districtId, List<Booking> bookings) {
        var rows =
                bookings.stream().sorted(Comparator.comparing(Booking::dinerId)).toList();
        var inserted = transaction.preparedQuery(FunnelSql.INSERT_BOOKINGS).execute(columns(districtId, rows));
        var dishes = dishColumns(districtId, rows);
        return dishes == null
                ? inserted.mapEmpty()
                : Future.all(
                                inserted,
                                transaction
                                        .preparedQuery(FunnelSql.INSERT_DISHES)
                                        .execute(dishes))
                        .mapEmpty();
    }

    private Tuple columns(UUID districtId, List<Booking> rows) {
        return Tuple.tuple()
                .addUUID(districtId)
                .addValue(column(rows, Booking::id, UUID[]::new))
                .addValue(column(rows, Booking::mealId, UUID[]::new))
                .addValue(column(rows, Booking::canteenId, UUID[]::new))
                .addValue(column(rows, Booking::date, LocalDate[]::new))
                .addValue(column(rows, b -> b.period().code(), String[]::new))
                .addValue(column(rows, Booking::dinerId, UUID[]::new))
                .addValue(column(rows, Booking::bookedById, UUID[]::new))
                .addValue(column(rows, b -> b.status().code(), String[]::new))
                .addValue(column(rows, b -> b.mode().code(), String[]::new))
                .addValue(column(rows, Booking::portions, Integer[]::new))
                .addValue(column(rows, b -> b.dishes().isEmpty(), Boolean[]::new))
                .addValue(column(rows, Booking::arrival, Long[]::new))
                .addValue(column(rows, b -> cipher.seal(b.deliveryAddress()), Buffer[]::new))
                .addValue(column(rows, Booking::code, String[]::new))
                .addValue(column(rows, b -> ofTerms(b, Terms::priceFen), Integer[]::new))
                .addValue(column(rows, b -> ofTerms(b, Terms::subsidyFen), Integer[]::new))
                .addValue(column(rows, b -> ofBand(b, SubsidyBand::fromAge), Integer[]::new))
                .addValue(column(rows, b -> ofBand(b, SubsidyBand::toAge), Integer[]::new))
                .addValue(column(rows, b -> Rows.utc(b.createdAt()), OffsetDateTime[]::new));
    }

    private static @Nullable Tuple dishColumns(UUID districtId, List<Booking> rows) {
        var bookingIds = new ArrayList<UUID>();
        var dishIds = new ArrayList<UUID>();
        var portions = new ArrayList<Integer>();
        rows.forEach(booking -> booking.dishes().forEach(dish -> {
            bookingIds.add(booking.id());
            dishIds.add(dish.dishId());
            portions.add(dish.portions());
        }));
        return bookingIds.isEmpty()
                ? null
                : Tuple.of(
                        districtId,
                        bookingIds.toArray(UUID[]::new),
                        dishIds.toArray(UUID[]::new),
                        portions.toArray(Integer[]::new));
    }

    private static @Nullable Integer ofTerms(Booking booking, Function<Terms, Integer> value) {
        var terms = booking.terms();
        return terms == null ? null : value.apply(terms);
    }

    private static @Nullable Integer ofBand(Booking booking, Function<SubsidyBand, @Nullable Integer> value) {
        var band = booking.terms() == null ? null : booking.terms().band();
        return band == null ? null : value.apply(band);
    }

    private static <T> T[] column(List<Booking> rows, Function<Booking, @Nullable T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
