package org.huying.canteen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of bookings said once more, as simply as possible: one thing after another, everything in memory. */
final class CanteenModel {
    /** A meal: prices and quotas by dish, in order. */
    static final class MealState {
        final UUID id;
        final UUID canteen;
        int capacity;
        final @Nullable Integer price;
        final List<UUID> dishes;
        final List<Integer> prices;
        List<@Nullable Integer> quotas;
        final List<BookingState> bookings = new ArrayList<>();
        boolean closed;

        MealState(
                UUID id,
                UUID canteen,
                int capacity,
                @Nullable Integer price,
                List<UUID> dishes,
                List<Integer> prices,
                List<@Nullable Integer> quotas) {
            this.id = id;
            this.canteen = canteen;
            this.capacity = capacity;
            this.price = price;
            this.dishes = dishes;
            this.prices = prices;
            this.quotas = quotas;
        }

        int taken() {
            return bookings.stream()
                    .filter(BookingState::holds)
                    .mapToInt(b -> b.portions)
                    .sum();
        }

        int taken(int dish) {
            return bookings.stream()
                    .filter(BookingState::holds)
                    .mapToInt(b -> b.need(dish))
                    .sum();
        }

        boolean fits(BookingState booking) {
            if (taken() + booking.portions > capacity) {
                return false;
            }
            for (int dish = 0; dish < dishes.size(); dish++) {
                var quota = quotas.get(dish);
                if (quota != null && taken(dish) + booking.need(dish) > quota) {
                    return false;
                }
            }
            return true;
        }

        long waiting() {
            return bookings.stream().filter(b -> b.status.equals("waitlisted")).count();
        }
    }

    /** A booking; without chosen dishes the set meal. */
    static final class BookingState {
        final MealState meal;
        final UUID diner;
        final int portions;
        final Map<Integer, Integer> chosen;

        @Nullable
        UUID id;

        String status = "waitlisted";

        @Nullable
        Integer price;

        int subsidy;

        BookingState(MealState meal, UUID diner, int portions, Map<Integer, Integer> chosen) {
            this.meal = meal;
            this.diner = diner;
            this.portions = portions;
            this.chosen = chosen;
        }

        boolean holds() {
            return List.of("booked", "confirmed", "served", "no_show").contains(status);
        }

        boolean stands() {
            return holds() || status.equals("waitlisted");
        }

        int need(int dish) {
            return chosen.isEmpty() ? portions : chosen.getOrDefault(dish, 0);
        }
    }

    final List<MealState> meals = new ArrayList<>();
    final Map<UUID, @Nullable Integer> ages = new HashMap<>();

    /** What is answered: a status or a code. */
    String book(BookingState asked, boolean joinWaitlist) {
        var meal = asked.meal;
        if (meal.closed) {
            return "meal_not_open";
        }
        if (meal.bookings.stream().anyMatch(b -> b.diner.equals(asked.diner) && b.stands())) {
            return "already_booked";
        }
        var impossible = impossible(asked, joinWaitlist);
        if (impossible != null) {
            return impossible;
        }
        if (meal.fits(asked)) {
            meal.bookings.add(asked);
            become(asked);
        } else if (joinWaitlist) {
            meal.bookings.add(asked);
        } else {
            return meal.taken() + asked.portions > meal.capacity ? "meal_full" : "dish_sold_out";
        }
        return asked.status;
    }

    private static @Nullable String impossible(BookingState asked, boolean joinWaitlist) {
        var meal = asked.meal;
        if (asked.portions > meal.capacity) {
            return "portions_above_capacity";
        }
        if (asked.chosen.values().stream().anyMatch(portions -> portions > asked.portions)) {
            return "dish_portions_above_portions";
        }
        for (int dish = 0; joinWaitlist && dish < meal.dishes.size(); dish++) {
            var quota = meal.quotas.get(dish);
            if (quota != null && asked.need(dish) > quota) {
                return "portions_above_quota";
            }
        }
        return null;
    }

    String cancel(BookingState booking) {
        if (!List.of("waitlisted", "booked", "confirmed").contains(booking.status)) {
            return "action_not_allowed";
        }
        booking.status = "cancelled";
        promote(booking.meal);
        return booking.status;
    }

    String changeCapacity(MealState meal, int capacity) {
        if (meal.closed) {
            return "action_not_allowed";
        }
        if (capacity < meal.taken()) {
            return "capacity_below_taken";
        }
        meal.capacity = capacity;
        promote(meal);
        return "published";
    }

    String changeQuota(MealState meal, int dish, @Nullable Integer quota) {
        if (meal.closed) {
            return "action_not_allowed";
        }
        if (quota != null && quota < meal.taken(dish)) {
            return "quota_below_taken";
        }
        meal.quotas.set(dish, quota);
        promote(meal);
        return "published";
    }

    /** The cut-off has come. */
    String expire(MealState meal) {
        meal.bookings.stream().filter(b -> b.status.equals("waitlisted")).forEach(b -> b.status = "expired");
        return "done";
    }

    private void promote(MealState meal) {
        meal.bookings.stream()
                .filter(b -> b.status.equals("waitlisted"))
                .filter(meal::fits)
                .forEach(this::become);
    }

    String confirm(BookingState booking) {
        return step(booking, List.of("booked"), "confirmed");
    }

    String checkIn(BookingState booking) {
        return booking.status.equals("served")
                ? "already_served"
                : step(booking, List.of("booked", "confirmed"), "served");
    }

    String correct(BookingState booking) {
        return booking.status.equals("served") ? "already_served" : step(booking, List.of("no_show"), "served");
    }

    String close(MealState meal) {
        if (meal.closed) {
            return "action_not_allowed";
        }
        meal.closed = true;
        for (var booking : meal.bookings) {
            if (booking.status.equals("waitlisted")) {
                booking.status = "expired";
            } else if (booking.status.equals("booked") || booking.status.equals("confirmed")) {
                booking.status = "no_show";
            }
        }
        return "closed";
    }

    private static String step(BookingState booking, List<String> from, String to) {
        if (!from.contains(booking.status)) {
            return "action_not_allowed";
        }
        booking.status = to;
        return to;
    }

    private void become(BookingState booking) {
        var subsidised = meals.stream()
                .flatMap(m -> m.bookings.stream())
                .anyMatch(b -> b.diner.equals(booking.diner) && b.holds() && b.subsidy > 0);
        booking.status = "booked";
        booking.price = price(booking);
        booking.subsidy = subsidised ? 0 : Math.min(band(ages.get(booking.diner)), booking.price / booking.portions);
    }

    static int price(BookingState booking) {
        var meal = booking.meal;
        if (booking.chosen.isEmpty()) {
            int sum = meal.prices.stream().mapToInt(p -> p).sum();
            return booking.portions * (meal.price == null ? sum : meal.price);
        }
        return booking.chosen.entrySet().stream()
                .mapToInt(e -> Objects.requireNonNull(meal.prices.get(e.getKey())) * e.getValue())
                .sum();
    }

    /** The policy of the tests' canteens. */
    static int band(@Nullable Integer age) {
        if (age == null || age < 60) {
            return 0;
        }
        return age < 76 ? 300 : age < 90 ? 500 : 900;
    }
}
