package org.huying.canteen;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.kernel.Refusal;

/** The books of one meal while its row is locked: what is taken, who waits, which arrival is next. */
final class MealLedger {
    /** Whether something fits, and if not, what is lacking. */
    enum Fit {
        FITS,
        NO_PLACE,
        NO_DISH
    }

    private final Meal meal;
    private final List<SubsidyBand> bands;
    private final Iterator<String> freeCodes;
    private final Map<UUID, Integer> dishTaken = new HashMap<>();
    private int taken;
    private int waiting;
    private long arrivals;

    /**
     * Opens the books at what the row says.
     *
     * @param bands     of the policy in force on the meal's day
     * @param freeCodes codes that no booking of the meal has
     */
    MealLedger(Meal meal, List<SubsidyBand> bands, List<String> freeCodes) {
        this.meal = meal;
        this.bands = List.copyOf(bands);
        this.freeCodes = List.copyOf(freeCodes).iterator();
        this.taken = meal.taken();
        this.waiting = meal.waiting();
        this.arrivals = meal.arrivals();
        meal.dishes().forEach(dish -> dishTaken.put(dish.id(), dish.taken()));
    }

    Meal meal() {
        return meal;
    }

    List<SubsidyBand> bands() {
        return bands;
    }

    int taken() {
        return taken;
    }

    int waiting() {
        return waiting;
    }

    long arrivals() {
        return arrivals;
    }

    int taken(UUID dishId) {
        return dishTaken.getOrDefault(dishId, 0);
    }

    /** Portions by dish that the booking takes; the set meal takes every dish. */
    Map<UUID, Integer> needs(int portions, List<DishPortions> chosen) {
        var needs = new LinkedHashMap<UUID, Integer>();
        if (chosen.isEmpty()) {
            meal.dishes().forEach(dish -> needs.put(dish.id(), portions));
        } else {
            chosen.forEach(each -> needs.merge(each.dishId(), each.portions(), Integer::sum));
        }
        return needs;
    }

    Fit fit(int portions, Map<UUID, Integer> needs) {
        if (taken + portions > meal.capacity()) {
            return Fit.NO_PLACE;
        }
        var enough = meal.dishes().stream()
                .allMatch(dish ->
                        dish.quota() == null || taken(dish.id()) + needs.getOrDefault(dish.id(), 0) <= dish.quota());
        return enough ? Fit.FITS : Fit.NO_DISH;
    }

    void take(int portions, Map<UUID, Integer> needs) {
        taken += portions;
        needs.forEach((dish, count) -> dishTaken.merge(dish, count, Integer::sum));
    }

    void release(int portions, Map<UUID, Integer> needs) {
        taken -= portions;
        needs.forEach((dish, count) -> dishTaken.merge(dish, -count, Integer::sum));
    }

    /** The number of one more arrival. */
    long arrive() {
        arrivals += 1;
        return arrivals;
    }

    /** One more waits; returns its position. */
    int joinWaitlist() {
        waiting += 1;
        return waiting;
    }

    void leaveWaitlist() {
        waiting -= 1;
    }

    /** What the booking holds is free again. */
    void giveUp(Booking booking) {
        if (booking.status().holdsPortions()) {
            var chosen = booking.dishes().stream()
                    .map(dish -> new DishPortions(dish.dishId(), dish.portions()))
                    .toList();
            release(booking.portions(), needs(booking.portions(), chosen));
        } else {
            leaveWaitlist();
        }
    }

    /** A code that the meal has not given out yet. Running out of them means a meal with most of the million in use. */
    String nextCode() {
        if (!freeCodes.hasNext()) {
            throw Refusal.unavailable("bookings_busy");
        }
        return freeCodes.next();
    }
}
