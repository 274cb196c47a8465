package org.huying.fuzz;

import static org.huying.fuzz.Helper.oddName;

import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.huying.demo.district.DemoStructure;

/** Meals and bookings. */
final class CanteenRecipes {
    private static final String OPERATOR = "canteen-operator-4";
    private static final int MISSED = 30;

    private final Helper helper;
    private final Map<String, Function<Random, Likely>> recipes;
    /** Bookings of somebody who did not come today: a day has only so many meals. */
    private final ConcurrentLinkedQueue<String> missed = new ConcurrentLinkedQueue<>();

    private final AtomicInteger closed = new AtomicInteger();
    private final String mealOfToday;

    CanteenRecipes(Helper helper, Map<String, Function<Random, Likely>> recipes) {
        this.helper = helper;
        this.recipes = recipes;
        var breakfast = helper.meal(helper.today(), "breakfast", true);
        for (int i = 0; i < MISSED; i++) {
            missed.add(helper.booking(helper.newcomer(), breakfast).getString("id"));
        }
        helper.post(OPERATOR, "/v1/meals/" + breakfast + "/close", Map.of()).withStatus(200);
        this.mealOfToday = helper.meal(helper.today(), "dinner", true);
    }

    void add() {
        canteens();
        meals();
        bookings();
    }

    private void canteens() {
        recipes.put(
                "createCanteen",
                random -> Likely.by("admin")
                        .with("placeId", DemoStructure.community(1).toString())
                        .with("periods", periods(random)));
        recipes.put(
                "changeCanteen",
                random -> Likely.by("admin")
                        .with("canteenId", helper.canteen())
                        .with("placeId", DemoStructure.community(2).toString())
                        .with("periods", periods(random)));
        recipes.put("setSubsidyPolicy", random -> policy());
        recipes.put("deleteSubsidyPolicy", random -> {
            var policy = policy();
            helper.as("admin")
                    .put(
                            "/v1/canteens/" + policy.given().get("canteenId") + "/subsidy-policies/"
                                    + policy.given().get("effectiveFrom"),
                            new JsonObject(Map.of("bands", policy.given().get("bands"))));
            return policy;
        });
    }

    private Likely policy() {
        return Likely.by("admin")
                .with("canteenId", helper.canteen())
                .with("effectiveFrom", helper.today().plusDays(2).toString())
                .with(
                        "bands",
                        List.of(
                                Map.of("fromAge", 60, "toAge", 75, "amountFen", 0),
                                Map.of("fromAge", 76, "amountFen", 100_000)));
    }

    private static List<Map<String, Object>> periods(Random random) {
        var periods = new ArrayList<Map<String, Object>>();
        for (var period : List.of("breakfast", "lunch", "dinner")) {
            if (random.nextBoolean()) {
                periods.add(Map.of(
                        "period",
                        period,
                        "opensDaysBefore",
                        2 + random.nextInt(59),
                        "opensAt",
                        "00:00",
                        "cutoffDaysBefore",
                        1,
                        "cutoffAt",
                        "23:59",
                        "servingEndsAt",
                        "13:00"));
            }
        }
        return periods;
    }

    private void meals() {
        recipes.put("createMeal", random -> {
            var day = helper.dayOfItsOwn();
            var meal = Likely.by(OPERATOR)
                    .with("canteenId", DemoStructure.canteen(4).toString())
                    .with("date", day.toString())
                    .with("period", Odd.one(List.of("breakfast", "lunch", "dinner"), random));
            return timed(meal, day, random);
        });
        recipes.put("changeMeal", random -> {
            var day = helper.dayOfItsOwn();
            return timed(ofMeal(helper.meal(day, "dinner", random.nextBoolean())), day, random);
        });
        recipes.put("publishMeal", random -> ofMeal(helper.meal(false)));
        recipes.put("cancelMeal", random -> ofMeal(helper.meal(true)));
        recipes.put("confirmMealBookings", random -> ofMeal(helper.meal(true)));
        // Not before its day: of today there is so much that nothing else needs.
        recipes.put("closeMeal", random -> {
            int canteen = 1 + closed.getAndIncrement() % 4;
            return Likely.by("canteen-operator-" + canteen)
                    .with(
                            "mealId",
                            DemoStructure.meal(canteen, helper.today(), "lunch").toString());
        });
        recipes.put("copyWeek", random -> {
            var monday = helper.today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            return Likely.by(OPERATOR)
                    .with("canteenId", DemoStructure.canteen(4).toString())
                    .with("monday", monday.toString())
                    .with("toMonday", monday.plusWeeks(2 + random.nextInt(40)).toString());
        });
    }

    private Likely timed(Likely meal, LocalDate day, Random random) {
        return meal.with("bookingOpensAt", helper.ahead(-random.nextInt(10_000)))
                .with("cutoffAt", helper.ahead(1 + random.nextInt(10_000)))
                .with("servingEndsAt", Helper.endOf(day))
                .with("priceFen", random.nextInt(1_000_001))
                .with("dishes", dishes(random));
    }

    private static List<Map<String, Object>> dishes(Random random) {
        var dishes = new ArrayList<Map<String, Object>>();
        for (int i = random.nextInt(4); i > 0; i--) {
            var dish = new LinkedHashMap<String, Object>();
            dish.put("name", oddName(i, random));
            dish.put("priceFen", random.nextInt(1_000_001));
            if (random.nextBoolean()) {
                dish.put("quota", random.nextInt(100_001));
            }
            if (random.nextBoolean()) {
                dish.put("tags", List.of("soft", i + Odd.storable(1, 20, random)));
                dish.put("allergens", List.of(i + Odd.storable(1, 20, random)));
            }
            dishes.add(dish);
        }
        return dishes;
    }

    private static Likely ofMeal(String mealId) {
        return Likely.by(OPERATOR).with("mealId", mealId);
    }

    private void bookings() {
        recipes.put("createBooking", random -> {
            var day = helper.today().plusDays(2 + random.nextInt(5));
            var likely = Likely.by(helper.newcomer())
                    .with(
                            "mealId",
                            DemoStructure.meal(1 + random.nextInt(3), day, "lunch")
                                    .toString())
                    .without("dinerId", "dishes");
            return random.nextBoolean()
                    ? likely.with("mode", "delivery").with("deliveryAddress", Odd.storable(1, 200, random))
                    : likely.with("mode", "pickup").without("deliveryAddress");
        });
        recipes.put("cancelBooking", random -> {
            var caller = helper.newcomer();
            return ofBooking(caller, helper.booking(caller, mealOfToday).getString("id"));
        });
        recipes.put("confirmBooking", random -> ofBooking(OPERATOR, newBooking()));
        recipes.put(
                "checkIn",
                random -> ofMeal(mealOfToday).with("bookingId", newBooking()).without("code", "qrContent"));
        recipes.put("serveBooking", random -> {
            var id = missed.poll();
            return id == null ? Likely.by(OPERATOR) : ofBooking(OPERATOR, id);
        });
    }

    private String newBooking() {
        return helper.booking(helper.newcomer(), mealOfToday).getString("id");
    }

    private static Likely ofBooking(String caller, String bookingId) {
        return Likely.by(caller).with("bookingId", bookingId);
    }
}
