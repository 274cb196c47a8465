package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.canteen.CanteenWorld.BEFORE;
import static org.huying.canteen.CanteenWorld.DAY;
import static org.huying.canteen.CanteenWorld.dish;
import static org.huying.canteen.CanteenWorld.order;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.canteen.admin.SubsidyPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 2 of the domain's rules: price and subsidy. The policy: 3 yuan from 60, 5 from 76, 9 from 90 on. */
class SubsidyTest {
    private static final LocalDate SEVENTY = DAY.minusYears(70);

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

    private static Terms terms(UUID diner, BookingOrder order) {
        return Objects.requireNonNull(world.book(world.asResident(diner), order).terms());
    }

    private static int subsidyOf(UUID diner, UUID meal) {
        return terms(diner, order(meal)).subsidyFen();
    }

    @Test
    void theSetMealCostsItsPriceOrElseTheSumOfItsDishes() {
        // given
        var priced =
                world.meal(world.canteen, DAY, Period.LUNCH, 9, 1500, dish("红烧肉", 1200, null), dish("汤", 400, null));
        var unpriced = world.meal(world.canteen, Period.DINNER, 9, dish("红烧肉", 1200, null), dish("汤", 400, null));
        var diner = world.resident();

        // when, then
        assertThat(terms(diner, order(priced, 2, false)).priceFen()).isEqualTo(3000);
        assertThat(terms(diner, order(unpriced, 2, false)).priceFen()).isEqualTo(3200);
    }

    @Test
    void chosenDishesCostWhatTheyCost() {
        // given
        var meal = world.meal(world.canteen, DAY, Period.LUNCH, 9, 1500, dish("红烧肉", 1200, null), dish("汤", 400, null));
        var dishes = world.dishesOf(meal);
        var order = new BookingOrder(
                meal,
                null,
                Mode.DINE_IN,
                3,
                List.of(new DishPortions(dishes.get(0), 1), new DishPortions(dishes.get(1), 3)),
                null,
                false);

        // when
        var terms = terms(world.resident(SEVENTY), order);

        // then
        assertThat(terms.priceFen()).isEqualTo(2400);
        assertThat(terms.subsidyFen()).isEqualTo(300);
        assertThat(terms.payableFen()).isEqualTo(2100);
    }

    @Test
    void theBandIsThatOfTheAgeOnTheMealsDay() {
        // given
        var meal = world.lunch(20);

        // when, then
        assertThat(subsidyOf(world.resident(DAY.minusYears(60).plusDays(1)), meal))
                .isZero();
        assertThat(subsidyOf(world.resident(DAY.minusYears(60)), meal)).isEqualTo(300);
        assertThat(subsidyOf(world.resident(DAY.minusYears(76).plusDays(1)), meal))
                .isEqualTo(300);
        assertThat(subsidyOf(world.resident(DAY.minusYears(76)), meal)).isEqualTo(500);
        assertThat(subsidyOf(world.resident(DAY.minusYears(101)), meal)).isEqualTo(900);
        assertThat(terms(world.resident(DAY.minusYears(76)), order(meal)).band())
                .isEqualTo(new SubsidyBand(76, 89, 500));
    }

    @Test
    void onlyFromAVerifiedBirthDate() {
        // given
        var meal = world.lunch(20);
        var unverified = world.resident(SEVENTY);
        world.sql("UPDATE resident SET birth_date_verified = false WHERE id = $1", unverified);

        // when, then
        assertThat(subsidyOf(unverified, meal)).isZero();
        assertThat(subsidyOf(world.resident(), meal)).isZero();
    }

    @Test
    void theDinersAgeNeverTheProxys() {
        // given
        var meal = world.lunch(20);
        var elder = world.resident(SEVENTY);
        var child = world.resident(DAY.minusYears(40));
        world.mandated(elder, child);
        world.mandated(child, elder);

        // when
        var forElder = world.book(world.asResident(child), BookingRulesTest.orderFor(elder, meal));
        var forChild = world.book(world.asResident(elder), BookingRulesTest.orderFor(child, meal));

        // then
        assertThat(Objects.requireNonNull(forElder.terms()).subsidyFen()).isEqualTo(300);
        assertThat(Objects.requireNonNull(forChild.terms()).subsidyFen()).isZero();
    }

    @Test
    void onePortionOnlyAndNeverMoreThanItCosts() {
        // given
        var lunch = world.meal(world.canteen, DAY, Period.LUNCH, 20, 700);
        var dinner = world.meal(world.canteen, DAY, Period.DINNER, 20, 701);
        var ninety = world.resident(DAY.minusYears(90));

        // when, then
        assertThat(terms(ninety, order(lunch, 3, false)).subsidyFen()).isEqualTo(700);
        assertThat(terms(ninety, order(dinner, 1, false)).payableFen()).isZero();
    }

    @Test
    void lunchAndDinnerButNotBreakfast() {
        // given
        var diner = world.resident(SEVENTY);
        var breakfast = world.meal(world.canteen, DAY, Period.BREAKFAST, 9, 600);
        var dinner = world.meal(world.canteen, DAY, Period.DINNER, 9, 600);

        // when, then
        assertThat(terms(diner, order(world.lunch(9))).subsidyFen()).isEqualTo(300);
        assertThat(terms(diner, order(dinner)).subsidyFen()).isEqualTo(300);
        var early = world.book(world.asResident(diner), order(breakfast), BEFORE.minusSeconds(3600));
        assertThat(Objects.requireNonNull(early.terms()).subsidyFen()).isZero();
    }

    @Test
    void onceForEachDateAndPeriodAcrossAllCanteens() {
        // given
        var here = world.lunch(9);
        var there = world.meal(world.otherCanteen, Period.LUNCH, 9, dish("面", 900, null));
        var diner = world.resident(SEVENTY);
        var first = world.book(world.asResident(diner), order(here));
        var second = world.book(world.asResident(diner), order(there));

        // when
        world.cancel(world.asResident(diner), first.id(), null, BEFORE);
        var third = world.book(world.asResident(diner), order(here));

        // then
        assertThat(Stream.of(first, second, third)
                        .map(b -> Objects.requireNonNull(b.terms()).subsidyFen()))
                .containsExactly(300, 0, 300);
    }

    @Test
    void atTwoCanteensAtOnceItIsStillOnce() {
        // given
        var here = world.lunch(200);
        var there = world.meal(world.otherCanteen, Period.LUNCH, 200, dish("面", 900, null));
        var diners = world.residents(100, SEVENTY);
        var other = world.node(4);

        // when
        var answers = diners.stream()
                .flatMap(diner -> Stream.of(
                        world.node().funnel().submit(world.request(here, diner, 1, false)),
                        other.funnel().submit(world.request(there, diner, 1, false))))
                .toList();
        answers.forEach(CanteenWorld::wait);

        // then
        assertThat(subsidies(diners)).hasSize(100).allSatisfy(row -> {
            assertThat(row.getInteger("n")).isEqualTo(2);
            assertThat(row.getInteger("total")).isEqualTo(300);
        });
    }

    @Test
    void whoMovesUpHasTheSubsidyOfThatMoment() {
        // given
        var here = world.lunch(1);
        var there = world.meal(world.otherCanteen, Period.LUNCH, 9, dish("面", 900, null));
        var leaving = world.resident();
        var booking = world.book(world.asResident(leaving), order(here));
        var diner = world.resident(SEVENTY);
        var waiting = world.book(world.asResident(diner), order(here, 1, true));
        var elsewhere = world.book(world.asResident(diner), order(there));

        // when
        world.cancel(world.asResident(leaving), booking.id(), null, BEFORE);

        // then
        assertThat(Objects.requireNonNull(elsewhere.terms()).subsidyFen()).isEqualTo(300);
        assertThat(world.seen(waiting.id()).status()).isEqualTo("booked");
        assertThat(world.seen(waiting.id()).subsidyFen()).isZero();
    }

    @Test
    void movingUpWhileAnotherCanteenGivesTheSubsidyItIsStillOnce() {
        // given
        var here = world.lunch(1);
        var leaving = world.book(world.asResident(world.resident()), order(here));
        var diner = world.resident(SEVENTY);
        var waiting = world.book(world.asResident(diner), order(here, 1, true));
        var there = world.meal(world.otherCanteen, Period.LUNCH, 9, dish("面", 900, null));
        var elsewhere = world.book(world.asResident(diner), order(there)).id();
        world.sql("UPDATE booking SET subsidy_fen = 0, payable_fen = price_fen WHERE id = $1", elsewhere);
        var subsidising = CanteenWorld.wait(world.pool.getConnection());
        CanteenWorld.wait(subsidising.query("BEGIN").execute());
        CanteenWorld.wait(subsidising
                .preparedQuery("UPDATE booking SET subsidy_fen = 300, payable_fen = price_fen - 300 WHERE id = $1")
                .execute(Tuple.of(elsewhere)));

        // when
        var cancelled = world.node()
                .database()
                .inTransaction(t -> world.node().bookings().cancel(t, world.operator(), leaving.id(), "缺料", BEFORE));
        world.awaitBlocked();
        CanteenWorld.wait(subsidising.query("COMMIT").execute());
        CanteenWorld.wait(subsidising.close());

        // then
        assertThat(CanteenWorld.wait(cancelled).status()).isEqualTo("cancelled");
        assertThat(world.seen(waiting.id()).status()).isEqualTo("booked");
        assertThat(world.seen(waiting.id()).subsidyFen()).isZero();
    }

    /** For each diner how many bookings, and what they were given together. */
    private static List<Row> subsidies(List<UUID> diners) {
        return world.rows("""
                        SELECT sum(subsidy_fen)::int AS total, count(*)::int AS n FROM booking
                        WHERE diner_id = ANY ($1) AND status = 'booked' GROUP BY diner_id
                        """, (Object) diners.toArray(UUID[]::new)).toList();
    }

    @Test
    void aNewPolicyHoldsFromItsDayOnAndChangesNothingBooked() {
        // given
        var diner = world.resident(SEVENTY);
        var booked = world.book(world.asResident(diner), order(world.lunch(9)));
        var next = world.meal(world.canteen, DAY.plusDays(1), Period.LUNCH, 9, 1200);

        // when
        var policy = new SubsidyPolicy(world.canteen, DAY.plusDays(1), List.of(new SubsidyBand(60, null, 400)));
        world.tx(t -> world.register.setPolicy(t, world.district, policy));

        // then
        assertThat(subsidyOf(diner, next)).isEqualTo(400);
        assertThat(world.seen(booked.id()).subsidyFen()).isEqualTo(300);
        assertThat(subsidyOf(world.resident(SEVENTY), booked.mealId())).isEqualTo(300);
    }
}
