package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.huying.http.Idempotency;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BookingFunnelTest {
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

    /** What became of all: a status, or the code of the refusal, and how often. */
    private static Map<String, Long> ends(List<Future<FunnelAnswer>> answers) {
        return answers.stream()
                .map(BookingFunnelTest::end)
                .map(CanteenWorld::wait)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static Future<String> end(Future<FunnelAnswer> answer) {
        return answer.map(made -> made instanceof FunnelAnswer.Made booked
                        ? booked.booking().status().code()
                        : "replayed")
                .recover(failure ->
                        Future.succeededFuture(failure instanceof Refusal refusal ? refusal.code() : "failed"));
    }

    private static BookingRequest keyed(UUID meal, UUID diner, String key, String body) {
        var request = world.request(meal, diner, 1, false);
        var claim = new Idempotency.Claim(
                new Idempotency.Key(world.district, diner, "createBooking", key), Buffer.buffer(body));
        return new BookingRequest(
                request.districtId(),
                request.mealId(),
                request.dinerId(),
                request.bookedById(),
                request.actsForDiner(),
                request.operatedCanteens(),
                request.mode(),
                request.portions(),
                request.dishes(),
                request.deliveryAddress(),
                request.joinWaitlist(),
                request.now(),
                claim,
                null);
    }

    @Test
    void twoHundredForFiftyPlacesGiveExactlyFifty() {
        // given
        var meal = world.lunch(50);
        var nodes = List.of(world.node(4), world.node(4), world.node());
        var diners = world.residents(200, null);

        // when
        var answers = IntStream.range(0, 200)
                .mapToObj(i -> nodes.get(i % 3).funnel().submit(world.request(meal, diners.get(i), 1, false)))
                .toList();

        // then
        assertThat(ends(answers)).containsEntry("booked", 50L).containsEntry("meal_full", 150L);
        assertThat(world.mealRow(meal).taken()).isEqualTo(50);
        assertThat(world.rows("SELECT DISTINCT code FROM booking WHERE meal_id = $1", meal))
                .hasSize(50);
    }

    @Test
    void bookingsOfAMealGoThroughOneFunnelOfTheRing() {
        // given
        var registry = new SimpleMeterRegistry();
        var ring = new FunnelRing(registry);
        var loops = List.of(world.node(4, ring), world.node(4, ring), world.node(4, ring));
        var meals =
                List.of(world.lunch(50), world.meal(world.canteen, Period.DINNER, 50, CanteenWorld.dish("汤", 1, null)));
        var diners = world.residents(200, null);

        // when
        var answers = IntStream.range(0, 200)
                .mapToObj(
                        i -> loops.get(i % 3).funnel().submit(world.request(meals.get(i % 2), diners.get(i), 1, false)))
                .toList();

        // then
        assertThat(ends(answers)).containsEntry("booked", 100L).containsEntry("meal_full", 100L);
        assertThat(registry.get("huying.bookings.batch.size").summary().totalAmount())
                .isEqualTo(200);
    }

    @Test
    void aFunnelThatClosesAnswersWhatItTookAndItsNeighbourGoesOn() {
        // given
        var ring = new FunnelRing(new SimpleMeterRegistry());
        var loops = List.of(world.node(4, ring), world.node(4, ring));
        var meal = world.lunch(200);
        var diners = world.residents(101, null);
        var owner = Objects.requireNonNull(ring.of(meal));
        var other = loops.stream()
                .map(CanteenWorld.Node::funnel)
                .filter(funnel -> funnel != owner)
                .findFirst()
                .orElseThrow();
        var taken = diners.subList(0, 100).stream()
                .map(diner -> other.submit(world.request(meal, diner, 1, false)))
                .toList();

        // when
        CanteenWorld.wait(owner.close());

        // then
        assertThat(ends(taken)).containsOnlyKeys("booked");
        assertThat(ends(List.of(owner.submit(world.request(meal, diners.get(100), 1, false)))))
                .containsOnlyKeys("booked");
        CanteenWorld.wait(other.close());
        assertThat(ends(List.of(owner.submit(world.request(meal, diners.get(100), 1, false)))))
                .containsOnlyKeys("shutting_down");
    }

    @Test
    void arrivalsAreNumberedInTheOrderOfTheRequests() {
        // given
        var meal = world.lunch(5);
        var diners = world.residents(40, null);

        // when
        var answers = diners.stream()
                .map(diner -> world.node().funnel().submit(world.request(meal, diner, 1, true)))
                .toList();

        // then
        assertThat(answers.stream()
                        .map(CanteenWorld::wait)
                        .map(answer -> ((FunnelAnswer.Made) answer).booking().arrival()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 40).mapToObj(Long::valueOf).toList());
    }

    @Test
    void oneDinerManyTimesAtOnceIsBookedOnce() {
        // given
        var meal = world.lunch(50);
        var diner = world.resident();
        var other = world.node(4);

        // when
        var answers = IntStream.range(0, 40)
                .mapToObj(
                        i -> (i % 2 == 0 ? world.node() : other).funnel().submit(world.request(meal, diner, 1, false)))
                .toList();

        // then
        assertThat(ends(answers)).containsEntry("booked", 1L).containsEntry("already_booked", 39L);
    }

    @Test
    void whatPoisonsABatchFailsAlone() {
        // given
        var meal = world.lunch(100);
        var diners = world.residents(60, LocalDate.of(1950, 1, 1));
        world.sql("UPDATE resident SET birth_date_sealed = 'damaged' WHERE id = $1", diners.get(59));

        // when
        var answers = diners.stream()
                .map(diner -> world.node().funnel().submit(world.request(meal, diner, 1, false)))
                .toList();

        // then
        assertThat(ends(answers)).containsEntry("booked", 59L).containsEntry("failed", 1L);
        assertNoTransactionIsOpen();
        assertThat(world.mealRow(meal).taken()).isEqualTo(59);
    }

    @Test
    void aFullQueueSaysSoAtOnceAndRecovers() {
        // given
        var meal = world.lunch(100_000);
        var diners = world.residents(BookingFunnel.MAX_QUEUED + 1000, null);
        var node = world.node(4);

        // when
        var answers = new ArrayList<Future<FunnelAnswer>>();
        diners.forEach(diner -> answers.add(node.funnel().submit(world.request(meal, diner, 1, false))));
        var otherDistrict = end(node.funnel().submit(ofAnotherDistrict(world.request(meal, diners.get(0), 1, false))));
        var whileFull = node.funnel().isAccepting();
        var ends = ends(answers);

        // then
        assertThat(ends.keySet()).containsExactlyInAnyOrder("booked", "bookings_busy");
        assertThat(ends.get("booked")).isGreaterThanOrEqualTo(BookingFunnel.MAX_QUEUED_OF_A_DISTRICT);
        // one full funnel does not put the node out of order, nor its other districts
        assertThat(whileFull).isTrue();
        assertThat(CanteenWorld.wait(otherDistrict)).isEqualTo("not_found");
        assertThat(ends(List.of(node.funnel().submit(world.request(meal, world.resident(), 1, false)))))
                .containsOnlyKeys("booked");
    }

    private static BookingRequest ofAnotherDistrict(BookingRequest same) {
        return new BookingRequest(
                Ids.next(),
                same.mealId(),
                same.dinerId(),
                same.bookedById(),
                same.actsForDiner(),
                same.operatedCanteens(),
                same.mode(),
                same.portions(),
                same.dishes(),
                same.deliveryAddress(),
                same.joinWaitlist(),
                same.now(),
                same.claim(),
                null);
    }

    @Test
    void aKeyGivesTheFirstAnswerAgain() {
        // given
        var meal = world.lunch(50);
        var diner = world.resident();
        var first = CanteenWorld.wait(world.node().funnel().submit(keyed(meal, diner, "k", "a")));

        // when
        var again = CanteenWorld.wait(world.node().funnel().submit(keyed(meal, diner, "k", "a")));
        var other = end(world.node().funnel().submit(keyed(meal, diner, "k", "b")));

        // then
        var body = new JsonObject(((FunnelAnswer.Replayed) again).answer().body());
        assertThat(body.getString("id"))
                .isEqualTo(((FunnelAnswer.Made) first).booking().id().toString());
        assertThat(CanteenWorld.wait(other)).isEqualTo("idempotency_key_reused");
        assertThat(world.mealRow(meal).taken()).isEqualTo(1);
    }

    @Test
    void aRefusalLeavesTheKeyFree() {
        // given
        var meal = world.lunch(1);
        var leaving = world.resident();
        var booking = world.book(world.asResident(leaving), CanteenWorld.order(meal));
        var diner = world.resident();
        var refused = CanteenWorld.wait(end(world.node().funnel().submit(keyed(meal, diner, "k", "a"))));
        world.cancel(world.asResident(leaving), booking.id(), null, CanteenWorld.BEFORE);

        // when
        var again = CanteenWorld.wait(end(world.node().funnel().submit(keyed(meal, diner, "k", "a"))));

        // then
        assertThat(refused).isEqualTo("meal_full");
        assertThat(again).isEqualTo("booked");
    }

    @Test
    void oneKeyManyTimesAtOnceBooksOnce() {
        // given
        var meal = world.lunch(50);
        var diner = world.resident();

        // when
        var answers = IntStream.range(0, 20)
                .mapToObj(i -> world.node().funnel().submit(keyed(meal, diner, "k", "a")))
                .toList();

        // then
        assertThat(ends(answers)).containsEntry("booked", 1L).containsEntry("replayed", 19L);
    }

    @Test
    void lookUpsGoThroughTheirIndexAlsoWhenThePlannerKnowsNothingYet() {
        // given
        var meal = world.lunch(100_000);
        var diners = world.residents(3000, null);
        diners.forEach(diner -> world.node().funnel().submit(world.request(meal, diner, 1, false)));
        CanteenWorld.wait(world.node().funnel().submit(world.request(meal, world.resident(), 1, false)));
        var seats = List.of(
                "'" + world.district + "'", "array['" + meal + "'::uuid]", "array['" + diners.get(0) + "'::uuid]");
        var codes = List.of("'" + world.district + "'", "array['" + meal + "'::uuid]", "array['000000']");

        // when
        var plans = List.of(plan(LedgerSql.SEATS, seats), plan(LedgerSql.USED_CODES, codes));

        // then
        assertThat(plans.get(0))
                .contains("booking_once_per_diner", "(meal_id = ", "booking_subsidy_once", "(date = ")
                .doesNotContain("Seq Scan on booking");
        assertThat(plans.get(1)).contains("booking_code_once", "(code = ").doesNotContain("Seq Scan on booking");
    }

    private static String plan(String statement, List<String> values) {
        var text = statement;
        for (int i = 0; i < values.size(); i++) {
            text = text.replace("$" + (i + 1), values.get(i));
        }
        return world.rows("EXPLAIN " + text).map(row -> row.getString(0)).collect(Collectors.joining("\n"));
    }

    private static void assertNoTransactionIsOpen() {
        assertThat(world.rows("""
                        SELECT state FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in%'
                        """)).isEmpty();
    }
}
