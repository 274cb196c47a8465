package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Ids;
import org.jspecify.annotations.Nullable;

/** Reads canteens and their rules, keeps meals with their dishes. */
final class MealStore {
    private final FieldCipher cipher;
    private final LedgerStore ledgers;

    MealStore(FieldCipher cipher, LedgerStore ledgers) {
        this.cipher = cipher;
        this.ledgers = ledgers;
    }

    Future<Optional<Canteen>> canteen(SqlClient client, UUID districtId, UUID canteenId) {
        return client.preparedQuery(MealSql.FIND_CANTEEN)
                .execute(Tuple.of(districtId, canteenId))
                .map(Rows.first(Canteen::from));
    }

    /** Those in the places given, or all without; after the name and id given. */
    Future<List<Canteen>> canteens(
            SqlClient client,
            UUID districtId,
            @Nullable List<UUID> placeIds,
            @Nullable String afterName,
            @Nullable UUID afterId,
            int limit) {
        return client.preparedQuery(MealSql.LIST_CANTEENS)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addValue(placeIds == null ? null : placeIds.toArray(UUID[]::new))
                        .addString(afterName)
                        .addUUID(afterId)
                        .addInteger(limit))
                .map(Rows.list(Canteen::from));
    }

    Future<Map<UUID, String>> canteenNames(SqlClient client, UUID districtId, Collection<UUID> ids) {
        return client.preparedQuery(MealSql.CANTEEN_NAMES)
                .execute(Tuple.of(districtId, (Object) ids.toArray(UUID[]::new)))
                .map(rows -> Rows.stream(rows)
                        .collect(Collectors.toMap(row -> row.getUUID("id"), row -> row.getString("name"))));
    }

    Future<Optional<PeriodRule>> periodRule(SqlClient client, UUID districtId, UUID canteenId, Period period) {
        return client.preparedQuery(MealSql.FIND_PERIOD)
                .execute(Tuple.of(districtId, canteenId, period.code()))
                .map(Rows.first(PeriodRule::from));
    }

    /** Without its dishes. */
    Future<Optional<Meal>> meal(SqlClient client, UUID districtId, UUID mealId) {
        return client.preparedQuery(MealSql.FIND_MEAL)
                .execute(Tuple.of(districtId, mealId))
                .map(Rows.first(Meal::from));
    }

    /** With their dishes, from one day to another, after the meal given. */
    Future<List<Meal>> meals(
            SqlClient client,
            UUID districtId,
            UUID canteenId,
            LocalDate from,
            LocalDate to,
            boolean withDrafts,
            @Nullable UUID after,
            int limit) {
        return client.preparedQuery(MealSql.LIST_MEALS)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(canteenId)
                        .addLocalDate(from)
                        .addLocalDate(to)
                        .addBoolean(withDrafts)
                        .addUUID(after)
                        .addInteger(limit))
                .map(Rows.list(Meal::from))
                .compose(meals -> withDishes(client, districtId, meals));
    }

    Future<List<Meal>> withDishes(SqlClient client, UUID districtId, List<Meal> meals) {
        return ledgers.dishes(client, districtId, meals.stream().map(Meal::id).toList())
                .map(dishes -> meals.stream()
                        .map(meal -> meal.with(dishes.getOrDefault(meal.id(), List.of())))
                        .toList());
    }

    /** False when the canteen has a meal of this date and period already. */
    Future<Boolean> insert(SqlClient client, UUID districtId, Meal meal, Instant now) {
        return client.preparedQuery(MealSql.INSERT_MEAL)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(meal.id())
                        .addUUID(meal.canteenId())
                        .addLocalDate(meal.date())
                        .addString(meal.period().code())
                        .addString(meal.status().code())
                        .addInteger(meal.capacity())
                        .addInteger(meal.priceFen())
                        .addOffsetDateTime(Rows.utc(meal.bookingOpensAt()))
                        .addOffsetDateTime(Rows.utc(meal.cutoffAt()))
                        .addOffsetDateTime(Rows.utc(meal.servingEndsAt()))
                        .addOffsetDateTime(Rows.utc(now))
                        .addOffsetDateTime(meal.status() == MealStatus.PUBLISHED ? Rows.utc(now) : null))
                .map(done -> done.rowCount() == 1);
    }

    /** Whether the canteen has a meal of this date and period that is not cancelled. */
    Future<Boolean> isPlanned(SqlClient client, UUID districtId, UUID canteenId, LocalDate date, Period period) {
        return client.preparedQuery(MealSql.IS_PLANNED)
                .execute(Tuple.of(districtId, canteenId, date, period.code()))
                .map(rows -> rows.iterator().next().getBoolean("planned"));
    }

    /** Capacity, price and times. */
    Future<Void> update(SqlClient client, UUID districtId, Meal meal) {
        return client.preparedQuery(MealSql.UPDATE_MEAL)
                .execute(Tuple.of(
                        districtId,
                        meal.id(),
                        meal.capacity(),
                        meal.priceFen(),
                        Rows.utc(meal.bookingOpensAt()),
                        Rows.utc(meal.cutoffAt()),
                        Rows.utc(meal.servingEndsAt())))
                .mapEmpty();
    }

    Future<MealEditor.Held> held(SqlClient client, UUID districtId, UUID mealId) {
        return client.preparedQuery(MealSql.HELD)
                .execute(Tuple.of(districtId, mealId))
                .map(rows -> {
                    var row = rows.iterator().next();
                    return new MealEditor.Held(
                            Set.of(row.getArrayOfUUIDs("chosen_dishes")), row.getInteger("set_portions"));
                });
    }

    Future<Void> insertDishes(SqlClient client, UUID districtId, UUID mealId, List<NewMeal.NewDish> dishes) {
        var rows = new ArrayList<Tuple>();
        for (var dish : dishes) {
            rows.add(row(districtId, Ids.next(), mealId, rows.size(), dish));
        }
        return batch(client, MealSql.INSERT_DISHES, rows);
    }

    /** Those that are there already are changed, new ones come, and all others go. */
    Future<Void> replaceDishes(SqlClient client, UUID districtId, UUID mealId, List<MealChange.ChangedDish> dishes) {
        var changed = new ArrayList<Tuple>();
        var added = new ArrayList<Tuple>();
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < dishes.size(); i++) {
            var known = dishes.get(i).id();
            ids.add(known == null ? Ids.next() : known);
            (known == null ? added : changed)
                    .add(row(districtId, ids.get(i), mealId, i, dishes.get(i).dish()));
        }
        return client.preparedQuery(MealSql.DELETE_DISHES)
                .execute(Tuple.of(districtId, mealId, ids.toArray(UUID[]::new)))
                .compose(done -> batch(client, MealSql.UPDATE_DISHES, changed))
                .compose(done -> batch(client, MealSql.INSERT_DISHES, added));
    }

    private static Tuple row(UUID districtId, UUID id, UUID mealId, int position, NewMeal.NewDish dish) {
        return Tuple.tuple()
                .addUUID(districtId)
                .addUUID(id)
                .addUUID(mealId)
                .addInteger(position)
                .addString(dish.name())
                .addInteger(dish.priceFen())
                .addInteger(dish.quota())
                .addArrayOfString(dish.tags().toArray(String[]::new))
                .addArrayOfString(dish.allergens().toArray(String[]::new));
    }

    private static Future<Void> batch(SqlClient client, String sql, List<Tuple> rows) {
        return rows.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(sql).executeBatch(rows).mapEmpty();
    }

    Future<Void> publish(SqlClient client, UUID districtId, UUID mealId, Instant now) {
        return client.preparedQuery(MealSql.PUBLISH)
                .execute(Tuple.of(districtId, mealId, Rows.utc(now)))
                .mapEmpty();
    }

    Future<Void> close(SqlClient client, UUID districtId, UUID mealId, Instant now) {
        return client.preparedQuery(MealSql.CLOSE)
                .execute(Tuple.of(districtId, mealId, Rows.utc(now)))
                .mapEmpty();
    }

    Future<Void> cancel(SqlClient client, UUID districtId, UUID mealId, String reason, Instant now) {
        return client.preparedQuery(MealSql.CANCEL)
                .execute(Tuple.of(districtId, mealId, Rows.utc(now), cipher.seal(reason)))
                .mapEmpty();
    }

    Future<Integer> forgetReasons(SqlClient client, UUID districtId, LocalDate before, int limit) {
        return client.preparedQuery(MealSql.FORGET_REASONS)
                .execute(Tuple.of(districtId, before, limit))
                .map(rows -> rows.rowCount());
    }
}
