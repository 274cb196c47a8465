package org.huying.canteen;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A meal to be; times left out follow the canteen's rules for the period. */
public record NewMeal(
        LocalDate date,
        Period period,
        int capacity,
        @Nullable Instant bookingOpensAt,
        @Nullable Instant cutoffAt,
        @Nullable Instant servingEndsAt,
        @Nullable Integer priceFen,
        List<NewDish> dishes,
        boolean publish) {
    public NewMeal {
        dishes = List.copyOf(dishes);
    }

    /** A dish to be; without a quota there is enough for everybody. */
    public record NewDish(
            String name, int priceFen, @Nullable Integer quota, List<String> tags, List<String> allergens) {
        public NewDish {
            tags = List.copyOf(tags);
            allergens = List.copyOf(allergens);
        }
    }
}
