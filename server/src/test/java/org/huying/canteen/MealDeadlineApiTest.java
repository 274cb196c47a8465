package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.canteen.CanteenApi.at;
import static org.huying.canteen.CanteenApi.order;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 2: what a meal does by itself, and what missing it leads to. Each test plans days of its own. */
@Tag("long")
class MealDeadlineApiTest {
    private static final int DAYS_EACH = 10;

    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final CanteenApi CANTEEN = new CanteenApi(APP, 4);

    private LocalDate day = LocalDate.EPOCH;

    /** The clock only goes forward: over the days of the test before. */
    @BeforeEach
    void laterDays() {
        day = CANTEEN.day(DAYS_EACH);
        APP.clock().set(at(day, "08:00"));
    }

    /** Time passes, and what it owes is done. */
    private static void until(LocalDate date, String time) {
        APP.clock().set(at(date, time));
        APP.runJobs();
    }

    @Test
    void whoStillWaitsAtTheCutoffExpiresAndIsTold() {
        // given
        var meal = CANTEEN.publish(day, "lunch", 1);
        CANTEEN.book(APP.resident(1), order(meal));
        var waiting = CANTEEN.book(APP.resident(2), order(meal).put("joinWaitlist", true));

        // when
        until(day, "09:59");
        var before = CANTEEN.statusOf(waiting);
        until(day, "10:00");

        // then
        assertThat(before).isEqualTo("waitlisted");
        assertThat(CANTEEN.statusOf(waiting)).isEqualTo("expired");
        assertThat(APP.resident(2).get("/v1/notifications").items())
                .extracting(each -> each.getString("kind"))
                .contains("booking_expired");
        // A larger kitchen comes too late.
        CANTEEN.change(meal, new JsonObject().put("capacity", 5));
        assertThat(CANTEEN.statusOf(waiting)).isEqualTo("expired");
    }

    @Test
    void aMealClosesByItselfAtTheEndOfServing() {
        // given
        var meal = CANTEEN.publish(day, "lunch", 5);
        var came = CANTEEN.book(APP.resident(1), order(meal));
        var missed = CANTEEN.book(APP.resident(2), order(meal));
        until(day, "12:00");
        CANTEEN.checkIn(meal, came);

        // when
        until(day, "12:59");
        var before = CANTEEN.shown(meal, day).getString("status");
        until(day, "13:00");

        // then
        assertThat(before).isEqualTo("published");
        assertThat(CANTEEN.shown(meal, day).getString("status")).isEqualTo("closed");
        assertThat(CANTEEN.statusOf(came)).isEqualTo("served");
        assertThat(CANTEEN.statusOf(missed)).isEqualTo("no_show");
    }

    @Test
    void aMealThatWasGivenMoreTimeClosesThen() {
        // given
        var meal = CANTEEN.publish(day, "lunch", 5);
        CANTEEN.change(
                meal, new JsonObject().put("servingEndsAt", at(day, "14:00").toString()));

        // when
        until(day, "13:30");
        var before = CANTEEN.shown(meal, day).getString("status");
        until(day, "14:00");

        // then
        assertThat(before).isEqualTo("published");
        assertThat(CANTEEN.shown(meal, day).getString("status")).isEqualTo("closed");
    }

    @Test
    void aDraftPublishedLaterAlsoCloses() {
        // given
        var draft = CANTEEN.create(CANTEEN.meal(day, "dinner", 5).put("publish", false))
                .id()
                .toString();
        CANTEEN.operator().post("/v1/meals/" + draft + "/publish");

        // when
        until(day, "13:00");

        // then
        assertThat(CANTEEN.shown(draft, day).getString("status")).isEqualTo("closed");
    }

    // ---- care signal ----

    /** Books the diner's lunch of that day; a neighbour comes, so that the meal counts. */
    private Reply bookLunch(int diner, LocalDate date) {
        var meal = CANTEEN.publish(date, "lunch", 9);
        until(date, "09:00");
        var booking = CANTEEN.book(APP.resident(diner), order(meal));
        var neighbour = CANTEEN.book(APP.resident(30), order(meal));
        until(date, "12:00");
        CANTEEN.checkIn(meal, neighbour);
        return booking;
    }

    private void miss(int diner, LocalDate date) {
        bookLunch(diner, date);
        until(date, "13:00");
    }

    private void come(int diner, LocalDate date) {
        var booking = bookLunch(diner, date);
        CANTEEN.checkIn(booking.json().getString("mealId"), booking);
        until(date, "13:00");
    }

    private static long visitsTo(int diner) {
        return APP.resident(diner).get("/v1/tickets?limit=100").items().stream()
                .filter(each -> each.getString("serviceItemCode").equals("care-visit"))
                .count();
    }

    @Test
    void twoMealsMissedInARowByADinerOfSeventyOpenOneVisitForTheGrid() {
        // when
        miss(31, day);
        var afterOne = visitsTo(31);
        miss(31, day.plusDays(1));
        var visit = APP.resident(31).get("/v1/tickets?limit=100").items().get(0);
        miss(31, day.plusDays(2));

        // then
        assertThat(afterOne).isZero();
        assertThat(visitsTo(31)).isEqualTo(1);
        assertThat(visit.getString("channel")).isEqualTo("system");
        assertThat(visit.getJsonObject("responsibleOrg").getString("name")).contains("居民委员会");
        assertThat(APP.staff("grid-member-1")
                        .get("/v1/tickets/" + visit.getString("id"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aServedMealEndsTheStreakAndTheNextOneCountsAnew() {
        // when
        miss(32, day);
        come(32, day.plusDays(1));
        miss(32, day.plusDays(2));
        var broken = visitsTo(32);
        miss(32, day.plusDays(3));
        come(32, day.plusDays(4));
        miss(32, day.plusDays(5));
        miss(32, day.plusDays(6));

        // then
        assertThat(broken).isZero();
        assertThat(visitsTo(32)).isEqualTo(2);
    }

    @Test
    void theYoungAreNotVisited() {
        // when
        miss(2, day);
        miss(2, day.plusDays(1));

        // then
        assertThat(visitsTo(2)).isZero();
    }

    @Test
    void mealsAtWhichNobodyWasCheckedInDoNotCountUntilSomebodyWas() {
        // given
        var meal = CANTEEN.publish(day, "lunch", 9);
        CANTEEN.book(APP.resident(33), order(meal));
        var forgotten = CANTEEN.book(APP.resident(29), order(meal));
        until(day, "13:00");
        miss(33, day.plusDays(1));
        var before = visitsTo(33);

        // when
        APP.clock().set(at(day.plusDays(1), "20:00"));
        var corrected = CANTEEN.operator().post("/v1/bookings/" + forgotten.id() + "/serve");
        APP.runJobs();

        // then
        assertThat(before).isZero();
        assertThat(corrected.json().getString("status")).isEqualTo("served");
        assertThat(visitsTo(33)).isEqualTo(1);
    }
}
