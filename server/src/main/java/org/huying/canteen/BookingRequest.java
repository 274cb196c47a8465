package org.huying.canteen;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.huying.http.Idempotency.Claim;
import org.jspecify.annotations.Nullable;

/**
 * What the funnel decides upon.
 *
 * @param actsForDiner    whether who books may do so for the diner, at any canteen
 * @param operatedCanteens where who books is the operator, and so may book for anybody
 * @param dishes          empty for the set meal
 * @param now             when the request arrived
 * @param claim           where it came with an idempotency key
 * @param warrant         what it rests on that somebody books for another; null where nothing has to be held for it
 */
public record BookingRequest(
        UUID districtId,
        UUID mealId,
        UUID dinerId,
        UUID bookedById,
        boolean actsForDiner,
        Set<UUID> operatedCanteens,
        Mode mode,
        int portions,
        List<DishPortions> dishes,
        @Nullable String deliveryAddress,
        boolean joinWaitlist,
        Instant now,
        @Nullable Claim claim,
        @Nullable Warrant warrant) {
    public BookingRequest {
        operatedCanteens = Set.copyOf(operatedCanteens);
        dishes = List.copyOf(dishes);
    }

    /** The same with other rights. */
    BookingRequest with(boolean actsForDinerNow, Set<UUID> operatedCanteensNow) {
        return new BookingRequest(
                districtId,
                mealId,
                dinerId,
                bookedById,
                actsForDinerNow,
                operatedCanteensNow,
                mode,
                portions,
                dishes,
                deliveryAddress,
                joinWaitlist,
                now,
                claim,
                warrant);
    }
}
