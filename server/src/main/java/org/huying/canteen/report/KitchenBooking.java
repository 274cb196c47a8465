package org.huying.canteen.report;

import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.huying.canteen.Mode;
import org.huying.db.FieldCipher;
import org.jspecify.annotations.Nullable;

/**
 * A booking as the kitchen needs it.
 *
 * @param setMeal takes every dish of the meal, for each portion
 * @param chosen  portions by dish; empty for the set meal
 */
record KitchenBooking(
        UUID id,
        UUID dinerId,
        String code,
        Mode mode,
        String status,
        int portions,
        boolean setMeal,
        Map<UUID, Integer> chosen,
        @Nullable String address) {
    static KitchenBooking from(Row row, FieldCipher cipher) {
        var dishIds = row.getArrayOfUUIDs("dish_ids");
        var portions = row.getArrayOfIntegers("dish_portions");
        var chosen = new HashMap<UUID, Integer>();
        for (int i = 0; i < dishIds.length; i++) {
            chosen.put(dishIds[i], portions[i]);
        }
        return new KitchenBooking(
                row.getUUID("id"),
                row.getUUID("diner_id"),
                row.getString("code"),
                Mode.of(row.getString("mode")),
                row.getString("status"),
                row.getInteger("portions"),
                row.getBoolean("set_meal"),
                Map.copyOf(chosen),
                cipher.open(row.getBuffer("delivery_address_sealed")));
    }

    int portionsOf(UUID dishId) {
        return setMeal ? portions : chosen.getOrDefault(dishId, 0);
    }
}
