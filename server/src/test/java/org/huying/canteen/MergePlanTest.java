package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.canteen.MergePlan.Held;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever two entries of one person have booked, they have one meal of each and one subsidy of each sitting afterwards. */
class MergePlanTest {
    private static final UUID GONE = new UUID(0, 1);
    private static final UUID STAYS = new UUID(0, 2);
    private static final LocalDate DAY = LocalDate.of(2026, 9, 16);
    private static final Instant MORNING = Instant.parse("2026-09-15T02:00:00Z");

    /** Each entry obeys the rules for itself: one booking of a meal, one subsidy of a sitting. */
    private static List<Held> bookings(Random random) {
        var all = new ArrayList<Held>();
        var meals = new HashMap<Integer, Boolean>();
        for (var diner : List.of(GONE, STAYS)) {
            var subsidised = new HashSet<Period>();
            for (int meal = 0; meal < 6; meal++) {
                // meals 0 to 2 are lunches of three canteens, 3 to 5 their dinners
                boolean isOver = meals.computeIfAbsent(meal, each -> random.nextInt(3) == 0);
                var period = meal < 3 ? Period.LUNCH : Period.DINNER;
                if (random.nextBoolean()) {
                    all.add(booking(random, diner, meal, period, isOver, subsidised));
                }
            }
        }
        return all;
    }

    private static Held booking(
            Random random, UUID diner, int meal, Period period, boolean isOver, Set<Period> subsidised) {
        var status = isOver
                ? List.of(BookingStatus.SERVED, BookingStatus.NO_SHOW).get(random.nextInt(2))
                : List.of(BookingStatus.WAITLISTED, BookingStatus.BOOKED, BookingStatus.CONFIRMED, BookingStatus.SERVED)
                        .get(random.nextInt(4));
        var isBooked = status != BookingStatus.WAITLISTED;
        var subsidy = isBooked && random.nextBoolean() && subsidised.add(period) ? 300 : 0;
        int arrival = random.nextInt(1000) * 2 + (diner.equals(GONE) ? 1 : 0);
        return new Held(
                UUID.randomUUID(),
                new UUID(1, meal),
                diner,
                DAY,
                period,
                status,
                arrival,
                MORNING.plus(Duration.ofSeconds(arrival)),
                1,
                isBooked ? 1500 : null,
                subsidy);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void oneMealAndOneSubsidyAreLeftAndNothingSettledChanges(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            var before = bookings(random);
            var plan = MergePlan.of(GONE, before);
            holds("seed " + seed + ", round " + round, before, plan);
        }
    }

    private static void holds(String when, List<Held> before, MergePlan plan) {
        var settled =
                before.stream().filter(each -> !each.stands()).map(Held::id).toList();
        assertThat(plan.cancelled()).as(when).noneMatch(settled::contains);
        assertThat(plan.unsubsidised()).as(when).noneMatch(settled::contains);
        assertThat(plan.subsidised()).as(when).noneMatch(settled::contains);
        var isGone = before.stream()
                .filter(each -> each.dinerId().equals(GONE))
                .map(Held::id)
                .toList();
        assertThat(plan.left()).as(when).allMatch(isGone::contains);
        assertThat(plan.left()).as(when).allMatch(settled::contains);

        var after = before.stream()
                .filter(each ->
                        !plan.cancelled().contains(each.id()) && !plan.left().contains(each.id()))
                .toList();
        assertThat(after).as(when).extracting(Held::mealId).doesNotHaveDuplicates();
        var subsidised = after.stream()
                .filter(each -> (each.isSubsidised() && !plan.unsubsidised().contains(each.id()))
                        || plan.subsidised().contains(each.id()))
                .map(Held::period)
                .toList();
        assertThat(subsidised).as(when).doesNotHaveDuplicates();
        firstComeStays(when, before, plan);
        var had = new HashSet<>(subsidised);
        before.stream()
                .filter(each -> each.isSubsidised() && plan.left().contains(each.id()))
                .forEach(each -> had.add(each.period()));
        nobodyLosesTheOnlySubsidy(when, before, plan, had);
    }

    private static void firstComeStays(String when, List<Held> before, MergePlan plan) {
        var byMeal = before.stream().collect(Collectors.groupingBy(Held::mealId));
        plan.cancelled().forEach(id -> {
            var its = before.stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            var others = byMeal.getOrDefault(its.mealId(), List.of()).stream()
                    .filter(each -> !each.id().equals(id))
                    .toList();
            assertThat(others).as(when).anyMatch(each -> !each.stands() || each.arrival() < its.arrival());
        });
    }

    private static void nobodyLosesTheOnlySubsidy(
            String when, List<Held> before, MergePlan plan, Set<Period> subsidised) {
        for (var period : List.of(Period.LUNCH, Period.DINNER)) {
            var its = before.stream().filter(each -> each.period() == period).toList();
            var had = its.stream().anyMatch(Held::isSubsidised);
            var hasRoom = its.stream()
                    .anyMatch(each -> !plan.cancelled().contains(each.id())
                            && (each.isSubsidised() || (each.stands() && each.priceFen() != null)));
            if (had && hasRoom) {
                assertThat(subsidised).as(when).contains(period);
            }
        }
    }
}
