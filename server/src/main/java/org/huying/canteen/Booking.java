package org.huying.canteen;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * A diner's booking of a meal.
 *
 * @param dishes           what was chosen; empty for the set meal
 * @param arrival          its place in the order in which the meal's bookings arrived
 * @param code             what the diner shows, from when it is booked on
 * @param terms            from when it is booked on
 * @param waitlistPosition while it waits, from 1
 */
record Booking(
        UUID id,
        UUID mealId,
        UUID canteenId,
        LocalDate date,
        Period period,
        UUID dinerId,
        UUID bookedById,
        BookingStatus status,
        Mode mode,
        int portions,
        List<BookedDish> dishes,
        long arrival,
        @Nullable String deliveryAddress,
        @Nullable String code,
        @Nullable Terms terms,
        @Nullable Integer waitlistPosition,
        Instant createdAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant servedAt,
        @Nullable Instant cancelledAt,
        @Nullable String cancelReason) {
    /** A dish of a booking, with the name it has. */
    record BookedDish(UUID dishId, String name, int portions) {
        static BookedDish from(Row row) {
            return new BookedDish(row.getUUID("dish_id"), row.getString("name"), row.getInteger("portions"));
        }
    }

    /** The diner, and whoever booked. */
    Stream<UUID> people() {
        return Stream.of(dinerId, bookedById).distinct();
    }

    static Booking from(Row row, List<BookedDish> dishes, FieldCipher cipher) {
        return new Booking(
                row.getUUID("id"),
                row.getUUID("meal_id"),
                row.getUUID("canteen_id"),
                row.getLocalDate("date"),
                Period.of(row.getString("period")),
                row.getUUID("diner_id"),
                row.getUUID("booked_by_id"),
                BookingStatus.of(row.getString("status")),
                Mode.of(row.getString("mode")),
                row.getInteger("portions"),
                List.copyOf(dishes),
                row.getLong("arrival"),
                cipher.open(row.getBuffer("delivery_address_sealed")),
                row.getString("code"),
                terms(row),
                row.getInteger("waitlist_position"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "confirmed_at"),
                Rows.instantOrNull(row, "served_at"),
                Rows.instantOrNull(row, "cancelled_at"),
                cipher.open(row.getBuffer("cancel_reason_sealed")));
    }

    private static @Nullable Terms terms(Row row) {
        Integer priceFen = row.getInteger("price_fen");
        if (priceFen == null) {
            return null;
        }
        int subsidyFen = row.getInteger("subsidy_fen");
        Integer fromAge = row.getInteger("subsidy_from_age");
        var band = fromAge == null ? null : new SubsidyBand(fromAge, row.getInteger("subsidy_to_age"), subsidyFen);
        return new Terms(priceFen, subsidyFen, band);
    }
}
