package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.canteen.CanteenWorld.DAY;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.huying.canteen.CanteenModel.BookingState;
import org.huying.canteen.CanteenModel.MealState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of two meals of one lunch, at two canteens and from three nodes: booking, the same again under one key
 * at another node, cancelling, waiting, more and fewer places and portions, confirming, checking in, the cut-off, closing,
 * correcting. The seed names the test; {@code -Dhistory.seed=…} runs one
 * again, {@code -Dhistory.count=…} so many.
 */
@Tag("long")
class CanteenHistoryTest {
    private static final int STEPS = 120;
    private static final int ROUNDS = 12;
    private static final int AT_ONCE = 16;

    @SuppressWarnings("NullAway.Init")
    private static CanteenWorld world;

    @SuppressWarnings("NullAway.Init")
    private static CanteenActs acts;

    @BeforeAll
    static void open() {
        world = new CanteenWorld();
        acts = new CanteenActs(world, List.of(world.node(), world.node(4), world.node(4)));
    }

    @AfterAll
    static void close() {
        world.close();
    }

    static LongStream seeds() {
        var given = Long.getLong("history.seed");
        return given == null ? new Random().longs(Integer.getInteger("history.count", 10)) : LongStream.of(given);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneAfterAnotherEverythingIsAsTheModelSays(long seed) {
        // given
        var random = new Random(seed);
        var model = begin(random);
        var history = new ArrayList<String>();

        for (int step = 0; step < STEPS; step++) {
            // when
            var act = acts.any(random, model);
            var answer = CanteenWorld.wait(act.run());
            history.add(act + " -> " + answer);

            // then
            assertThat(answer).as("seed %d, after %s", seed, history).isEqualTo(act.expected());
            assertThat(stored(model)).as("seed %d, after %s", seed, history).isEqualTo(said(model));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allAtOnceTheRulesHold(long seed) {
        // given
        var random = new Random(seed);
        var model = begin(random);

        for (int round = 0; round < ROUNDS; round++) {
            // when
            var some = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> acts.any(random, model))
                    .toList();
            var answers = some.stream().map(CanteenActs.Act::run).toList();
            var ends = answers.stream().map(CanteenWorld::wait).toList();

            // then
            assertThat(ends).as("seed %d", seed).doesNotContain("database_unavailable", "bookings_busy");
            reload(model);
            model.meals.forEach(meal -> assertRulesHold(seed, model, meal));
        }
    }

    private static CanteenModel begin(Random random) {
        world.openCanteens();
        var model = new CanteenModel();
        for (var canteen : List.of(world.canteen, world.otherCanteen)) {
            var price = random.nextBoolean() ? Integer.valueOf(100 * random.nextInt(20)) : null;
            int capacity = 2 + random.nextInt(8);
            var prices = new ArrayList<Integer>();
            var quotas = new ArrayList<@Nullable Integer>();
            var dishes = new ArrayList<NewMeal.NewDish>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                prices.add(100 * random.nextInt(15));
                quotas.add(random.nextBoolean() ? 1 + random.nextInt(capacity + 2) : null);
                dishes.add(CanteenWorld.dish("菜" + i, prices.get(i), quotas.get(i)));
            }
            var id = world.meal(canteen, DAY, Period.LUNCH, capacity, price, dishes.toArray(NewMeal.NewDish[]::new));
            model.meals.add(new MealState(id, canteen, capacity, price, world.dishesOf(id), prices, quotas));
        }
        for (int i = 0; i < 10; i++) {
            var age = random.nextInt(4) == 0 ? null : Integer.valueOf(50 + random.nextInt(50));
            model.ages.put(world.resident(age == null ? null : DAY.minusYears(age)), age);
        }
        return model;
    }

    // ---- what is stored ----

    /** Everything that counts, of a meal and of its bookings in order of arrival. */
    private record Snapshot(long taken, long waiting, List<Integer> dishes, List<String> bookings) {}

    private static List<Snapshot> said(CanteenModel model) {
        return model.meals.stream()
                .map(meal -> new Snapshot(
                        meal.taken(),
                        meal.waiting(),
                        IntStream.range(0, meal.dishes.size())
                                .mapToObj(meal::taken)
                                .toList(),
                        meal.bookings.stream()
                                .map(b -> b.id + " " + b.status + " " + b.price + " "
                                        + (b.price == null ? null : b.price - b.subsidy))
                                .toList()))
                .toList();
    }

    private static List<Snapshot> stored(CanteenModel model) {
        return model.meals.stream()
                .map(meal -> {
                    var row = world.mealRow(meal.id);
                    var bookings = world.rows(
                                    "SELECT id, status, price_fen, payable_fen FROM booking WHERE meal_id = $1 ORDER BY arrival",
                                    meal.id)
                            .map(b -> b.getUUID("id") + " " + b.getString("status") + " " + b.getInteger("price_fen")
                                    + " " + b.getInteger("payable_fen"))
                            .toList();
                    return new Snapshot(
                            row.taken(),
                            row.waiting(),
                            row.dishes().stream().map(Dish::taken).toList(),
                            bookings);
                })
                .toList();
    }

    /** Makes the model say what the database says, in order of arrival. */
    private static void reload(CanteenModel model) {
        for (var meal : model.meals) {
            var now = world.mealRow(meal.id);
            meal.closed = now.status() == MealStatus.CLOSED;
            meal.capacity = now.capacity();
            meal.quotas = now.dishes().stream()
                    .<@Nullable Integer>map(Dish::quota)
                    .collect(Collectors.toCollection(ArrayList::new));
            meal.bookings.clear();
            var chosen = new HashMap<UUID, Map<Integer, Integer>>();
            world.rows(
                            "SELECT bd.booking_id, bd.dish_id, bd.portions FROM booking_dish bd JOIN booking b ON b.id = bd.booking_id WHERE b.meal_id = $1",
                            meal.id)
                    .forEach(row -> chosen.computeIfAbsent(row.getUUID("booking_id"), id -> new HashMap<>())
                            .put(meal.dishes.indexOf(row.getUUID("dish_id")), row.getInteger("portions")));
            world.rows("SELECT * FROM booking WHERE meal_id = $1 ORDER BY arrival", meal.id)
                    .forEach(row -> {
                        var booking = new BookingState(
                                meal,
                                row.getUUID("diner_id"),
                                row.getInteger("portions"),
                                chosen.getOrDefault(row.getUUID("id"), Map.of()));
                        booking.id = row.getUUID("id");
                        booking.status = row.getString("status");
                        booking.price = row.getInteger("price_fen");
                        booking.subsidy = booking.price == null ? 0 : row.getInteger("subsidy_fen");
                        meal.bookings.add(booking);
                    });
        }
    }

    private static void assertRulesHold(long seed, CanteenModel model, MealState meal) {
        var row = world.mealRow(meal.id);
        assertThat(meal.taken())
                .as("seed %d: capacity", seed)
                .isEqualTo(row.taken())
                .isLessThanOrEqualTo(meal.capacity);
        assertThat(meal.waiting()).as("seed %d: waiting", seed).isEqualTo(row.waiting());
        for (int dish = 0; dish < meal.dishes.size(); dish++) {
            var quota = meal.quotas.get(dish);
            assertThat(meal.taken(dish))
                    .as("seed %d: quota", seed)
                    .isEqualTo(row.dishes().get(dish).taken())
                    .isLessThanOrEqualTo(quota == null ? Integer.MAX_VALUE : quota);
        }
        assertThat(meal.bookings.stream().filter(BookingState::stands).map(b -> b.diner))
                .as("seed %d: one for each diner", seed)
                .doesNotHaveDuplicates();
        var waiting = meal.bookings.stream()
                .filter(b -> b.status.equals("waitlisted"))
                .toList();
        assertThat(waiting).as("seed %d: nobody waits who fits", seed).noneMatch(meal::fits);
        waiting.forEach(early -> assertThat(meal.bookings.subList(meal.bookings.indexOf(early), meal.bookings.size()))
                .as("seed %d: nobody overtakes", seed)
                .noneMatch(late -> late.holds() && asksAtLeast(late, early)));
        assertMoney(seed, model, meal);
    }

    private static boolean asksAtLeast(BookingState late, BookingState early) {
        return late.portions >= early.portions
                && IntStream.range(0, early.meal.dishes.size()).allMatch(d -> late.need(d) >= early.need(d));
    }

    private static void assertMoney(long seed, CanteenModel model, MealState meal) {
        for (var booking : meal.bookings) {
            if (booking.price != null) {
                var full = Math.min(CanteenModel.band(model.ages.get(booking.diner)), booking.price / booking.portions);
                assertThat(booking.price).as("seed %d: price", seed).isEqualTo(CanteenModel.price(booking));
                assertThat(List.of(0, full)).as("seed %d: subsidy", seed).contains(booking.subsidy);
            }
        }
        var subsidised = model.meals.stream()
                .flatMap(m -> m.bookings.stream())
                .filter(b -> b.holds() && b.subsidy > 0)
                .map(b -> b.diner);
        assertThat(subsidised).as("seed %d: one subsidy for each diner", seed).doesNotHaveDuplicates();
    }
}
