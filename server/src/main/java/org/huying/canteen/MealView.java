package org.huying.canteen;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A meal as the contract shows it. */
public record MealView(
        UUID id,
        int version,
        UUID canteenId,
        LocalDate date,
        String period,
        String status,
        int capacity,
        int remaining,
        @Nullable Integer priceFen,
        Instant bookingOpensAt,
        Instant cutoffAt,
        Instant servingEndsAt,
        @Nullable String cancelReason,
        List<DishView> dishes) {
    /** A dish; without a quota there is always enough, and nothing is said of what remains. */
    public record DishView(
            UUID id,
            String name,
            int priceFen,
            @Nullable Integer quota,
            @Nullable Integer remaining,
            List<String> tags,
            List<String> allergens) {
        static DishView of(Dish dish) {
            var remaining = dish.quota() == null ? null : Integer.valueOf(dish.quota() - dish.taken());
            return new DishView(
                    dish.id(), dish.name(), dish.priceFen(), dish.quota(), remaining, dish.tags(), dish.allergens());
        }
    }

    static MealView of(Meal meal, @Nullable String cancelReason) {
        return new MealView(
                meal.id(),
                meal.version(),
                meal.canteenId(),
                meal.date(),
                meal.period().code(),
                meal.status().code(),
                meal.capacity(),
                meal.capacity() - meal.taken(),
                meal.priceFen(),
                meal.bookingOpensAt(),
                meal.cutoffAt(),
                meal.servingEndsAt(),
                cancelReason,
                meal.dishes().stream().map(DishView::of).toList());
    }
}
