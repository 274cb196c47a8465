package org.huying.canteen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.canteen.report.Desk.dish;
import static org.huying.canteen.report.Desk.dishes;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Section 2 of the domain's rules: the kitchen sheet. */
class KitchenSheetTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final Desk DESK = new Desk(APP, 1);
    private static final JsonObject NOTHING = new JsonObject();
    private static final LocalDate TUESDAY = LocalDate.of(2031, 3, 4);

    private static LocalDate day = TUESDAY;

    /** A lunch of three dishes on a day of its own; it is the morning before the cut-off. */
    private static String lunch(JsonObject more) {
        day = day.plusDays(1);
        DESK.setClock(day, "09:00");
        var three = dishes(
                dish("狮子头", 700, List.of("soft", "low_salt"), List.of("gluten")),
                dish("时蔬", 250, List.of("low_salt", "diabetic"), List.of()),
                dish("米饭", 200, List.of(), List.of()));
        return DESK.meal(day, "lunch", three.mergeIn(more));
    }

    private static UUID diner() {
        return DESK.diner("周奶奶", null);
    }

    private static Reply sheet(String meal) {
        return Desk.ok(DESK.operator().get(path(meal)));
    }

    private static String path(String meal) {
        return "/v1/meals/" + meal + "/kitchen-sheet";
    }

    private static <T> List<T> of(Reply sheet, String list, Function<JsonObject, T> what) {
        return sheet.json().getJsonArray(list).stream()
                .map(each -> what.apply((JsonObject) each))
                .toList();
    }

    private static JsonObject chosen(String meal, int first, int second) {
        var ids = sheet(meal).json().getJsonArray("byDish");
        var dishes = new JsonArray()
                .add(new JsonObject()
                        .put("dishId", ids.getJsonObject(0).getString("dishId"))
                        .put("portions", first))
                .add(new JsonObject()
                        .put("dishId", ids.getJsonObject(1).getString("dishId"))
                        .put("portions", second));
        return new JsonObject().put("dishes", dishes);
    }

    private static JsonObject portions(int portions) {
        return new JsonObject().put("portions", portions);
    }

    private static JsonObject delivery(String address) {
        return new JsonObject().put("mode", "delivery").put("deliveryAddress", address);
    }

    @Test
    void countsWhatIsBookedConfirmedOrServed() {
        // given
        var meal = lunch(new JsonObject().put("capacity", 12));
        DESK.book(meal, diner(), portions(1));
        var confirmed = DESK.book(meal, diner(), portions(2));
        DESK.operator().post("/v1/bookings/" + confirmed.getString("id") + "/confirm");
        DESK.serve(DESK.book(meal, diner(), portions(4)));
        DESK.cancel(DESK.book(meal, diner(), portions(3)));
        DESK.book(meal, diner(), portions(3));
        var waiting =
                DESK.book(meal, diner(), portions(4).put("joinWaitlist", true)).getString("status");

        // when
        var before = sheet(meal);
        DESK.setClock(day, "13:30");
        DESK.close(meal);
        var after = sheet(meal);

        // then
        assertThat(waiting).isEqualTo("waitlisted");
        assertThat(before.json().getInteger("bookings")).isEqualTo(4);
        assertThat(before.json().getInteger("portions")).isEqualTo(10);
        assertThat(of(before, "byDish", d -> d.getInteger("portions"))).containsExactly(10, 10, 10);
        assertThat(of(before, "atCounter", o -> o.getString("status")))
                .containsExactlyInAnyOrder("booked", "booked", "confirmed", "served");
        assertThat(after.json().getInteger("portions")).isEqualTo(4);
        assertThat(of(after, "byDish", d -> d.getInteger("portions"))).containsExactly(4, 4, 4);
    }

    @Test
    void aSetMealTakesEveryDishAndChosenDishesTheirPortions() {
        // given
        var meal = lunch(NOTHING);
        DESK.book(meal, diner(), portions(2));
        DESK.book(meal, diner(), chosen(meal, 1, 3).put("portions", 3));

        // when
        var sheet = sheet(meal);

        // then
        assertThat(of(sheet, "byDish", d -> d.getString("name") + d.getInteger("portions")))
                .containsExactly("狮子头3", "时蔬5", "米饭2");
        assertThat(of(sheet, "byDish", d -> d.getJsonArray("allergens").encode()))
                .containsExactly("[\"gluten\"]", "[]", "[]");
        assertThat(of(sheet, "byTag", t -> t.getString("tag") + t.getInteger("portions")))
                .containsExactly("soft3", "low_salt8", "diabetic5");
        assertThat(of(sheet, "atCounter", o -> o.getJsonArray("dishes").size())).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void countsByModeAndListsTheCounterByCode() {
        // given
        var meal = lunch(NOTHING);
        DESK.book(meal, diner(), portions(2));
        DESK.book(meal, diner(), portions(3).put("mode", "pickup"));
        DESK.book(meal, diner(), NOTHING);
        DESK.book(meal, diner(), delivery("1号楼").put("portions", 4));

        // when
        var sheet = sheet(meal);

        // then
        assertThat(sheet.json().getJsonObject("byMode"))
                .isEqualTo(new JsonObject()
                        .put("dine_in", new JsonObject().put("bookings", 2).put("portions", 3))
                        .put("pickup", new JsonObject().put("bookings", 1).put("portions", 3))
                        .put("delivery", new JsonObject().put("bookings", 1).put("portions", 4)));
        assertThat(of(sheet, "atCounter", o -> o.getString("code"))).hasSize(3).isSorted();
        assertThat(of(sheet, "atCounter", o -> o.getString("dinerName"))).containsOnly("周奶奶");
        assertThat(sheet.json().getJsonObject("meal").getString("id")).isEqualTo(meal);
    }

    @Test
    void deliveriesStandInOrderOfBuilding() {
        // given
        var meal = lunch(NOTHING);
        List.of("书院路10号楼2单元", "书院路２号楼1单元", "书院路1号楼3单元", "书院路2号楼3单元")
                .forEach(address -> DESK.book(meal, diner(), delivery(address)));

        // when
        var stops = of(sheet(meal), "deliveries", Function.identity());

        // then
        assertThat(stops)
                .extracting(stop -> stop.getString("address"))
                .containsExactly("书院路1号楼3单元", "书院路２号楼1单元", "书院路2号楼3单元", "书院路10号楼2单元");
        assertThat(stops).allSatisfy(stop -> {
            assertThat(stop.getString("dinerName")).isEqualTo("周奶奶");
            assertThat(stop.getString("code")).hasSize(6);
        });
    }

    @Test
    void theCanteensOwnOperatorsOnly() {
        // given
        var meal = lunch(NOTHING);
        var draft = lunch(new JsonObject().put("publish", false));

        // when, then
        assertThat(APP.staff("canteen-operator-2").get(path(meal)).status()).isEqualTo(403);
        assertThat(APP.staff("district-supervisor").get(path(meal)).status()).isEqualTo(403);
        assertThat(APP.resident(1).get(path(meal)).status()).isEqualTo(403);
        assertThat(APP.staff("canteen-operator-2").get(path(draft)).status()).isEqualTo(404);
        assertThat(APP.staff("far-supervisor").get(path(meal)).status()).isEqualTo(404);
        assertThat(APP.anyone().get(path(meal)).status()).isEqualTo(401);
        assertThat(sheet(draft).json().getInteger("portions")).isZero();
    }

    @Test
    void asHtmlItIsAPageThatNeedsAndRunsNothing() {
        // given
        var meal = lunch(dishes(dish("<script>alert(\"1\")</script>", 100, List.of("a&b"), List.of("'x'"))));
        DESK.book(meal, DESK.diner("<b>王</b>", null), delivery("</td><img src=x onerror=alert(1)>"));
        var browser = DESK.operator().with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        // when
        var page = Desk.ok(browser.get(path(meal)));
        var unchanged = browser.with("If-None-Match", page.header("ETag")).get(path(meal));
        var json = Desk.ok(DESK.operator().with("Accept", "*/*").get(path(meal)));
        var neither = Desk.ok(DESK.operator().with("Accept", "image/webp").get(path(meal)));

        // then
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.text())
                .contains(
                        "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;",
                        "a&amp;b",
                        "&#39;x&#39;",
                        "&lt;b&gt;王&lt;/b&gt;")
                .contains("&lt;/td&gt;&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<script", "<img", "<link", "<b>王", "http:", "https:", "url(")
                .contains("<thead>", "size: A4", "文昌社区孝老食堂", "午餐", Words.weekday(day));
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(json.header("Content-Type")).isEqualTo("application/json");
        assertThat(json.header("ETag")).isNotEqualTo(page.header("ETag"));
        assertThat(neither.header("Content-Type")).isEqualTo("application/json");
    }
}
