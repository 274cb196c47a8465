package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.canteen.BookingRulesTest.assertRefused;
import static org.huying.canteen.CanteenWorld.AFTER;
import static org.huying.canteen.CanteenWorld.BEFORE;
import static org.huying.canteen.CanteenWorld.DAY;
import static org.huying.canteen.CanteenWorld.LUNCHTIME;
import static org.huying.canteen.CanteenWorld.at;
import static org.huying.canteen.CanteenWorld.order;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 2 of the domain's rules: what happens at the counter. */
class CounterRulesTest {
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

    private static Booking booking(UUID meal) {
        return world.book(world.asResident(world.resident()), order(meal, 1, true));
    }

    private static BookingView byCode(UUID meal, String code, Instant now) {
        return world.tx(t -> world.node().counter().checkIn(t, world.operator(), meal, code, null, now));
    }

    private static BookingView byId(UUID meal, UUID booking, Instant now) {
        return world.tx(t -> world.node().counter().checkIn(t, world.operator(), meal, null, booking, now));
    }

    private static BookingView correct(UUID booking, Instant now) {
        return world.tx(t -> world.node().counter().correct(t, world.operator(), booking, now));
    }

    @Test
    void theCodeServesOnce() {
        // given
        var meal = world.lunch(5);
        var booking = booking(meal);
        var code = Objects.requireNonNull(booking.code());

        // when
        var served = byCode(meal, code, LUNCHTIME);

        // then
        assertThat(served.status()).isEqualTo("served");
        assertThat(served.servedAt()).isEqualTo(LUNCHTIME);
        assertThat(served.dinerName()).isEqualTo("张**");
        assertThatThrownBy(() -> byCode(meal, code, AFTER)).isInstanceOfSatisfying(Refusal.Conflict.class, refusal -> {
            assertThat(refusal.code()).isEqualTo("already_served");
            assertThat(refusal.extras()).containsEntry("servedAt", LUNCHTIME.toString());
        });
    }

    @Test
    void twoOperatorsAtOnceServeOnce() {
        // given
        var meal = world.lunch(5);
        var booking = booking(meal);

        // when
        var answers = Stream.generate(() -> world.node()
                        .database()
                        .inTransaction(t -> world.node()
                                .counter()
                                .checkIn(t, world.operator(), meal, null, booking.id(), LUNCHTIME)))
                .limit(8)
                .map(future -> future.map("served").recover(e -> Future.succeededFuture(((Refusal) e).code())))
                .toList();

        // then
        assertThat(answers.stream().map(CanteenWorld::wait))
                .containsOnlyOnce("served")
                .filteredOn(answer -> !answer.equals("served"))
                .hasSize(7)
                .containsOnly("already_served");
    }

    @Test
    void theBookingServesThoseWithoutAPhone() {
        // given
        var meal = world.lunch(5);
        var booking = booking(meal).id();
        world.tx(t -> world.node().counter().confirm(t, world.operator(), booking, BEFORE));

        // when
        var served = byId(meal, booking, LUNCHTIME);

        // then
        assertThat(served.status()).isEqualTo("served");
    }

    @Test
    void codesAndBookingsOfOtherMealsAreUnknown() {
        // given
        var meal = world.lunch(5);
        var other = world.meal(world.canteen, DAY, Period.DINNER, 5, 900);
        var booking = booking(meal);
        var unused = Objects.equals(booking.code(), "000000") ? "000001" : "000000";

        // when, then
        assertRefused("code_unknown", () -> byCode(meal, unused, LUNCHTIME));
        assertRefused("code_unknown", () -> byCode(other, Objects.requireNonNull(booking.code()), LUNCHTIME));
        assertRefused("not_found", () -> byId(other, booking.id(), LUNCHTIME));
    }

    @Test
    void onlyOnTheMealsDayAndUntilItCloses() {
        // given
        var meal = world.lunch(5);
        var booking = booking(meal).id();

        // when, then
        assertRefused("not_meal_day", () -> byId(meal, booking, at(DAY, "00:00").minusMillis(1)));
        assertRefused("not_meal_day", () -> byId(meal, booking, at(DAY.plusDays(1), "00:00")));
        assertRefused("action_not_allowed", () -> byId(meal, booking, at(DAY, "23:59")));
        world.closeMeal(meal);
        assertRefused("action_not_allowed", () -> byId(meal, booking, LUNCHTIME));
    }

    @Test
    void whatIsNotBookedIsNotServed() {
        // given
        var meal = world.lunch(1);
        var first = world.resident();
        var cancelled = world.book(world.asResident(first), order(meal)).id();
        world.cancel(world.asResident(first), cancelled, null, BEFORE);
        booking(meal);
        var waiting = booking(meal).id();

        // when, then
        assertRefused("action_not_allowed", () -> byId(meal, cancelled, LUNCHTIME));
        assertRefused("action_not_allowed", () -> byId(meal, waiting, LUNCHTIME));
    }

    @Test
    void aNoShowIsCorrectedUntilTheEndOfTheNextDay() {
        // given
        var meal = world.lunch(5);
        var came = booking(meal).id();
        var tooLate = booking(meal).id();
        world.closeMeal(meal);
        var end = at(DAY.plusDays(2), "00:00");

        // when
        var corrected = correct(came, end.minusMillis(1));

        // then
        assertThat(corrected.status()).isEqualTo("served");
        assertRefused("correction_closed", () -> correct(tooLate, end));
        assertRefused("already_served", () -> correct(came, AFTER));
    }

    @Test
    void onlyANoShowIsCorrected() {
        // given
        var booking = booking(world.lunch(5)).id();

        // when, then
        assertRefused("action_not_allowed", () -> correct(booking, LUNCHTIME));
    }

    @Test
    void theKitchenTakesInOneOrAll() {
        // given
        var meal = world.lunch(3);
        var one = booking(meal).id();
        var others = List.of(booking(meal).id(), booking(meal).id());
        var waiting = booking(meal).id();

        // when
        var confirmed = world.tx(t -> world.node().counter().confirm(t, world.operator(), one, BEFORE));
        var rest = world.tx(t -> world.node().counter().confirmAll(t, world.operator(), meal, null, BEFORE));

        // then
        assertThat(confirmed.status()).isEqualTo("confirmed");
        assertThat(rest).isEqualTo(2);
        assertThat(others).allSatisfy(id -> assertThat(world.seen(id).status()).isEqualTo("confirmed"));
        assertThat(world.seen(waiting).status()).isEqualTo("waitlisted");
        assertRefused(
                "action_not_allowed",
                () -> world.tx(t -> world.node().counter().confirm(t, world.operator(), one, BEFORE)));
    }

    @Test
    void theCanteensOwnOperatorsOnly() {
        // given
        var diner = world.resident();
        var meal = world.lunch(5);
        var booking = world.book(world.asResident(diner), order(meal)).id();
        var self = world.asResident(diner);
        var stranger = world.asResident(world.resident());

        // when, then
        assertRefused("forbidden", () -> world.tx(t -> world.node().counter().confirm(t, self, booking, BEFORE)));
        assertRefused(
                "forbidden",
                () -> world.tx(t -> world.node().counter().checkIn(t, self, meal, null, booking, LUNCHTIME)));
        assertRefused("forbidden", () -> world.tx(t -> world.node().counter().confirmAll(t, self, meal, null, BEFORE)));
        assertRefused("not_found", () -> world.tx(t -> world.node().counter().confirm(t, stranger, booking, BEFORE)));
    }

    @Test
    void theListOfAMealIsInOrderOfArrivalWithNames() {
        // given
        var meal = world.lunch(2);
        var ids = List.of(booking(meal).id(), booking(meal).id(), booking(meal).id());

        // when
        var all = world.read(c -> world.node().counter().list(c, world.operator(), meal, null, null, 10));
        var waiting = world.read(
                c -> world.node().counter().list(c, world.operator(), meal, BookingStatus.WAITLISTED, null, 10));
        var first = world.read(c -> world.node().counter().list(c, world.operator(), meal, null, null, 2));

        // then
        assertThat(all.items()).extracting(BookingView::id).containsExactlyElementsOf(ids);
        assertThat(all.items()).extracting(BookingView::dinerName).containsOnly("张**");
        assertThat(waiting.items()).extracting(BookingView::id).containsExactly(ids.get(2));
        assertThat(first.items()).hasSize(2);
        assertThat(first.nextCursor()).isNotNull();
    }
}
