package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.canteen.CanteenWorld.BEFORE;
import static org.huying.canteen.CanteenWorld.DAY;
import static org.huying.canteen.CanteenWorld.at;
import static org.huying.canteen.CanteenWorld.dish;
import static org.huying.canteen.CanteenWorld.order;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.huying.kernel.Fault;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 2 of the domain's rules: booking, who may, the waitlist, cancelling. */
class BookingRulesTest {
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

    static void assertRefused(String code, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static BookingView cancel(UUID booking, UUID diner) {
        return world.cancel(world.asResident(diner), booking, null, BEFORE);
    }

    // ---- making one ----

    @Test
    void aBookingTakesItsPortionsAndGetsACode() {
        // given
        var meal = world.lunch(10);
        var diner = world.resident();

        // when
        var booking = world.book(world.asResident(diner), order(meal, 3, false));

        // then
        assertThat(booking.status()).isEqualTo(BookingStatus.BOOKED);
        assertThat(booking.code()).matches("[0-9]{6}");
        assertThat(booking.dinerId()).isEqualTo(diner);
        assertThat(booking.bookedById()).isEqualTo(diner);
        assertThat(world.mealRow(meal).taken()).isEqualTo(3);
        assertThat(world.seen(booking.id()))
                .usingRecursiveComparison()
                .ignoringFields("dinerName", "bookedByName")
                .isEqualTo(BookingView.of(booking));
    }

    @Test
    void oneStandingBookingForEachDinerAndMeal() {
        // given
        var meal = world.lunch(10);
        var diner = world.asResident(world.resident());
        var first = world.book(diner, order(meal));

        // when, then
        assertThatThrownBy(() -> world.book(diner, order(meal)))
                .isInstanceOfSatisfying(Refusal.Conflict.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("already_booked");
                    assertThat(refusal.extras())
                            .containsEntry("bookingId", first.id().toString());
                });
    }

    @Test
    void afterCancellingOneMayBookAgain() {
        // given
        var meal = world.lunch(1);
        var diner = world.resident();
        var first = world.book(world.asResident(diner), order(meal));
        cancel(first.id(), diner);

        // when
        var second = world.book(world.asResident(diner), order(meal));

        // then
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.code()).isNotEqualTo(first.code());
        assertThat(world.mealRow(meal).taken()).isEqualTo(1);
    }

    @Test
    void fullOnlyWhenThePortionsDoNotFit() {
        // given
        var meal = world.lunch(3);
        world.book(world.asResident(world.resident()), order(meal, 2, false));

        // when, then
        assertRefused("meal_full", () -> world.book(world.asResident(world.resident()), order(meal, 2, false)));
        assertThat(world.book(world.asResident(world.resident()), order(meal, 1, false))
                        .status())
                .isEqualTo(BookingStatus.BOOKED);
    }

    @Test
    void aQuotaIsNeverExceeded() {
        // given
        var meal = world.meal(world.canteen, Period.LUNCH, 10, dish("红烧肉", 1200, 3), dish("青菜", 300, null));
        var dishes = world.dishesOf(meal);
        world.book(world.asResident(world.resident()), chosen(meal, 2, false, new DishPortions(dishes.get(0), 2)));

        // when, then
        assertRefused(
                "dish_sold_out",
                () -> world.book(
                        world.asResident(world.resident()),
                        chosen(meal, 2, false, new DishPortions(dishes.get(0), 2))));
        world.book(world.asResident(world.resident()), chosen(meal, new DishPortions(dishes.get(0), 1)));
        world.book(world.asResident(world.resident()), chosen(meal, 4, false, new DishPortions(dishes.get(1), 4)));
        assertThat(world.mealRow(meal).dishes()).extracting(Dish::taken).containsExactly(3, 4);
    }

    @Test
    void theSetMealTakesEveryDish() {
        // given
        var meal = world.meal(world.canteen, Period.LUNCH, 10, dish("红烧肉", 1200, 2), dish("青菜", 300, null));
        world.book(world.asResident(world.resident()), order(meal, 2, false));

        // when, then
        assertRefused("dish_sold_out", () -> world.book(world.asResident(world.resident()), order(meal)));
    }

    @Test
    void noBookingBeforeTheOpeningNorFromTheCutoffOn() {
        // given
        var meal = world.lunch(10);
        var diner = world.asResident(world.resident());
        var opening = at(DAY.minusDays(7), "08:00");
        var cutoff = at(DAY, "10:30");

        // when, then
        assertRefused("meal_not_open", () -> world.book(diner, order(meal), opening.minusMillis(1)));
        assertRefused("cutoff_passed", () -> world.book(diner, order(meal), cutoff));
        assertThat(world.book(diner, order(meal), cutoff.minusMillis(1)).status())
                .isEqualTo(BookingStatus.BOOKED);
        assertThat(world.book(world.asResident(world.resident()), order(meal), opening)
                        .status())
                .isEqualTo(BookingStatus.BOOKED);
    }

    @Test
    void aCancelledOrClosedMealIsNotOpen() {
        // given
        var cancelled = world.lunch(10);
        world.tx(t -> world.node().meals().cancel(t, world.operator(), cancelled, null, "停电", BEFORE));
        world.openCanteens();
        var closed = world.lunch(10);
        world.closeMeal(closed);
        var diner = world.asResident(world.resident());

        // when, then
        assertRefused("meal_not_open", () -> world.book(diner, order(cancelled)));
        assertRefused("meal_not_open", () -> world.book(diner, order(closed)));
    }

    @Test
    void aDraftIsSeenByItsOperatorsOnly() {
        // given
        var asked = new NewMeal(DAY, Period.LUNCH, 5, null, null, null, 1000, List.of(), false);
        var draft = world.tx(t -> world.node().canteens().createMeal(t, world.district, world.canteen, asked, BEFORE));
        var diner = world.resident();

        // when, then
        assertRefused("not_found", () -> world.book(world.asResident(diner), order(draft)));
        assertRefused("meal_not_open", () -> world.book(world.operator(), orderFor(diner, draft)));
        assertRefused("not_found", () -> world.book(world.asResident(diner), order(Ids.next())));
    }

    @Test
    void deliveryOnlyWhereOfferedAndWithAnAddress() {
        // given
        var here = world.lunch(10);
        var there = world.meal(world.otherCanteen, Period.LUNCH, 10, dish("面", 900, null));
        var diner = world.asResident(world.resident());

        // when
        var booking = world.book(diner, delivered(here, "三号楼 201"));

        // then
        assertThat(world.seen(booking.id()).deliveryAddress()).isEqualTo("三号楼 201");
        assertRefused("delivery_not_offered", () -> world.book(diner, delivered(there, "三号楼 201")));
        assertRefused(
                "delivery_address_missing",
                () -> world.book(world.asResident(world.resident()), delivered(here, "  ")));
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        // given
        var meal = world.meal(world.otherCanteen, Period.LUNCH, 10, dish("面", 900, null));
        var dishId = world.dishesOf(meal).get(0);
        var unknown = Ids.next();
        var order = new BookingOrder(
                meal,
                null,
                Mode.DELIVERY,
                1,
                List.of(new DishPortions(dishId, 1), new DishPortions(unknown, 1), new DishPortions(dishId, 1)),
                null,
                false);

        // when, then
        assertThatThrownBy(() -> world.book(world.asResident(world.resident()), order))
                .isInstanceOfSatisfying(
                        Refusal.RuleBroken.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::pointer)
                                .containsExactly("/mode", "/deliveryAddress", "/dishes/1/dishId", "/dishes/2/dishId"));
    }

    @Test
    void whatCouldNeverBeServedIsRefusedAndDoesNotWait() {
        // given
        var meal = world.meal(world.canteen, Period.LUNCH, 3, dish("红烧肉", 1200, 1), dish("青菜", 300, null));
        var dishes = world.dishesOf(meal);
        var meat = new DishPortions(dishes.get(0), 2);
        var greens = new DishPortions(dishes.get(1), 3);

        // when, then: with places free, whether one would wait or not
        assertFaults(order(meal, 4, false), "/portions portions_above_capacity");
        assertFaults(order(meal, 4, true), "/portions portions_above_capacity");
        assertFaults(chosen(meal, greens), "/dishes/0/portions dish_portions_above_portions");
        assertFaults(
                chosen(meal, 1, true, meat, greens),
                "/dishes/0/portions dish_portions_above_portions",
                "/dishes/1/portions dish_portions_above_portions");
        assertFaults(order(meal, 2, true), "/portions portions_above_quota");
        assertFaults(chosen(meal, 3, true, greens, meat), "/dishes/1/portions portions_above_quota");
        assertRefused("dish_sold_out", () -> world.book(world.asResident(world.resident()), order(meal, 2, false)));
        assertThat(world.mealRow(meal).taken()).isZero();
        assertThat(world.mealRow(meal).waiting()).isZero();
        assertThat(world.book(world.asResident(world.resident()), chosen(meal, 3, false, greens))
                        .status())
                .isEqualTo(BookingStatus.BOOKED);
    }

    private static void assertFaults(BookingOrder order, String... faults) {
        assertThatThrownBy(() -> world.book(world.asResident(world.resident()), order))
                .isInstanceOfSatisfying(
                        Refusal.RuleBroken.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(fault -> fault.pointer() + " " + fault.code())
                                .containsExactly(faults));
    }

    // ---- who may ----

    @Test
    void theHolderOfAMandateBooksForWhoGaveIt() {
        // given
        var meal = world.lunch(10);
        var elder = world.resident();
        var child = world.resident();
        world.mandated(elder, child);

        // when
        var booking = world.book(world.asResident(child), orderFor(elder, meal));

        // then
        assertThat(booking.dinerId()).isEqualTo(elder);
        assertThat(booking.bookedById()).isEqualTo(child);
        assertRefused("forbidden", () -> world.book(world.asResident(elder), orderFor(child, meal)));
    }

    @Test
    void aGridMemberBooksForResidentsOfTheirPlace() {
        // given
        var meal = world.lunch(10);
        var neighbour = world.resident();
        world.housed(neighbour);
        var stranger = world.resident();
        var gridMember = world.asStaff(Role.GRID_MEMBER, Grant.Scope.PLACE, world.community);
        var elsewhere = world.asStaff(Role.GRID_MEMBER, Grant.Scope.PLACE, world.otherCommunity);

        // when
        var booking = world.book(gridMember, orderFor(neighbour, meal));

        // then
        assertThat(booking.bookedById()).isEqualTo(gridMember.personId());
        assertRefused("forbidden", () -> world.book(gridMember, orderFor(stranger, meal)));
        assertRefused("forbidden", () -> world.book(elsewhere, orderFor(neighbour, meal)));
    }

    @Test
    void anOperatorBooksForAnybodyAtTheirCanteen() {
        // given
        var here = world.lunch(10);
        var there = world.meal(world.otherCanteen, Period.LUNCH, 10, dish("面", 900, null));
        var diner = world.resident();

        // when
        var booking = world.book(world.operator(), orderFor(diner, here));

        // then
        assertThat(booking.dinerId()).isEqualTo(diner);
        assertRefused("forbidden", () -> world.book(world.operator(), orderFor(diner, there)));
        assertRefused("diner_unknown", () -> world.book(world.operator(), orderFor(Ids.next(), here)));
        assertRefused("diner_missing", () -> world.book(world.operator(), order(here)));
    }

    @Test
    void aBookingIsSeenByThoseItConcerns() {
        // given
        var meal = world.lunch(10);
        var elder = world.resident();
        var child = world.resident();
        world.mandated(elder, child);
        world.housed(elder);
        var booking = world.book(world.asResident(elder), order(meal)).id();
        var seers = List.of(
                world.asResident(elder),
                world.asResident(child),
                world.operator(),
                world.asStaff(Role.GRID_MEMBER, Grant.Scope.PLACE, world.compound));
        var others = List.of(
                world.asResident(world.resident()),
                world.asStaff(Role.CANTEEN_OPERATOR, Grant.Scope.CANTEEN, world.otherCanteen),
                world.asStaff(Role.GRID_MEMBER, Grant.Scope.PLACE, world.otherCommunity),
                // who settles the canteen's months reads sums
                world.asStaff(Role.SUPERVISOR, Grant.Scope.PLACE, world.community));

        // when, then
        assertThat(seers)
                .allSatisfy(caller -> assertThat(
                                world.read(c -> world.node().bookings().get(c, caller, booking))
                                        .dinerName())
                        .isEqualTo(caller.isResident() ? "张三" : "张**"));
        assertThat(others)
                .allSatisfy(caller -> assertRefused(
                        "not_found",
                        () -> world.read(c -> world.node().bookings().get(c, caller, booking))));
    }

    @Test
    void theListHasOnesOwnAndThoseOneActsFor() {
        // given
        var elder = world.resident();
        var child = world.resident();
        world.mandated(elder, child);
        var meal = world.lunch(10);
        var own = world.book(world.asResident(child), order(meal));
        var elders = world.book(world.asResident(elder), order(meal));
        world.book(world.asResident(world.resident()), order(meal));
        var all = new BookingStore.Filter(null, null, null);

        // when
        var first = world.read(c -> world.node().bookings().list(c, world.asResident(child), all, null, 1));
        var none = world.read(c -> world.node()
                .bookings()
                .list(
                        c,
                        world.asResident(child),
                        new BookingStore.Filter(BookingStatus.CANCELLED, null, null),
                        null,
                        10));
        var later = world.read(c -> world.node()
                .bookings()
                .list(c, world.asResident(child), new BookingStore.Filter(null, DAY.plusDays(1), null), null, 10));
        var eldersOwn = world.read(c -> world.node().bookings().list(c, world.asResident(elder), all, null, 10));

        // then
        assertThat(first.items()).extracting(BookingView::id).containsExactly(elders.id());
        assertThat(first.nextCursor()).isNotNull();
        assertThat(none.items()).isEmpty();
        assertThat(later.items()).isEmpty();
        assertThat(eldersOwn.items()).extracting(BookingView::id).containsExactly(elders.id());
        assertThat(own.id()).isNotEqualTo(elders.id());
    }

    // ---- the waitlist ----

    @Test
    void whatDoesNotFitWaitsIfAskedTo() {
        // given
        var meal = world.lunch(1);
        world.book(world.asResident(world.resident()), order(meal));

        // when
        var first = world.book(world.asResident(world.resident()), order(meal, 1, true));
        var second = world.book(world.asResident(world.resident()), order(meal, 1, true));

        // then
        assertThat(List.of(first, second)).extracting(Booking::status).containsOnly(BookingStatus.WAITLISTED);
        assertThat(List.of(first, second)).extracting(Booking::waitlistPosition).containsExactly(1, 2);
        assertThat(first.code()).isNull();
        assertThat(first.terms()).isNull();
        assertThat(world.seen(second.id()).waitlistPosition()).isEqualTo(2);
    }

    @Test
    void aFreedPlaceGoesToTheFirstThatFits() {
        // given
        var meal = world.lunch(2);
        var leaving = world.resident();
        var booking = world.book(world.asResident(leaving), order(meal, 1, false));
        world.book(world.asResident(world.resident()), order(meal, 1, false));
        var large = world.book(world.asResident(world.resident()), order(meal, 2, true));
        var small = world.book(world.asResident(world.resident()), order(meal, 1, true));
        var last = world.book(world.asResident(world.resident()), order(meal, 1, true));

        // when
        cancel(booking.id(), leaving);

        // then
        assertThat(world.seen(small.id()).status()).isEqualTo("booked");
        assertThat(world.seen(small.id()).code()).matches("[0-9]{6}");
        assertThat(world.seen(small.id()).priceFen()).isEqualTo(1200);
        assertThat(world.seen(large.id()).waitlistPosition()).isEqualTo(1);
        assertThat(world.seen(last.id()).waitlistPosition()).isEqualTo(2);
        assertThat(world.mealRow(meal).taken()).isEqualTo(2);
        assertThat(world.mealRow(meal).waiting()).isEqualTo(2);
    }

    @Test
    void severalMoveUpWhenSeveralPlacesAreFreed() {
        // given
        var meal = world.lunch(4);
        var leaving = world.resident();
        var booking = world.book(world.asResident(leaving), order(meal, 4, false));
        var waiting = world.residents(130, null).stream()
                .map(diner -> world.book(world.asResident(diner), order(meal, diner.hashCode() % 2 == 0 ? 1 : 2, true)))
                .toList();
        var expected = new ArrayList<UUID>();
        int room = 4;
        for (var each : waiting) {
            if (each.portions() <= room) {
                expected.add(each.id());
                room -= each.portions();
            }
        }

        // when
        cancel(booking.id(), leaving);

        // then
        assertThat(waiting)
                .filteredOn(each -> world.seen(each.id()).status().equals("booked"))
                .extracting(Booking::id)
                .containsExactlyElementsOf(expected);
    }

    @Test
    void aSoldOutDishIsWaitedForToo() {
        // given
        var meal = world.meal(world.canteen, Period.LUNCH, 10, dish("红烧肉", 1200, 1), dish("青菜", 300, null));
        var meat = new DishPortions(world.dishesOf(meal).get(0), 1);
        var leaving = world.resident();
        var booking = world.book(world.asResident(leaving), chosen(meal, meat));
        var waiting = world.book(
                world.asResident(world.resident()),
                new BookingOrder(meal, null, Mode.DINE_IN, 1, List.of(meat), null, true));

        // when
        cancel(booking.id(), leaving);

        // then
        assertThat(waiting.status()).isEqualTo(BookingStatus.WAITLISTED);
        assertThat(world.seen(waiting.id()).status()).isEqualTo("booked");
        assertThat(world.mealRow(meal).dishes()).extracting(Dish::taken).containsExactly(1, 0);
    }

    @Test
    void aWaitingOneWhoCancelsFreesNothing() {
        // given
        var meal = world.lunch(1);
        world.book(world.asResident(world.resident()), order(meal));
        var diner = world.resident();
        var waiting = world.book(world.asResident(diner), order(meal, 1, true));
        var next = world.book(world.asResident(world.resident()), order(meal, 1, true));

        // when
        cancel(waiting.id(), diner);

        // then
        assertThat(world.seen(next.id()).status()).isEqualTo("waitlisted");
        assertThat(world.seen(next.id()).waitlistPosition()).isEqualTo(1);
        assertThat(world.mealRow(meal).taken()).isEqualTo(1);
    }

    // ---- cancelling ----

    @Test
    void theDinersSideCancelsUntilTheCutoff() {
        // given
        var meal = world.lunch(10);
        var diner = world.asResident(world.resident());
        var booking = world.book(diner, order(meal)).id();
        var cutoff = at(DAY, "10:30");

        // when, then
        assertRefused("cutoff_passed", () -> world.cancel(diner, booking, null, cutoff));
        assertThat(world.cancel(diner, booking, "有事", cutoff.minusMillis(1)).status())
                .isEqualTo("cancelled");
        assertThat(world.seen(booking).cancelReason()).isEqualTo("有事");
    }

    @Test
    void theCanteenCancelsAtAnyTimeWithAReason() {
        // given
        var meal = world.lunch(10);
        var booking =
                world.book(world.asResident(world.resident()), order(meal)).id();

        // when, then
        assertRefused("reason_missing", () -> world.cancel(world.operator(), booking, null, CanteenWorld.LUNCHTIME));
        assertThat(world.cancel(world.operator(), booking, "缺料", CanteenWorld.LUNCHTIME)
                        .status())
                .isEqualTo("cancelled");
    }

    @Test
    void nobodyMovesUpAfterTheCutoff() {
        // given
        var meal = world.lunch(1);
        var booking =
                world.book(world.asResident(world.resident()), order(meal)).id();
        var waiting = world.book(world.asResident(world.resident()), order(meal, 1, true))
                .id();

        // when
        world.cancel(world.operator(), booking, "缺料", at(DAY, "10:30"));

        // then
        assertThat(world.seen(waiting).status()).isEqualTo("waitlisted");
    }

    @Test
    void onlyWhatStandsIsCancelled() {
        // given
        var meal = world.lunch(10);
        var diner = world.resident();
        var booking = world.book(world.asResident(diner), order(meal)).id();
        cancel(booking, diner);

        // when, then
        assertThatThrownBy(() -> cancel(booking, diner)).isInstanceOfSatisfying(Refusal.Conflict.class, refusal -> {
            assertThat(refusal.code()).isEqualTo("action_not_allowed");
            assertThat(refusal.extras()).containsEntry("bookingStatus", "cancelled");
        });
    }

    @Test
    void whoMayNotActForTheDinerDoesNotCancel() {
        // given
        var meal = world.lunch(10);
        var booking =
                world.book(world.asResident(world.resident()), order(meal)).id();
        var supervisor = world.asStaff(Role.SUPERVISOR, Grant.Scope.PLACE, world.community);

        // when, then
        assertRefused("not_found", () -> world.cancel(world.asResident(world.resident()), booking, null, BEFORE));
        assertRefused("not_found", () -> world.cancel(supervisor, booking, "?", BEFORE));
    }

    static BookingOrder orderFor(UUID diner, UUID meal) {
        return new BookingOrder(meal, diner, Mode.DINE_IN, 1, List.of(), null, false);
    }

    static BookingOrder chosen(UUID meal, DishPortions... dishes) {
        return chosen(meal, 1, false, dishes);
    }

    private static BookingOrder chosen(UUID meal, int portions, boolean joinWaitlist, DishPortions... dishes) {
        return new BookingOrder(meal, null, Mode.PICKUP, portions, List.of(dishes), null, joinWaitlist);
    }

    private static BookingOrder delivered(UUID meal, String address) {
        return new BookingOrder(meal, null, Mode.DELIVERY, 1, List.of(), address, false);
    }
}
