package org.huying.canteen;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different about a meal; {@code null} leaves a thing as it is.
 *
 * @param seenVersion of the meal that is to be changed; null for whatever it is
 * @param dishes      all there will be
 */
record MealChange(
        @Nullable Integer seenVersion,
        @Nullable Integer capacity,
        @Nullable Instant bookingOpensAt,
        @Nullable Instant cutoffAt,
        @Nullable Instant servingEndsAt,
        @Nullable SetPrice price,
        @Nullable List<ChangedDish> dishes) {

    /** The price of the set meal; without one it costs the sum of its dishes. */
    record SetPrice(@Nullable Integer fen) {}

    /**
     * A dish as it will be.
     *
     * @param id of the dish that it was; without, it is a new one
     */
    record ChangedDish(@Nullable UUID id, NewMeal.NewDish dish) {}
}
