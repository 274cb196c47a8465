package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.canteen.BookingRulesTest.assertRefused;
import static org.huying.canteen.CanteenWorld.BEFORE;
import static org.huying.canteen.CanteenWorld.DAY;
import static org.huying.canteen.CanteenWorld.LUNCHTIME;
import static org.huying.canteen.CanteenWorld.at;
import static org.huying.canteen.CanteenWorld.dish;
import static org.huying.canteen.CanteenWorld.order;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 2 of the domain's rules: the life of a meal. */
class MealRulesTest {
    @SuppressWarnings("NullAway.Init")
    private static CanteenWorld world;

    @BeforeAll
    static void open() {
        world = new CanteenWorld();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void begin() {
        world.openCanteens();
    }

    private static NewMeal lunch(
            @Nullable Instant opens, @Nullable Instant cutoff, @Nullable Instant ends, boolean publish) {
        return new NewMeal(DAY, Period.LUNCH, 10, opens, cutoff, ends, null, List.of(dish("红烧肉", 1200, 5)), publish);
    }

    private static MealView create(Caller caller, NewMeal meal) {
        return world.tx(t -> world.node().meals().create(t, caller, world.canteen, meal, BEFORE));
    }

    private static List<MealView> listed(Caller caller) {
        return world.read(c -> world.node().meals().meals(c, caller, world.canteen, DAY, DAY.plusDays(6), null, 100))
                .items();
    }

    @Test
    void timesFollowTheCanteensRulesUnlessTheMealSaysOtherwise() {
        // given
        var ends = at(DAY, "14:00");

        // when
        var meal = create(world.operator(), lunch(null, null, ends, true));

        // then
        assertThat(meal.status()).isEqualTo("published");
        assertThat(meal.bookingOpensAt()).isEqualTo(at(DAY.minusDays(7), "08:00"));
        assertThat(meal.cutoffAt()).isEqualTo(at(DAY, "10:30"));
        assertThat(meal.servingEndsAt()).isEqualTo(ends);
        assertThat(meal.remaining()).isEqualTo(10);
        assertThat(meal.dishes().get(0).remaining()).isEqualTo(5);
    }

    @Test
    void openingThenCutoffThenEnd() {
        // given
        var cutoff = at(DAY, "10:30");
        var operator = world.operator();

        // when, then
        assertRefused("cutoff_not_after_opening", () -> create(operator, lunch(cutoff, cutoff, null, false)));
        assertRefused("end_before_cutoff", () -> create(operator, lunch(null, cutoff, cutoff.minusMillis(1), false)));
        assertThat(create(operator, lunch(cutoff.minusMillis(1), cutoff, cutoff, false))
                        .status())
                .isEqualTo("draft");
    }

    @Test
    void aMealWhoseCutoffHasPassedMayBePublished() {
        // given
        var past = at(DAY.minusDays(3), "10:30");

        // when
        var meal = create(world.operator(), lunch(past.minusSeconds(60), past, null, true));

        // then
        assertThat(meal.status()).isEqualTo("published");
    }

    @Test
    void itEndsOnItsDayAndNotBeforeItIsMade() {
        // given
        var operator = world.operator();
        var eve = at(DAY.minusDays(1), "20:00");
        var midnight = DAY.plusDays(1).atStartOfDay(CanteenWorld.ZONE).toInstant();

        // when, then: midnight is the next day's
        for (var end : List.of(midnight, at(DAY.plusDays(1), "13:00"), at(DAY.plusYears(1), "13:00"))) {
            assertRefused("end_not_on_meal_day", () -> create(operator, lunch(null, null, end, false)));
        }
        assertRefused(
                "end_not_on_meal_day", () -> create(operator, lunch(null, eve, at(DAY.minusDays(1), "23:59"), false)));
        for (var now : List.of(at(DAY, "13:00"), at(DAY, "18:00"))) {
            assertRefused(
                    "end_in_past",
                    () -> world.tx(t -> world.node()
                            .meals()
                            .create(t, operator, world.canteen, lunch(null, null, at(DAY, "13:00"), true), now)));
        }
        assertThat(create(operator, lunch(null, eve, midnight.minusMillis(1), false))
                        .status())
                .isEqualTo("draft");
    }

    @Test
    void anEndIsMovedOnItsDayAndAheadOnly() {
        // given
        var operator = world.operator();
        var meal = create(operator, lunch(null, null, at(DAY, "13:00"), true));

        // when, then
        assertRefused("end_not_on_meal_day", () -> move(meal, at(DAY.plusDays(1), "13:00"), BEFORE));
        assertRefused("end_not_on_meal_day", () -> move(meal, at(DAY.plusYears(1), "13:00"), BEFORE));
        assertRefused("end_in_past", () -> move(meal, at(DAY, "12:00"), at(DAY, "12:00")));
        assertThat(move(meal, at(DAY, "12:00"), at(DAY, "11:59")).servingEndsAt())
                .isEqualTo(at(DAY, "12:00"));
    }

    private static MealView move(MealView meal, Instant end, Instant now) {
        var change = new MealChange(null, null, null, null, end, null, null);
        return world.tx(t -> world.node().meals().change(t, world.operator(), meal.id(), change, now));
    }

    @Test
    void whatWasMadeWithAnotherDaysEndCanBeMendedAndChanged() {
        // given
        var meal = create(world.operator(), lunch(null, null, at(DAY, "13:00"), false));
        world.sql("UPDATE meal SET serving_ends_at = serving_ends_at + interval '1 year' WHERE id = $1", meal.id());

        // when
        var larger = new MealChange(null, 20, null, null, null, null, null);
        var changed = world.tx(t -> world.node().meals().change(t, world.operator(), meal.id(), larger, BEFORE));
        var mended = move(meal, at(DAY, "13:00"), BEFORE);

        // then
        assertThat(changed.capacity()).isEqualTo(20);
        assertThat(mended.servingEndsAt()).isEqualTo(at(DAY, "13:00"));
    }

    @Test
    void ofAWeekThatHasBegunTheDaysToComeAreCopiedWithTheirEnds() {
        // given: lunches of Monday and Thursday, Thursday's made with an end a year late
        var monday = DAY.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        var thursday = monday.plusDays(3);
        world.meal(world.canteen, monday, Period.LUNCH, 5, 900);
        var odd = world.meal(world.canteen, thursday, Period.LUNCH, 5, 900);
        world.sql("UPDATE meal SET serving_ends_at = serving_ends_at + interval '1 year' WHERE id = $1", odd);

        // when: next Wednesday
        var copied = copy(monday, at(monday.plusDays(9), "09:00"));

        // then
        assertThat(copied.items())
                .extracting(MealView::servingEndsAt)
                .containsExactly(at(thursday.plusDays(7), "13:00"));
        assertThat(copied.skipped())
                .containsExactly(new WeekCopier.Skipped(monday.plusDays(7), "lunch", WeekCopier.Reason.PAST));
        assertRefused("end_in_past", () -> copy(monday, at(monday.plusDays(12), "09:00")));
    }

    private static MealService.CopiedWeek copy(LocalDate monday, Instant now) {
        return world.tx(t ->
                world.node().meals().copyWeek(t, world.operator(), world.canteen, monday, monday.plusDays(7), now));
    }

    @Test
    void aTimeThatNobodyTellsIsMissing() {
        // given
        world.sql("DELETE FROM canteen_period WHERE canteen_id = $1", world.canteen);

        // when, then
        assertThatThrownBy(() -> create(world.operator(), lunch(null, at(DAY, "10:30"), null, true)))
                .isInstanceOfSatisfying(
                        Refusal.RuleBroken.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::pointer)
                                .containsExactly("/bookingOpensAt", "/servingEndsAt"));
    }

    @Test
    void oneMealForEachCanteenDateAndPeriod() {
        // given
        create(world.operator(), lunch(null, null, null, true));

        // when, then
        assertRefused("meal_exists", () -> create(world.operator(), lunch(null, null, null, false)));
    }

    @Test
    void onlyItsOperatorsRunACanteen() {
        // given
        var elsewhere = world.asStaff(Role.CANTEEN_OPERATOR, Grant.Scope.CANTEEN, world.otherCanteen);
        var meal = create(world.operator(), lunch(null, null, null, true));

        // when, then
        assertRefused("forbidden", () -> create(elsewhere, lunch(null, null, null, true)));
        assertRefused(
                "forbidden", () -> world.tx(t -> world.node().meals().close(t, elsewhere, meal.id(), null, BEFORE)));
        assertRefused(
                "not_found",
                () -> world.tx(t -> world.node().meals().close(t, world.operator(), Ids.next(), null, BEFORE)));
    }

    @Test
    void aDraftIsPublishedOnce() {
        // given
        var draft = create(world.operator(), lunch(null, null, null, false));
        var resident = world.asResident(world.resident());
        var seenBefore = listed(resident);
        var seenByOperator = listed(world.operator());

        // when
        world.tx(t -> world.node().meals().publish(t, world.operator(), draft.id(), null, BEFORE));

        // then
        assertThat(seenBefore).isEmpty();
        assertThat(seenByOperator).extracting(MealView::status).containsExactly("draft");
        assertThat(listed(resident)).extracting(MealView::status).containsExactly("published");
        assertThatThrownBy(() ->
                        world.tx(t -> world.node().meals().publish(t, world.operator(), draft.id(), null, BEFORE)))
                .isInstanceOfSatisfying(
                        Refusal.Conflict.class,
                        refusal -> assertThat(refusal.extras()).containsEntry("mealStatus", "published"));
    }

    @Test
    void closingMakesNoShowsAndExpiresWhoWaits() {
        // given
        var meal = world.lunch(3);
        var booked = booking(meal, 1, false);
        var confirmed = booking(meal, 1, false);
        world.tx(t -> world.node().counter().confirm(t, world.operator(), confirmed, BEFORE));
        var served = booking(meal, 1, false);
        world.tx(t -> world.node().counter().checkIn(t, world.operator(), meal, null, served, LUNCHTIME));
        var waiting = booking(meal, 1, true);

        // when
        var closed = world.closeMeal(meal);

        // then
        assertThat(closed.status()).isEqualTo("closed");
        assertThat(List.of(booked, confirmed, served, waiting))
                .extracting(id -> world.seen(id).status())
                .containsExactly("no_show", "no_show", "served", "expired");
        assertThat(world.mealRow(meal).taken()).isEqualTo(3);
        assertThat(world.mealRow(meal).waiting()).isZero();
        assertRefused("action_not_allowed", () -> world.closeMeal(meal));
    }

    @Test
    void cancellingAMealCancelsItsBookingsButWhatWasServed() {
        // given
        var meal = world.lunch(2);
        var served = booking(meal, 1, false);
        world.tx(t -> world.node().counter().checkIn(t, world.operator(), meal, null, served, LUNCHTIME));
        var booked = booking(meal, 1, false);
        var waiting = booking(meal, 1, true);

        // when
        var cancelled = world.tx(t -> world.node().meals().cancel(t, world.operator(), meal, null, "停电", LUNCHTIME));

        // then
        assertThat(cancelled.status()).isEqualTo("cancelled");
        assertThat(cancelled.cancelReason()).isEqualTo("停电");
        assertThat(List.of(served, booked, waiting))
                .extracting(id -> world.seen(id).status())
                .containsExactly("served", "cancelled", "cancelled");
        assertThat(world.mealRow(meal).taken()).isEqualTo(1);
        assertThat(world.mealRow(meal).dishes()).extracting(Dish::taken).containsExactly(1);
    }

    @Test
    void mealsAreListedInTheOrderOfTheDay() {
        // given
        var dinner = world.meal(world.canteen, Period.DINNER, 5, dish("面", 900, null));
        var breakfast = world.meal(world.canteen, Period.BREAKFAST, 5, dish("粥", 300, null));
        var nextDay = world.meal(world.canteen, DAY.plusDays(1), Period.BREAKFAST, 5, 500);
        var lunch = world.lunch(5);
        var resident = world.asResident(world.resident());
        var later = DAY.plusDays(6);

        // when
        var first = world.read(c -> world.node().meals().meals(c, resident, world.canteen, DAY, later, null, 3));
        var all = listed(resident);

        // then
        assertThat(all).extracting(MealView::id).containsExactly(breakfast, lunch, dinner, nextDay);
        assertThat(first.items()).extracting(MealView::id).containsExactly(breakfast, lunch, dinner);
        assertThat(first.nextCursor()).isNotNull();
        assertRefused(
                "range_reversed",
                () -> world.read(
                        c -> world.node().meals().meals(c, resident, world.canteen, DAY, DAY.minusDays(1), null, 3)));
        assertRefused(
                "range_too_long",
                () -> world.read(
                        c -> world.node().meals().meals(c, resident, world.canteen, DAY, DAY.plusDays(93), null, 3)));
    }

    @Test
    void canteensAreListedByPlace() {
        // given
        var caller = world.asResident(world.resident());

        // when
        var below = world.read(c -> world.node().meals().canteens(c, caller, world.community, null, 100));
        var inTown = world.read(c -> world.node().meals().canteens(c, caller, world.town, null, 100));

        // then
        assertThat(below.items())
                .extracting(CanteenView::id)
                .contains(world.canteen)
                .doesNotContain(world.otherCanteen);
        assertThat(inTown.items()).extracting(CanteenView::id).contains(world.canteen, world.otherCanteen);
    }

    private static UUID booking(UUID meal, int portions, boolean joinWaitlist) {
        return world.book(world.asResident(world.resident()), order(meal, portions, joinWaitlist))
                .id();
    }
}
