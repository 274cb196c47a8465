package org.huying.canteen;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Masked;
import org.jspecify.annotations.Nullable;

/** A booking as the contract shows it. */
record BookingView(
        UUID id,
        UUID mealId,
        UUID canteenId,
        LocalDate date,
        String period,
        UUID dinerId,
        @Nullable String dinerName,
        UUID bookedById,
        @Nullable String bookedByName,
        String status,
        String mode,
        int portions,
        List<Booking.BookedDish> dishes,
        @Nullable String deliveryAddress,
        @Nullable String code,
        @Nullable String qrContent,
        @Nullable Integer priceFen,
        @Nullable Integer subsidyFen,
        @Nullable Integer payableFen,
        @Nullable Integer waitlistPosition,
        Instant createdAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant servedAt,
        @Nullable Instant cancelledAt,
        @Nullable String cancelReason) {
    /** Without names, which nobody has looked up. */
    static BookingView of(Booking booking) {
        return named(booking, Map.of());
    }

    /**
     * For the caller: staff learn enough of others' names to tell them apart, residents those of whom they stand for.
     *
     * @param names of the diner and of whoever booked, by id
     */
    static BookingView of(Booking booking, Map<UUID, String> names, Caller caller) {
        var shown = new HashMap<>(names);
        if (!caller.isResident()) {
            shown.replaceAll((id, name) -> id.equals(caller.personId()) ? name : Masked.name(name));
        }
        return named(booking, shown);
    }

    private static BookingView named(Booking booking, Map<UUID, String> names) {
        var terms = booking.terms();
        var code = booking.code();
        return new BookingView(
                booking.id(),
                booking.mealId(),
                booking.canteenId(),
                booking.date(),
                booking.period().code(),
                booking.dinerId(),
                names.get(booking.dinerId()),
                booking.bookedById(),
                names.get(booking.bookedById()),
                booking.status().code(),
                booking.mode().code(),
                booking.portions(),
                booking.dishes(),
                booking.deliveryAddress(),
                code,
                code == null ? null : new QrContent(booking.mealId(), code).text(),
                terms == null ? null : terms.priceFen(),
                terms == null ? null : terms.subsidyFen(),
                terms == null ? null : terms.payableFen(),
                booking.waitlistPosition(),
                booking.createdAt(),
                booking.confirmedAt(),
                booking.servedAt(),
                booking.cancelledAt(),
                booking.cancelReason());
    }
}
