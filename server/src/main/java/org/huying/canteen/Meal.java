package org.huying.canteen;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * One canteen, one date, one period.
 *
 * @param version  counts the changes of what it offers
 * @param taken    portions that bookings hold
 * @param waiting  how many bookings wait for a place
 * @param arrivals the arrival number of the last booking
 * @param delivers whether its canteen does
 * @param dishes   in their order; empty where they were not asked for
 */
record Meal(
        UUID id,
        int version,
        UUID canteenId,
        LocalDate date,
        Period period,
        MealStatus status,
        int capacity,
        int taken,
        int waiting,
        long arrivals,
        @Nullable Integer priceFen,
        Instant bookingOpensAt,
        Instant cutoffAt,
        Instant servingEndsAt,
        @Nullable Buffer cancelReasonSealed,
        boolean delivers,
        List<Dish> dishes) {
    static Meal from(Row row) {
        return new Meal(
                row.getUUID("id"),
                row.getInteger("version"),
                row.getUUID("canteen_id"),
                row.getLocalDate("date"),
                Period.of(row.getString("period")),
                MealStatus.of(row.getString("status")),
                row.getInteger("capacity"),
                row.getInteger("taken"),
                row.getInteger("waiting"),
                row.getLong("arrivals"),
                row.getInteger("price_fen"),
                Rows.instant(row, "booking_opens_at"),
                Rows.instant(row, "cutoff_at"),
                Rows.instant(row, "serving_ends_at"),
                row.getBuffer("cancel_reason_sealed"),
                row.getBoolean("delivers"),
                List.of());
    }

    Meal with(List<Dish> itsDishes) {
        return new Meal(
                id,
                version,
                canteenId,
                date,
                period,
                status,
                capacity,
                taken,
                waiting,
                arrivals,
                priceFen,
                bookingOpensAt,
                cutoffAt,
                servingEndsAt,
                cancelReasonSealed,
                delivers,
                List.copyOf(itsDishes));
    }
}
