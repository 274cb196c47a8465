package org.huying.canteen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.canteen.report.Desk.dish;
import static org.huying.canteen.report.Desk.dishes;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random months of a canteen: the settlement, in each of its forms, is the sum of the bookings that its operator can read,
 * to the fen. The seed names the test; {@code -Dsettlement.seed=…} runs one again, {@code -Dsettlement.count=…} so many.
 */
@Tag("long")
class SettlementHistoryTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final Desk DESK = new Desk(APP, 2);
    /** Where the same diners eat too: it must not show, but it takes their subsidy. */
    private static final Desk OTHER = new Desk(APP, 3);

    private static final int DINERS = 9;
    private static final List<String> PERIODS = List.of("breakfast", "lunch", "dinner");

    private static YearMonth next = YearMonth.of(2040, 1);

    static LongStream seeds() {
        var given = Long.getLong("settlement.seed");
        return given == null ? new Random().longs(Integer.getInteger("settlement.count", 4)) : LongStream.of(given);
    }

    /** What a month is about: the diners with their verified birth dates, and the policies by their first days. */
    private record World(
            Random random,
            YearMonth month,
            Map<UUID, LocalDate> birthDates,
            List<UUID> diners,
            TreeMap<LocalDate, List<Desk.PolicyBand>> policies) {}

    private record Served(LocalDate date, String period, String meal) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSettlementIsTheSumOfTheBookings(long seed) {
        // given
        next = next.plusMonths(3);
        var world = world(new Random(seed), next);
        var meals = new ArrayList<Served>();
        for (var date : dates(world)) {
            meals.addAll(day(world, date));
        }
        var expected = slowly(world, meals);

        // when
        var path = "/v1/canteens/" + DESK.canteen() + "/settlements/" + world.month();
        var json = Desk.ok(DESK.operator().get(path)).json();
        var csv = Desk.ok(DESK.operator().with("Accept", "text/csv").get(path));
        var workbook = Desk.ok(
                DESK.operator().with("Accept", SettlementWorkbook.MEDIA_TYPE).get(path));

        // then
        assertThat(SettlementFiles.fromJson(json)).as("seed %d: JSON", seed).isEqualTo(expected.byBand());
        assertThat(SettlementFiles.fromCsv(csv.body())).as("seed %d: CSV", seed).isEqualTo(expected.byBand());
        assertThat(SettlementFiles.bandsFromWorkbook(workbook.body()))
                .as("seed %d: workbook", seed)
                .isEqualTo(expected.byBand());
        assertThat(SettlementFiles.mealsFromWorkbook(workbook.body()))
                .as("seed %d: by day", seed)
                .isEqualTo(expected.byMeal());
        assertThat(expected.byBand().get("合计"))
                .as("seed %d: rows and total", seed)
                .isEqualTo(expected.byBand().entrySet().stream()
                        .filter(each -> !each.getKey().equals("合计"))
                        .map(Map.Entry::getValue)
                        .reduce(Sums.NONE, Sums::plus));
        assertThat(json.getBoolean("final")).isEqualTo(true);
    }

    // ---- the slow way ----

    private record Expected(Map<String, Sums> byBand, Map<String, Sums> byMeal) {}

    private static Expected slowly(World world, List<Served> meals) {
        var byBand = new HashMap<String, Sums>();
        var byMeal = new LinkedHashMap<String, Sums>();
        for (var meal : meals) {
            for (var booking : DESK.bookings(meal.meal())) {
                var status = booking.getString("status");
                if (status.equals("served") || status.equals("no_show")) {
                    var sums = sumsOf(booking, status);
                    byBand.merge(bandOf(world, meal.date(), booking), sums, Sums::plus);
                    byMeal.merge(meal.date() + " " + meal.period(), sums, Sums::plus);
                    byBand.merge("合计", sums, Sums::plus);
                    byMeal.merge("合计", sums, Sums::plus);
                }
            }
        }
        byBand.putIfAbsent("合计", Sums.NONE);
        byMeal.putIfAbsent("合计", Sums.NONE);
        return new Expected(byBand, byMeal);
    }

    private static Sums sumsOf(JsonObject booking, String status) {
        if (status.equals("no_show")) {
            return new Sums(0, 1, 0, 0, 0, 0);
        }
        return new Sums(
                1,
                0,
                booking.getInteger("portions"),
                booking.getInteger("priceFen"),
                booking.getInteger("payableFen"),
                booking.getInteger("subsidyFen"));
    }

    private static String bandOf(World world, LocalDate date, JsonObject booking) {
        if (booking.getInteger("subsidyFen") == 0) {
            return "无补贴";
        }
        var birthDate = world.birthDates().get(UUID.fromString(booking.getString("dinerId")));
        var age = ChronoUnit.YEARS.between(birthDate, date);
        return world.policies().floorEntry(date).getValue().stream()
                .filter(band -> age >= band.fromAge() && (band.toAge() == null || age <= band.toAge()))
                .map(band -> new AgeBand(band.fromAge(), band.toAge()).inWords())
                .findFirst()
                .orElseThrow();
    }

    // ---- the history ----

    private static World world(Random random, YearMonth month) {
        var birthDates = new HashMap<UUID, LocalDate>();
        var diners = new ArrayList<UUID>();
        for (int i = 0; i < DINERS; i++) {
            var known = random.nextInt(5) > 0;
            // A birthday within the month may carry somebody into the next band.
            var birthDate = month.atDay(1 + random.nextInt(28)).minusYears(55 + random.nextInt(45));
            var id = DESK.diner("赵" + i, known ? birthDate : null);
            diners.add(id);
            if (known) {
                birthDates.put(id, birthDate);
            }
        }
        var policies = new TreeMap<LocalDate, List<Desk.PolicyBand>>();
        policies.put(month.atDay(1).minusDays(random.nextInt(3)), bands(random));
        policies.put(month.atDay(5 + random.nextInt(20)), bands(random));
        policies.forEach(DESK::policy);
        return new World(random, month, birthDates, diners, policies);
    }

    private static List<Desk.PolicyBand> bands(Random random) {
        var bands = new ArrayList<Desk.PolicyBand>();
        int from = 58 + random.nextInt(8);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int to = from + 3 + random.nextInt(12);
            boolean open = i == 3 || random.nextInt(6) == 0;
            bands.add(
                    new Desk.PolicyBand(from, open ? null : to, random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(1500)));
            if (open) {
                break;
            }
            from = to + 1 + random.nextInt(2);
        }
        return bands;
    }

    /** In their order; the first and the last of the month always, and the days beside them. */
    private static List<LocalDate> dates(World world) {
        var month = world.month();
        var dates = new TreeMap<LocalDate, Boolean>();
        dates.put(month.atDay(1).minusDays(1), true);
        dates.put(month.atDay(1), true);
        dates.put(month.atEndOfMonth(), true);
        dates.put(month.atEndOfMonth().plusDays(1), true);
        IntStream.range(0, 3)
                .forEach(i -> dates.put(month.atDay(2 + world.random().nextInt(26)), true));
        return List.copyOf(dates.keySet());
    }

    /** Books, serves, closes and corrects the meals of a day; returns those of the month. */
    private static List<Served> day(World world, LocalDate date) {
        var random = world.random();
        var period = random.nextInt(PERIODS.size());
        DESK.setClock(date, "09:00");
        if (random.nextBoolean()) {
            var elsewhere = meal(OTHER, random, date, PERIODS.get(period));
            some(world).forEach(diner -> OTHER.serve(book(OTHER, random, elsewhere, diner)));
        }
        var meals = new ArrayList<Served>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            var code = PERIODS.get((period + i) % PERIODS.size());
            meals.add(new Served(date, words(code), meal(DESK, random, date, code)));
        }
        var bookings = new ArrayList<JsonObject>();
        for (var meal : meals) {
            some(world).forEach(diner -> bookings.add(book(DESK, random, meal.meal(), diner)));
        }
        bookings.forEach(booking -> fate(random, booking));
        finish(random, meals, date);
        DESK.setClock(date.plusDays(1), "12:00");
        meals.stream()
                .flatMap(meal -> DESK.bookings(meal.meal()).stream())
                .filter(booking -> booking.getString("status").equals("no_show") && random.nextInt(3) == 0)
                .forEach(DESK::correct);
        return YearMonth.from(date).equals(world.month()) ? inOrder(meals) : List.of();
    }

    private static List<Served> inOrder(List<Served> meals) {
        return meals.stream()
                .sorted((a, b) -> Integer.compare(
                        List.of("早餐", "午餐", "晚餐").indexOf(a.period()),
                        List.of("早餐", "午餐", "晚餐").indexOf(b.period())))
                .toList();
    }

    private static void finish(Random random, List<Served> meals, LocalDate date) {
        DESK.setClock(date, "13:30");
        for (var meal : meals) {
            if (random.nextInt(8) == 0) {
                DESK.cancelMeal(meal.meal());
            } else {
                DESK.close(meal.meal());
            }
        }
    }

    private static void fate(Random random, JsonObject booking) {
        if (booking.getString("status").equals("waitlisted")) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> DESK.cancel(booking);
            case 1, 2, 3 -> DESK.serve(booking);
            default -> {
                // nobody comes
            }
        }
    }

    private static String meal(Desk desk, Random random, LocalDate date, String period) {
        var menu = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> dish("菜" + i, random.nextInt(1200), List.of(), List.of()))
                .toArray(JsonObject[]::new);
        var price = random.nextBoolean() ? Integer.valueOf(random.nextInt(2000)) : null;
        var more =
                dishes(menu).put("priceFen", price).put("capacity", desk.equals(DESK) ? 4 + random.nextInt(30) : 500);
        return desk.meal(date, period, more);
    }

    private static List<UUID> some(World world) {
        var shuffled = new ArrayList<>(world.diners());
        Collections.shuffle(shuffled, world.random());
        return shuffled.subList(0, 1 + world.random().nextInt(DINERS));
    }

    private static JsonObject book(Desk desk, Random random, String meal, UUID diner) {
        int portions = 1 + random.nextInt(4);
        var more = new JsonObject().put("portions", portions).put("joinWaitlist", desk.equals(DESK));
        var ids = random.nextBoolean() ? dishIds(desk, meal) : List.<String>of();
        if (!ids.isEmpty()) {
            var chosen = new JsonArray();
            ids.subList(0, 1 + random.nextInt(ids.size()))
                    .forEach(id -> chosen.add(
                            new JsonObject().put("dishId", id).put("portions", 1 + random.nextInt(portions))));
            more.put("dishes", chosen);
        }
        return desk.book(meal, diner, more);
    }

    private static List<String> dishIds(Desk desk, String meal) {
        return Desk.ok(desk.operator().get("/v1/meals/" + meal + "/kitchen-sheet"))
                .json()
                .getJsonObject("meal")
                .getJsonArray("dishes")
                .stream()
                .map(each -> ((JsonObject) each).getString("id"))
                .toList();
    }

    private static String words(String period) {
        return Map.of("breakfast", "早餐", "lunch", "午餐", "dinner", "晚餐").getOrDefault(period, period);
    }
}
