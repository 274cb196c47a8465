package org.huying.canteen;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dish of a meal.
 *
 * @param taken portions that bookings hold
 */
public record Dish(
        UUID id,
        UUID mealId,
        String name,
        int priceFen,
        @Nullable Integer quota,
        int taken,
        List<String> tags,
        List<String> allergens) {
    static Dish from(Row row) {
        return new Dish(
                row.getUUID("id"),
                row.getUUID("meal_id"),
                row.getString("name"),
                row.getInteger("price_fen"),
                row.getInteger("quota"),
                row.getInteger("taken"),
                List.of(row.getArrayOfStrings("tags")),
                List.of(row.getArrayOfStrings("allergens")));
    }
}
