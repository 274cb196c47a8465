package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.kernel.Refusal;

/** Reads and writes the books of meals. Statements sent without waiting run in order, each seeing what the lock protects. */
final class LedgerStore {
    /** A diner at a meal. */
    record Seat(UUID mealId, UUID dinerId) {}

    /** What a diner may have once. */
    record SubsidyUse(UUID dinerId, LocalDate date, Period period) {}

    /** The standing booking of each seat that has one, and the subsidies had. */
    record Taken(Map<Seat, UUID> standing, Set<SubsidyUse> subsidised) {
        Taken {
            standing = Map.copyOf(standing);
            subsidised = Set.copyOf(subsidised);
        }
    }

    /** A booking that waits and may fit. */
    record Waiting(UUID id, UUID dinerId, int portions, long arrival) {}

    /** A waiting booking that got its place. */
    record Promoted(UUID id, String code, Terms terms) {}

    /** Locks those of the meals that exist, in the order of their ids; without their dishes. */
    Future<Map<UUID, Meal>> lock(SqlConnection transaction, UUID districtId, Collection<UUID> mealIds) {
        return transaction
                .preparedQuery(LedgerSql.LOCK_MEALS)
                .execute(Tuple.of(districtId, (Object) mealIds.toArray(UUID[]::new)))
                .map(rows -> {
                    var meals = new HashMap<UUID, Meal>();
                    rows.forEach(row -> meals.put(row.getUUID("id"), Meal.from(row)));
                    return meals;
                });
    }

    /** Locks one meal that must exist, and reads its dishes. */
    Future<Meal> lock(SqlConnection transaction, UUID districtId, UUID mealId) {
        var locked = lock(transaction, districtId, List.of(mealId));
        var dishes = dishes(transaction, districtId, List.of(mealId));
        return Future.all(locked, dishes).map(both -> {
            var meal = locked.result().get(mealId);
            if (meal == null) {
                throw Refusal.notFound();
            }
            return meal.with(dishes.result().getOrDefault(mealId, List.of()));
        });
    }

    Future<Map<UUID, List<Dish>>> dishes(SqlClient client, UUID districtId, Collection<UUID> mealIds) {
        return client.preparedQuery(LedgerSql.DISHES)
                .execute(Tuple.of(districtId, (Object) mealIds.toArray(UUID[]::new)))
                .map(rows -> {
                    var dishes = new HashMap<UUID, List<Dish>>();
                    rows.forEach(row -> dishes.computeIfAbsent(row.getUUID("meal_id"), id -> new ArrayList<>())
                            .add(Dish.from(row)));
                    return dishes;
                });
    }

    Future<Map<UUID, List<SubsidyBand>>> bands(SqlClient client, UUID districtId, Collection<UUID> mealIds) {
        return client.preparedQuery(LedgerSql.BANDS)
                .execute(Tuple.of(districtId, (Object) mealIds.toArray(UUID[]::new)))
                .map(rows -> {
                    var bands = new HashMap<UUID, List<SubsidyBand>>();
                    rows.forEach(row -> bands.computeIfAbsent(row.getUUID("meal_id"), id -> new ArrayList<>())
                            .add(SubsidyBand.from(row)));
                    return bands;
                });
    }

    /** The candidates without those that are in use. */
    Future<Map<UUID, List<String>>> freeCodes(SqlClient client, UUID districtId, Map<UUID, List<String>> candidates) {
        var meals = new ArrayList<UUID>();
        var codes = new ArrayList<String>();
        candidates.forEach((meal, its) -> its.forEach(code -> {
            meals.add(meal);
            codes.add(code);
        }));
        return client.preparedQuery(LedgerSql.USED_CODES)
                .execute(Tuple.of(districtId, meals.toArray(UUID[]::new), codes.toArray(String[]::new)))
                .map(rows -> {
                    var free = new HashMap<UUID, List<String>>();
                    candidates.forEach((meal, its) -> free.put(meal, new ArrayList<>(its)));
                    rows.forEach(row ->
                            free.getOrDefault(row.getUUID("meal_id"), List.of()).remove(row.getString("code")));
                    return free;
                });
    }

    /** What the diners have already. */
    Future<Taken> taken(SqlClient client, UUID districtId, List<Seat> seats) {
        return client.preparedQuery(LedgerSql.SEATS)
                .execute(Tuple.of(
                        districtId,
                        seats.stream().map(Seat::mealId).toArray(UUID[]::new),
                        seats.stream().map(Seat::dinerId).toArray(UUID[]::new)))
                .map(rows -> {
                    var standing = new HashMap<Seat, UUID>();
                    var subsidised = new HashSet<SubsidyUse>();
                    rows.forEach(row -> {
                        var dinerId = row.getUUID("diner_id");
                        if (row.getUUID("booking_id") != null) {
                            standing.put(new Seat(row.getUUID("meal_id"), dinerId), row.getUUID("booking_id"));
                        }
                        if (Boolean.TRUE.equals(row.getBoolean("subsidised"))) {
                            subsidised.add(new SubsidyUse(
                                    dinerId, row.getLocalDate("date"), Period.of(row.getString("period"))));
                        }
                    });
                    return new Taken(standing, subsidised);
                });
    }

    /** Writes the counters of the meals and of their dishes. */
    Future<Void> save(SqlConnection transaction, UUID districtId, Collection<MealLedger> ledgers) {
        var books = List.copyOf(ledgers);
        var meals = transaction
                .preparedQuery(LedgerSql.SAVE_MEALS)
                .execute(Tuple.of(
                        districtId,
                        books.stream().map(l -> l.meal().id()).toArray(UUID[]::new),
                        books.stream().map(MealLedger::taken).toArray(Integer[]::new),
                        books.stream().map(MealLedger::waiting).toArray(Integer[]::new),
                        books.stream().map(MealLedger::arrivals).toArray(Long[]::new)));
        var dishIds = new ArrayList<UUID>();
        var dishTaken = new ArrayList<Integer>();
        books.forEach(ledger -> ledger.meal().dishes().stream()
                .filter(dish -> ledger.taken(dish.id()) != dish.taken())
                .forEach(dish -> {
                    dishIds.add(dish.id());
                    dishTaken.add(ledger.taken(dish.id()));
                }));
        if (dishIds.isEmpty()) {
            return meals.mapEmpty();
        }
        var dishes = transaction
                .preparedQuery(LedgerSql.SAVE_DISHES)
                .execute(Tuple.of(districtId, dishIds.toArray(UUID[]::new), dishTaken.toArray(Integer[]::new)));
        return Future.all(meals, dishes).mapEmpty();
    }

    /** Those who wait and ask for no more than the room there is, in order of arrival, a page of them. */
    Future<List<Waiting>> waiting(SqlClient client, UUID districtId, UUID mealId, long after, int room, int limit) {
        return client.preparedQuery(LedgerSql.WAITING)
                .execute(Tuple.of(districtId, mealId, after, room, limit))
                .map(Rows.list(row -> new Waiting(
                        row.getUUID("id"),
                        row.getUUID("diner_id"),
                        row.getInteger("portions"),
                        row.getLong("arrival"))));
    }

    Future<Void> promote(SqlConnection transaction, UUID districtId, List<Promoted> promoted, Instant now) {
        var bands = promoted.stream().map(each -> each.terms().band()).toList();
        return transaction
                .preparedQuery(LedgerSql.PROMOTE)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addValue(promoted.stream().map(Promoted::id).toArray(UUID[]::new))
                        .addValue(promoted.stream().map(Promoted::code).toArray(String[]::new))
                        .addValue(promoted.stream()
                                .map(each -> each.terms().priceFen())
                                .toArray(Integer[]::new))
                        .addValue(promoted.stream()
                                .map(each -> each.terms().subsidyFen())
                                .toArray(Integer[]::new))
                        .addValue(bands.stream()
                                .map(band -> band == null ? null : band.fromAge())
                                .toArray(Integer[]::new))
                        .addValue(bands.stream()
                                .map(band -> band == null ? null : band.toAge())
                                .toArray(Integer[]::new))
                        .addValue(Rows.utc(now)))
                .mapEmpty();
    }

    /** After the meal's bookings were changed in bulk and nobody waits any more. */
    Future<Void> recount(SqlConnection transaction, UUID districtId, UUID mealId) {
        return Future.all(
                        transaction.preparedQuery(LedgerSql.RECOUNT_MEAL).execute(Tuple.of(districtId, mealId)),
                        recountDishes(transaction, districtId, mealId))
                .mapEmpty();
    }

    /** After the meal's dishes were changed. */
    Future<Void> recountDishes(SqlConnection transaction, UUID districtId, UUID mealId) {
        return transaction
                .preparedQuery(LedgerSql.RECOUNT_DISHES)
                .execute(Tuple.of(districtId, mealId))
                .mapEmpty();
    }
}
