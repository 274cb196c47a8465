package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.canteen.CanteenApi.at;
import static org.huying.canteen.CanteenApi.dish;
import static org.huying.canteen.CanteenApi.order;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 2, changing a meal: what is booked stays right. Each test plans a day of its own. */
class MealChangeApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final CanteenApi CANTEEN = new CanteenApi(APP, 4);

    private static final String UNKNOWN = "018f3c5e-7a10-7000-8000-00000000dead";

    private static int daysUsed;

    private LocalDate day = LocalDate.EPOCH;

    /** The class may run more than once in one JVM, on other days. */
    @BeforeAll
    static void fromTheFirstDayOn() {
        daysUsed = 0;
    }

    @BeforeEach
    void anotherDay() {
        daysUsed += 1;
        day = CANTEEN.day(7 + daysUsed);
    }

    private String lunch(int capacity) {
        return CANTEEN.publish(day, "lunch", capacity);
    }

    private static JsonObject capacity(int capacity) {
        return new JsonObject().put("capacity", capacity);
    }

    private static JsonObject dishes(JsonObject... dishes) {
        var array = new JsonArray();
        for (var each : dishes) {
            array.add(each);
        }
        return new JsonObject().put("dishes", array);
    }

    private JsonObject onlyDish(String meal) {
        return CANTEEN.shown(meal, day).getJsonArray("dishes").getJsonObject(0);
    }

    @Test
    void raisingTheCapacityPromotesInOrderOfArrival() {
        // given
        var meal = lunch(3);
        CANTEEN.book(APP.resident(1), order(meal).put("portions", 3));
        var large = CANTEEN.book(APP.resident(2), order(meal).put("portions", 3).put("joinWaitlist", true));
        var first = CANTEEN.book(APP.resident(3), order(meal).put("joinWaitlist", true));
        var second = CANTEEN.book(APP.resident(4), order(meal).put("joinWaitlist", true));

        // when
        var changed = CANTEEN.change(meal, capacity(5));

        // then: one too large keeps its position and blocks nobody
        assertThat(changed.json().getInteger("remaining")).isZero();
        assertThat(CANTEEN.statusOf(first)).isEqualTo("booked");
        assertThat(CANTEEN.statusOf(second)).isEqualTo("booked");
        var waiting = APP.resident(2).get("/v1/bookings/" + large.id()).json();
        assertThat(waiting.getString("status")).isEqualTo("waitlisted");
        assertThat(waiting.getInteger("waitlistPosition")).isEqualTo(1);
    }

    @Test
    void thePromotedAreTold() {
        // given
        var meal = lunch(1);
        CANTEEN.book(APP.resident(1), order(meal));
        var waiting = CANTEEN.book(APP.resident(21), order(meal).put("joinWaitlist", true));

        // when
        CANTEEN.change(meal, capacity(2));
        APP.runJobs();
        APP.runJobs();

        // then
        var told = APP.resident(21).get("/v1/notifications").items();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).getString("kind")).isEqualTo("booking_promoted");
        assertThat(told.get(0).getString("subjectId")).isEqualTo(waiting.id().toString());
        assertThat(told.get(0).getString("text")).contains(day.toString(), "午餐");
    }

    @Test
    void theCapacityDoesNotGoBelowWhatIsTaken() {
        // given
        var meal = lunch(5);
        CANTEEN.book(APP.resident(1), order(meal).put("portions", 3));

        // when
        var refused = CANTEEN.change(meal, capacity(2));
        var changed = CANTEEN.change(meal, capacity(3));

        // then
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("capacity_below_taken");
        assertThat(refused.json().getInteger("taken")).isEqualTo(3);
        assertThat(changed.json().getInteger("remaining")).isZero();
    }

    @Test
    void aQuotaGoesUpAndPromotesAndNotBelowWhatIsTaken() {
        // given
        var meal = CANTEEN.create(CANTEEN.meal(day, "lunch", 9)
                        .put("dishes", new JsonArray().add(dish("鱼", 1500).put("quota", 1))))
                .id()
                .toString();
        CANTEEN.book(APP.resident(1), order(meal));
        var waiting = CANTEEN.book(APP.resident(2), order(meal).put("joinWaitlist", true));
        var fish = dish("鱼", 1500).put("id", onlyDish(meal).getString("id"));

        // when
        var refused = CANTEEN.change(meal, dishes(fish.copy().put("quota", 0)));
        var raised = CANTEEN.change(meal, dishes(fish.copy().put("quota", 2)));

        // then
        assertThat(refused.code()).isEqualTo("quota_below_taken");
        assertThat(raised.status()).as(raised.text()).isEqualTo(200);
        assertThat(CANTEEN.statusOf(waiting)).isEqualTo("booked");
        assertThat(onlyDish(meal).getInteger("remaining")).isZero();
    }

    @Test
    void aNewPriceIsForThoseWhoBookFromNowOn() {
        // given
        var meal = lunch(5);
        var before = CANTEEN.book(APP.resident(1), order(meal));

        // when
        CANTEEN.change(meal, new JsonObject().put("priceFen", 500));

        // then
        var after = CANTEEN.book(APP.resident(2), order(meal));
        assertThat(CANTEEN.operator().get("/v1/bookings/" + before.id()).json().getInteger("priceFen"))
                .isEqualTo(800);
        assertThat(after.json().getInteger("priceFen")).isEqualTo(500);
        assertThat(CANTEEN.change(meal, new JsonObject().putNull("priceFen"))
                        .json()
                        .getInteger("priceFen"))
                .isNull();
    }

    @Test
    void aDishThatWasChosenStaysAndOthersComeAndGo() {
        // given
        var meal = CANTEEN.create(CANTEEN.meal(day, "lunch", 9)
                        .put("dishes", new JsonArray().add(dish("鱼", 1500)).add(dish("青菜", 300))))
                .id()
                .toString();
        var shown = CANTEEN.shown(meal, day).getJsonArray("dishes");
        var fish = shown.getJsonObject(0).getString("id");
        var greens = shown.getJsonObject(1).getString("id");
        CANTEEN.book(
                APP.resident(1),
                order(meal)
                        .put(
                                "dishes",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("dishId", fish)
                                                .put("portions", 1))));

        // when
        var withoutFish = CANTEEN.change(meal, dishes(dish("青菜", 300).put("id", greens)));
        var withSoup =
                CANTEEN.change(meal, dishes(dish("汤", 200), dish("清蒸鱼", 1600).put("id", fish)));

        // then
        assertThat(withoutFish.code()).isEqualTo("dish_booked");
        assertThat(withoutFish.json().getString("dishId")).isEqualTo(fish);
        assertThat(withSoup.json().getJsonArray("dishes").stream().map(each -> ((JsonObject) each).getString("name")))
                .containsExactly("汤", "清蒸鱼");
    }

    @Test
    void aNewDishOfASetMealIsTakenByThoseWhoBookedTheSet() {
        // given
        var meal = lunch(9);
        CANTEEN.book(APP.resident(1), order(meal).put("portions", 2));
        var egg = dish("番茄鸡蛋", 800).put("id", onlyDish(meal).getString("id"));

        // when
        var tooFew = CANTEEN.change(meal, dishes(egg, dish("汤", 200).put("quota", 1)));
        var enough = CANTEEN.change(meal, dishes(egg, dish("汤", 200).put("quota", 5)));

        // then
        assertThat(tooFew.code()).isEqualTo("quota_below_taken");
        assertThat(enough.json().getJsonArray("dishes").getJsonObject(1).getInteger("remaining"))
                .isEqualTo(3);
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNothingIsChanged() {
        // given
        var meal = lunch(9);
        var change = dishes(dish("汤", 200).put("id", UNKNOWN))
                .put("cutoffAt", at(day, "14:00").toString())
                .put("capacity", 3);

        // when
        var refused = CANTEEN.change(meal, change);

        // then
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.faults()).containsExactly("/servingEndsAt", "/dishes/0/id");
        assertThat(CANTEEN.shown(meal, day).getInteger("capacity")).isEqualTo(9);
    }

    @Test
    void othersDoNotChangeAMealAndWhatIsOverStaysAsItIs() {
        // given
        var meal = lunch(9);

        // then
        assertThat(APP.staff("canteen-operator-1")
                        .patch("/v1/meals/" + meal, capacity(3))
                        .status())
                .isEqualTo(403);
        assertThat(APP.resident(1).patch("/v1/meals/" + meal, capacity(3)).status())
                .isEqualTo(403);
        assertThat(APP.staff("far-supervisor")
                        .patch("/v1/meals/" + meal, capacity(3))
                        .status())
                .isEqualTo(404);
        CANTEEN.operator().post("/v1/meals/" + meal + "/cancel", new JsonObject().put("reason", "停电"));
        assertThat(CANTEEN.change(meal, capacity(3)).code()).isEqualTo("action_not_allowed");
    }

    @Test
    void aCancelledMealGivesItsPlaceFreeAndTellsThoseWhoBooked() {
        // given
        var meal = lunch(9);
        CANTEEN.book(APP.resident(22), order(meal));

        // when
        CANTEEN.operator().post("/v1/meals/" + meal + "/cancel", new JsonObject().put("reason", "停电"));
        APP.runJobs();

        // then
        assertThat(APP.resident(22).get("/v1/notifications?unread=true").items())
                .extracting(each -> each.getString("kind"))
                .containsExactly("booking_cancelled");
        assertThat(lunch(5)).isNotEqualTo(meal);
    }

    @Test
    void whoeverBookedHearsWhenSomebodyElseOnTheDinersSideCancels() {
        // given
        var meal = lunch(9);
        var gridMember = APP.staff("grid-member-1");
        var diner = APP.resident(1).get("/v1/me").json().getString("id");
        var booked = CANTEEN.book(gridMember, order(meal).put("dinerId", diner));

        // when
        APP.resident(1).post("/v1/bookings/" + booked.id() + "/cancel");
        APP.runJobs();

        // then
        assertThat(gridMember.get("/v1/notifications?unread=true").items())
                .extracting(each -> each.getString("kind"))
                .containsExactly("booking_withdrawn");
    }

    @Test
    void aWeekIsCopiedOntoTheNextAsDraftsAndWhatStandsThereStays() {
        // given
        var monday = CANTEEN.day(60).with(DayOfWeek.MONDAY);
        var lunch = CANTEEN.publish(monday.plusDays(2), "lunch", 7);
        CANTEEN.publish(monday.plusDays(6), "dinner", 8);
        var dropped = CANTEEN.publish(monday, "lunch", 9);
        CANTEEN.operator().post("/v1/meals/" + dropped + "/cancel", new JsonObject().put("reason", "停电"));
        CANTEEN.publish(monday.plusDays(13), "dinner", 5);

        // when
        var copied = copy(monday, monday.plusDays(7));
        var again = copy(monday, monday.plusDays(7));

        // then
        assertThat(copied.status()).as(copied.text()).isEqualTo(201);
        assertThat(copied.items()).hasSize(1);
        var draft = copied.items().get(0);
        assertThat(draft.getString("id")).isNotEqualTo(lunch);
        assertThat(draft.getString("status")).isEqualTo("draft");
        assertThat(draft.getString("date")).isEqualTo(monday.plusDays(9).toString());
        assertThat(draft.getInteger("capacity")).isEqualTo(7);
        assertThat(draft.getInstant("cutoffAt")).isEqualTo(at(monday.plusDays(9), "10:00"));
        assertThat(draft.getJsonArray("dishes")).hasSize(1);
        assertThat(copied.json().getJsonArray("skipped")).hasSize(1);
        assertThat(again.items()).isEmpty();
        assertThat(again.json().getJsonArray("skipped")).hasSize(2);
    }

    @Test
    void aWeekBeginsOnMondayAndIsNotCopiedOntoItself() {
        // given
        var monday = CANTEEN.day(60).with(DayOfWeek.MONDAY);

        // then
        assertThat(copy(monday.plusDays(1), monday.plusDays(1)).faults())
                .containsExactly("/path/monday", "/toMonday", "/toMonday");
        assertThat(APP.staff("canteen-operator-1")
                        .post(
                                "/v1/canteens/" + CANTEEN.id() + "/weeks/" + monday + "/copy",
                                new JsonObject()
                                        .put("toMonday", monday.plusDays(7).toString()))
                        .status())
                .isEqualTo(403);
    }

    private static Reply copy(LocalDate monday, LocalDate toMonday) {
        return CANTEEN.operator()
                .post(
                        "/v1/canteens/" + CANTEEN.id() + "/weeks/" + monday + "/copy",
                        new JsonObject().put("toMonday", toMonday.toString()));
    }
}
