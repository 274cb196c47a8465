package org.huying.canteen;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for.
 *
 * @param dinerId without, the caller
 * @param dishes  empty for the set meal
 */
record BookingOrder(
        UUID mealId,
        @Nullable UUID dinerId,
        Mode mode,
        int portions,
        List<DishPortions> dishes,
        @Nullable String deliveryAddress,
        boolean joinWaitlist) {
    BookingOrder {
        dishes = List.copyOf(dishes);
    }
}
