package org.huying.canteen.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.canteen.MealView;
import org.huying.canteen.Mode;
import org.jspecify.annotations.Nullable;

/** What to cook for a meal, and for whom; as the contract shows it. */
record KitchenSheet(
        String canteenName,
        MealView meal,
        int bookings,
        int portions,
        Map<String, ModeCount> byMode,
        List<DishCount> byDish,
        List<TagCount> byTag,
        List<Order> atCounter,
        List<Order> deliveries) {
    private static final Comparator<Order> BY_BUILDING = Comparator.comparing(
                    (Order order) -> order.address() == null ? "" : order.address(), new AddressOrder())
            .thenComparing(Order::code);

    record ModeCount(int bookings, int portions) {}

    record DishCount(UUID dishId, String name, int portions, List<String> tags, List<String> allergens) {}

    record TagCount(String tag, int portions) {}

    /** Somebody's booking; without dishes the set meal. */
    record Order(
            UUID bookingId,
            String code,
            @Nullable String dinerName,
            String mode,
            String status,
            int portions,
            List<OrderedDish> dishes,
            @Nullable String address) {
        boolean wasServed() {
            return status.equals("served");
        }
    }

    record OrderedDish(UUID dishId, String name, int portions) {}

    /**
     * Counts.
     *
     * @param bookings those that count, by code
     * @param names    of the diners, by id
     */
    static KitchenSheet of(String canteenName, MealView meal, List<KitchenBooking> bookings, Map<UUID, String> names) {
        var byDish = byDish(meal, bookings);
        return new KitchenSheet(
                canteenName,
                meal,
                bookings.size(),
                bookings.stream().mapToInt(KitchenBooking::portions).sum(),
                byMode(bookings),
                byDish,
                byTag(byDish),
                bookings.stream()
                        .filter(b -> b.mode() != Mode.DELIVERY)
                        .map(b -> order(meal, b, names))
                        .toList(),
                bookings.stream()
                        .filter(b -> b.mode() == Mode.DELIVERY)
                        .map(b -> order(meal, b, names))
                        .sorted(BY_BUILDING)
                        .toList());
    }

    private static Map<String, ModeCount> byMode(List<KitchenBooking> bookings) {
        var counts = new LinkedHashMap<String, ModeCount>();
        for (var mode : Mode.values()) {
            var its = bookings.stream().filter(b -> b.mode() == mode).toList();
            int portions = its.stream().mapToInt(KitchenBooking::portions).sum();
            counts.put(mode.code(), new ModeCount(its.size(), portions));
        }
        return counts;
    }

    private static List<DishCount> byDish(MealView meal, List<KitchenBooking> bookings) {
        return meal.dishes().stream()
                .map(dish -> new DishCount(
                        dish.id(),
                        dish.name(),
                        bookings.stream().mapToInt(b -> b.portionsOf(dish.id())).sum(),
                        dish.tags(),
                        dish.allergens()))
                .toList();
    }

    private static List<TagCount> byTag(List<DishCount> dishes) {
        var counts = new LinkedHashMap<String, Integer>();
        dishes.forEach(dish ->
                dish.tags().stream().distinct().forEach(tag -> counts.merge(tag, dish.portions(), Integer::sum)));
        var list = new ArrayList<TagCount>();
        counts.forEach((tag, portions) -> list.add(new TagCount(tag, portions)));
        return list;
    }

    private static Order order(MealView meal, KitchenBooking booking, Map<UUID, String> names) {
        var dishes = meal.dishes().stream()
                .filter(dish -> booking.chosen().containsKey(dish.id()))
                .map(dish -> new OrderedDish(dish.id(), dish.name(), booking.portionsOf(dish.id())))
                .toList();
        return new Order(
                booking.id(),
                booking.code(),
                names.get(booking.dinerId()),
                booking.mode().code(),
                booking.status(),
                booking.portions(),
                dishes,
                booking.address());
    }
}
