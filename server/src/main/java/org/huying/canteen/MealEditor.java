package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Versions;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/**
 * Changes a meal while it is a draft or published, and keeps what is booked right: nothing that a booking holds can be
 * taken away, its price stays, and whoever waits and now fits moves up.
 */
final class MealEditor {
    private final Places places;
    private final MealStore meals;
    private final LedgerStore ledgers;
    private final Promoter promoter;

    /** What bookings hold: the dishes that were ever chosen, and the portions of set meals, which take every dish. */
    record Held(Set<UUID> chosenDishes, int setPortions) {
        Held {
            chosenDishes = Set.copyOf(chosenDishes);
        }
    }

    MealEditor(Places places, MealStore meals, LedgerStore ledgers, Promoter promoter) {
        this.places = places;
        this.meals = meals;
        this.ledgers = ledgers;
        this.promoter = promoter;
    }

    Future<Meal> change(SqlConnection transaction, UUID districtId, UUID mealId, MealChange change, Instant now) {
        return ledgers.lock(transaction, districtId, mealId).compose(before -> {
            MealStatus.Action.CHANGE.after(before.status());
            Versions.require(change.seenVersion(), before.version(), "meal_changed");
            var after = after(before, change);
            return places.zone(transaction, districtId)
                    .compose(zone -> meals.held(transaction, districtId, mealId).compose(held -> {
                        requireRoom(before, after, change, held);
                        requireRules(before, after, change, timeFaults(before, after, zone, now));
                        return write(transaction, districtId, before, after, change);
                    }))
                    .compose(done -> promoter.promote(transaction, districtId, mealId, now))
                    .compose(done -> ledgers.lock(transaction, districtId, mealId));
        });
    }

    private Future<Void> write(SqlConnection transaction, UUID districtId, Meal before, Meal after, MealChange change) {
        return meals.update(transaction, districtId, after)
                .compose(done -> change.dishes() == null
                        ? Future.succeededFuture()
                        : meals.replaceDishes(transaction, districtId, after.id(), change.dishes())
                                .compose(replaced -> ledgers.recountDishes(transaction, districtId, after.id())))
                .compose(done -> before.status() == MealStatus.PUBLISHED
                                && !MealTimes.of(before).equals(MealTimes.of(after))
                        ? Deadlines.leave(transaction, districtId, after)
                        : Future.succeededFuture());
    }

    private static Meal after(Meal before, MealChange change) {
        return new Meal(
                before.id(),
                before.version(),
                before.canteenId(),
                before.date(),
                before.period(),
                before.status(),
                or(change.capacity(), before.capacity()),
                before.taken(),
                before.waiting(),
                before.arrivals(),
                change.price() == null ? before.priceFen() : change.price().fen(),
                or(change.bookingOpensAt(), before.bookingOpensAt()),
                or(change.cutoffAt(), before.cutoffAt()),
                or(change.servingEndsAt(), before.servingEndsAt()),
                before.cancelReasonSealed(),
                before.delivers(),
                before.dishes());
    }

    private static <T> T or(@Nullable T changed, T before) {
        return Objects.requireNonNullElse(changed, before);
    }

    /** What is booked stays booked: neither places nor portions nor dishes are taken away under it. */
    private static void requireRoom(Meal before, Meal after, MealChange change, Held held) {
        if (after.capacity() < before.taken()) {
            throw Refusal.conflict("capacity_below_taken", Map.of("taken", before.taken()));
        }
        if (change.dishes() == null) {
            return;
        }
        var known = before.dishes().stream().collect(Collectors.toMap(Dish::id, Function.identity()));
        for (var each : change.dishes()) {
            var was = each.id() == null ? null : known.remove(each.id());
            int taken = was == null ? held.setPortions() : was.taken();
            var quota = each.dish().quota();
            if (quota != null && quota < taken) {
                throw Refusal.conflict("quota_below_taken", Map.of("taken", taken));
            }
        }
        known.values().stream()
                .filter(dish -> dish.taken() > 0 || held.chosenDishes().contains(dish.id()))
                .findFirst()
                .ifPresent(dish -> {
                    throw Refusal.conflict(
                            "dish_booked", Map.of("dishId", dish.id().toString()));
                });
    }

    /** An end that stays as it was made is not held against the hour of whoever changes something else. */
    private static List<Fault> timeFaults(Meal before, Meal after, ZoneId zone, Instant now) {
        return after.servingEndsAt().equals(before.servingEndsAt())
                ? MealTimes.of(after).faults()
                : MealTimes.of(after).faults(after.date(), zone, now);
    }

    private static void requireRules(Meal before, Meal after, MealChange change, List<Fault> timeFaults) {
        var faults = new ArrayList<>(timeFaults);
        var dishes = change.dishes();
        if (after.priceFen() == null && (dishes == null ? before.dishes().isEmpty() : dishes.isEmpty())) {
            faults.add(new Fault("/priceFen", "price_missing"));
        }
        if (dishes != null) {
            faults.addAll(dishFaults(before, dishes));
        }
        Faults.refuse(faults);
    }

    private static List<Fault> dishFaults(Meal before, List<MealChange.ChangedDish> dishes) {
        var faults = new ArrayList<Fault>();
        var known = before.dishes().stream().map(Dish::id).collect(Collectors.toSet());
        var seen = new HashSet<UUID>();
        for (int i = 0; i < dishes.size(); i++) {
            var id = dishes.get(i).id();
            if (id != null && !known.contains(id)) {
                faults.add(new Fault("/dishes/" + i + "/id", "dish_unknown"));
            } else if (id != null && !seen.add(id)) {
                faults.add(new Fault("/dishes/" + i + "/id", "dish_repeated"));
            }
        }
        return faults;
    }
}
