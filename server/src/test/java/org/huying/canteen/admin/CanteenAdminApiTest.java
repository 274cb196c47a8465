package org.huying.canteen.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Canteens are their administrator's to open and to change. */
@Tag("long")
class CanteenAdminApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Test
    void aFreshCanteenServesMealsByItsTimesAndMealsThatExistKeepTheirs() {
        // given
        var canteen = create(canteen("和睦食堂", period("lunch", 7, "08:00", 0, "10:30", "13:00")));
        var path = "/v1/canteens/" + canteen;
        var day = LocalDate.ofInstant(APP.clock().instant(), ZONE).plusDays(3);
        var week = path + "/meals?from=" + day + "&to=" + day.plusDays(6);
        assertThat(APP.resident(1).get(week).items()).isEmpty();
        operatedBy("canteen-operator-4", canteen);
        var first = publishLunch(canteen, day);

        // when
        APP.staff("admin")
                .patch(
                        path,
                        new JsonObject()
                                .put("periods", new JsonArray().add(period("lunch", 3, "06:00", 1, "20:00", "12:30"))))
                .withStatus(200);
        var second = publishLunch(canteen, day.plusDays(1));

        // then
        assertThat(APP.resident(1).get(week).items()).hasSize(2);
        assertThat(instant(first, "cutoffAt")).isEqualTo(at(day, "10:30"));
        assertThat(instant(second, "bookingOpensAt")).isEqualTo(at(day.minusDays(2), "06:00"));
        assertThat(instant(second, "cutoffAt")).isEqualTo(at(day, "20:00"));
        assertThat(instant(second, "servingEndsAt")).isEqualTo(at(day.plusDays(1), "12:30"));
        var shown = APP.resident(1).get(week).items().get(0);
        assertThat(OffsetDateTime.parse(shown.getString("cutoffAt")).toInstant())
                .isEqualTo(at(day, "10:30"));
    }

    @Test
    void whatIsNotNamedStays() {
        // given
        var canteen = create(canteen("安康食堂", period("dinner", 7, "08:00", 0, "16:00", "18:30")));
        var path = "/v1/canteens/" + canteen;

        // when
        var renamed = APP.staff("admin")
                .patch(path, new JsonObject().put("name", " 安康社区食堂 "))
                .withStatus(200)
                .json();
        APP.staff("admin")
                .patch(
                        path,
                        new JsonObject()
                                .put("placeId", DemoStructure.community(2).toString())
                                .put("delivery", false)
                                .put("address", "东门路二号"))
                .withStatus(200);

        // then
        var seen = APP.resident(2).get(path).withStatus(200).json();
        assertThat(renamed.getString("address")).isEqualTo("文昌路一号");
        assertThat(seen.getString("name")).isEqualTo("安康社区食堂");
        assertThat(seen.getString("address")).isEqualTo("东门路二号");
        assertThat(seen.getBoolean("delivery")).isFalse();
        assertThat(seen.getJsonArray("periods")).containsExactly(period("dinner", 7, "08:00", 0, "16:00", "18:30"));
        assertThat(APP.resident(2)
                        .get("/v1/canteens?limit=100&placeId=" + DemoStructure.community(2))
                        .items())
                .extracting(each -> each.getString("id"))
                .contains(canteen.toString());
    }

    @Test
    void timesAreInTheirOrderAndEachPeriodIsThereOnce() {
        var wrong = canteen(
                "错食堂",
                period("lunch", 0, "10:30", 0, "10:30", "13:00"),
                period("dinner", 7, "08:00", 0, "19:00", "18:30"),
                period("lunch", 7, "08:00", 1, "10:30", "09:00"));

        assertThat(APP.staff("admin")
                        .post("/v1/canteens", wrong)
                        .withStatus(422)
                        .faultsAndCodes())
                .containsExactly(
                        "/periods/0/cutoffAt cutoff_not_after_opening",
                        "/periods/1/servingEndsAt end_before_cutoff",
                        "/periods/2/period period_repeated");
        assertThat(APP.staff("admin")
                        .patch(
                                "/v1/canteens/" + DemoStructure.canteen(1),
                                new JsonObject().put("periods", wrong.getJsonArray("periods")))
                        .status())
                .isEqualTo(422);
        assertThat(APP.staff("admin")
                        .post("/v1/canteens", canteen(" ", period("supper", 0, "24:00", 0, "10:30", "13:00")))
                        .withStatus(400)
                        .faults())
                .containsExactlyInAnyOrder("/name", "/periods/0/period", "/periods/0/opensAt");
    }

    @Test
    void onlyAdministratorsAndOnlyInTheirDistrict() {
        var path = "/v1/canteens/" + DemoStructure.canteen(2);
        var change = new JsonObject().put("name", "甲食堂");
        for (var other : List.of(APP.staff("district-supervisor"), APP.staff("canteen-operator-2"), APP.resident(3))) {
            assertThat(other.post("/v1/canteens", canteen("甲食堂")).status()).isEqualTo(403);
            assertThat(other.patch(path, change).status()).isEqualTo(403);
            assertThat(other.patch("/v1/canteens/" + Ids.next(), change).status())
                    .isEqualTo(404);
            assertThat(other.get(path).status()).isEqualTo(200);
        }
        var elsewhere =
                canteen("甲食堂").put("placeId", DemoStructure.far().place("town").toString());
        assertThat(APP.staff("admin").post("/v1/canteens", elsewhere).status()).isEqualTo(404);
        assertThat(APP.staff("admin")
                        .patch("/v1/canteens/" + Ids.next(), change)
                        .status())
                .isEqualTo(404);
        assertThat(APP.wechat("demo-far-1").get(path).status()).isIn(401, 404);
    }

    private static UUID create(JsonObject canteen) {
        return APP.staff("admin").post("/v1/canteens", canteen).withStatus(201).id();
    }

    private static JsonObject canteen(String name, JsonObject... periods) {
        return new JsonObject()
                .put("placeId", DemoStructure.community(1).toString())
                .put("name", name)
                .put("address", "文昌路一号")
                .put("delivery", true)
                .put("periods", new JsonArray(List.of(periods)));
    }

    private static JsonObject period(
            String period, int opensBefore, String opensAt, int cutoffBefore, String cutoffAt, String endsAt) {
        return new JsonObject()
                .put("period", period)
                .put("opensDaysBefore", opensBefore)
                .put("opensAt", opensAt)
                .put("cutoffDaysBefore", cutoffBefore)
                .put("cutoffAt", cutoffAt)
                .put("servingEndsAt", endsAt);
    }

    private static void operatedBy(String username, UUID canteen) {
        await(APP.database()
                .read(client -> client.preparedQuery("""
                        INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id)
                        VALUES ($1, $2, 'canteen_operator', 'canteen', $3)
                        """)
                        .execute(Tuple.of(DemoStructure.districtId(), DemoStructure.staff(username), canteen))));
    }

    private static Reply publishLunch(UUID canteen, LocalDate day) {
        var dish = new JsonObject().put("name", "清蒸鱼").put("priceFen", 1200);
        return APP.staff("canteen-operator-4")
                .post(
                        "/v1/canteens/" + canteen + "/meals",
                        new JsonObject()
                                .put("date", day.toString())
                                .put("period", "lunch")
                                .put("capacity", 20)
                                .put("dishes", new JsonArray().add(dish))
                                .put("publish", true))
                .withStatus(201);
    }

    private static Instant instant(Reply meal, String field) {
        return OffsetDateTime.parse(meal.json().getString(field)).toInstant();
    }

    private static Instant at(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
    }
}
