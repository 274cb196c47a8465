package org.huying.canteen.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.huying.canteen.Canteen;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Section 2 of the domain's rules: the settlement. The policy of the demo: from 60, from 76 and from 90 on. */
@Tag("long")
class SettlementTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final Desk DESK = new Desk(APP, 2);
    private static final JsonObject NOTHING = new JsonObject();

    private static YearMonth month = YearMonth.of(2032, 1);

    /** Every test has a month of its own. */
    @BeforeEach
    void begin() {
        month = month.plusMonths(2);
    }

    private static String lunch(int dayOfMonth) {
        var date = month.atDay(dayOfMonth);
        DESK.setClock(date, "09:00");
        return DESK.meal(date, "lunch", NOTHING);
    }

    private static UUID diner(int age) {
        return DESK.diner("陈爷爷", month.atDay(1).minusYears(age));
    }

    private static String path(YearMonth of) {
        return "/v1/canteens/" + DESK.canteen() + "/settlements/" + of;
    }

    private static JsonObject settlement() {
        return Desk.ok(DESK.operator().get(path(month))).json();
    }

    private static Reply as(String mediaType) {
        return Desk.ok(DESK.operator().with("Accept", mediaType).get(path(month)));
    }

    private static Map<String, Sums> sums() {
        return SettlementFiles.fromJson(settlement());
    }

    @Test
    void moneyIsForMealsEatenOnly() {
        // given
        var meal = lunch(10);
        var eaten = DESK.book(meal, diner(70), new JsonObject().put("portions", 2));
        DESK.book(meal, diner(71), NOTHING);
        DESK.cancel(DESK.book(meal, diner(72), NOTHING));
        DESK.serve(eaten);

        // when
        var open = sums();
        DESK.setClock(month.atDay(10), "13:30");
        DESK.close(meal);
        var closed = sums();

        // then
        int subsidy = eaten.getInteger("subsidyFen");
        assertThat(subsidy).isPositive();
        var served = new Sums(1, 0, 2, 2400, 2400 - subsidy, subsidy);
        assertThat(open)
                .containsEntry("60–75岁", served)
                .containsEntry("合计", served)
                .hasSize(2);
        var withMissed = new Sums(1, 1, 2, 2400, 2400 - subsidy, subsidy);
        assertThat(closed)
                .containsEntry("60–75岁", withMissed)
                .containsEntry("合计", withMissed)
                .hasSize(2);
    }

    @Test
    void aCorrectedNoShowIsServed() {
        // given
        var meal = lunch(10);
        var booking = DESK.book(meal, diner(50), NOTHING);
        DESK.setClock(month.atDay(10), "13:30");
        DESK.close(meal);
        var missed = sums();
        DESK.setClock(month.atDay(11), "23:59");
        DESK.correct(booking);

        // when
        var corrected = sums();

        // then
        assertThat(missed).containsEntry("无补贴", new Sums(0, 1, 0, 0, 0, 0));
        assertThat(corrected).containsEntry("无补贴", new Sums(1, 0, 1, 1200, 1200, 0));
    }

    @Test
    void whatWasServedBeforeTheMealWasCancelledStaysServed() {
        // given
        var meal = lunch(10);
        DESK.serve(DESK.book(meal, diner(50), NOTHING));
        DESK.book(meal, diner(51), NOTHING);

        // when
        DESK.cancelMeal(meal);

        // then
        assertThat(sums()).containsEntry("合计", new Sums(1, 0, 1, 1200, 1200, 0));
    }

    @Test
    void aMealBelongsToTheMonthOfItsDate() {
        // given
        for (var date : List.of(
                month.atDay(1).minusDays(1),
                month.atDay(1),
                month.atEndOfMonth(),
                month.plusMonths(1).atDay(1))) {
            DESK.setClock(date, "09:00");
            DESK.serve(DESK.book(DESK.meal(date, "lunch", NOTHING), diner(50), NOTHING));
        }

        // when, then
        assertThat(settlement().getInteger("served")).isEqualTo(2);
    }

    @Test
    void theBandIsTheOneFixedOnTheBooking() {
        // given
        var meal = lunch(20);
        var before = diner(82);
        DESK.serve(DESK.book(meal, before, NOTHING));
        DESK.policy(month.atDay(20), List.of(new Desk.PolicyBand(80, null, 100), new Desk.PolicyBand(65, 79, 50)));
        DESK.serve(DESK.book(meal, diner(82), NOTHING));
        DESK.serve(DESK.book(meal, diner(79), NOTHING));
        DESK.serve(DESK.book(meal, diner(64), NOTHING));

        // when
        var sums = sums();

        // then
        assertThat(sums.keySet()).containsExactly("65–79岁", "76–89岁", "80岁及以上", "无补贴", "合计");
        assertThat(sums).containsEntry("80岁及以上", new Sums(1, 0, 1, 1200, 1100, 100));
    }

    @Test
    void finalOnceNothingCanChange() {
        // given
        var last = month.atEndOfMonth();
        lunch(5);
        // A forgotten draft holds nothing up.
        DESK.meal(month.atDay(6), "lunch", new JsonObject().put("publish", false));
        var meal = lunch(last.getDayOfMonth());
        var first = DESK.operator()
                .get("/v1/canteens/" + DESK.canteen() + "/meals?from=" + month.atDay(5) + "&to=" + month.atDay(5))
                .items()
                .get(0)
                .getString("id");
        DESK.close(first);

        // when, then
        assertThat(isFinalAt(last, "23:59")).as("the month is not over").isFalse();
        DESK.setClock(last, "13:30");
        DESK.close(meal);
        assertThat(isFinalAt(last.plusDays(1), "23:59")).as("may be corrected").isFalse();
        assertThat(isFinalAt(last.plusDays(2), "00:00")).isTrue();
    }

    @Test
    void aMonthWithoutMealsIsFinalWhenItIsOver() {
        assertThat(isFinalAt(month.atEndOfMonth().plusDays(1), "23:59")).isFalse();
        assertThat(isFinalAt(month.atEndOfMonth().plusDays(2), "00:00")).isTrue();
        assertThat(settlement().getJsonArray("byAgeBand")).isEmpty();
        assertThat(settlement().getInteger("priceFen")).isZero();
    }

    @Test
    void noMealIsPlannedForAMonthThatIsSettled() {
        // given
        var draft = DESK.meal(month.atDay(6), "lunch", new JsonObject().put("publish", false));

        // when
        DESK.setClock(month.atEndOfMonth().plusDays(2), "00:00");

        // then
        assertThat(DESK.operator().post("/v1/meals/" + draft + "/publish").code())
                .isEqualTo("month_settled");
        DESK.setClock(month.atEndOfMonth().plusDays(1), "23:59");
        assertThat(DESK.operator().post("/v1/meals/" + draft + "/publish").status())
                .isEqualTo(200);
    }

    private static boolean isFinalAt(LocalDate date, String time) {
        DESK.setClock(date, time);
        return settlement().getBoolean("final");
    }

    @Test
    void forItsOperatorsAndThoseWhoSuperviseItsPlace() {
        // given: canteen 2 stands in community 2
        var path = path(month);

        // when, then
        for (var may :
                List.of("canteen-operator-2", "community-supervisor-2", "town-supervisor", "district-supervisor")) {
            assertThat(APP.staff(may).get(path).status()).as(may).isEqualTo(200);
        }
        for (var not :
                List.of("canteen-operator-1", "community-supervisor-1", "grid-member-1", "dispatcher-1", "admin")) {
            assertThat(APP.staff(not).get(path).status()).as(not).isEqualTo(403);
        }
        assertThat(APP.resident(1).get(path).status()).isEqualTo(403);
        assertThat(APP.staff("far-supervisor").get(path).status()).isEqualTo(404);
        assertThat(APP.anyone().get(path).status()).isEqualTo(401);
        assertThat(DESK.operator()
                        .get(path.replace(
                                DESK.canteen().toString(), UUID.randomUUID().toString()))
                        .status())
                .isEqualTo(404);
        for (var wrong : List.of("2026-13", "2026-1", "26-01", "2026-01-01", "0000-01")) {
            assertThat(DESK.operator()
                            .get(path.replace(month.toString(), wrong))
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void filesHaveNamesAndAWorkbookIsWhatItSays() {
        // given
        DESK.serve(DESK.book(lunch(10), diner(70), NOTHING));
        var name = "东门社区孝老食堂" + month.getYear() + "年" + month.getMonthValue() + "月结算";

        // when
        var csv = as("text/csv");
        var workbook = as(SettlementWorkbook.MEDIA_TYPE);

        // then
        assertThat(csv.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"settlement-" + month + ".csv\"; filename*=UTF-8''"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8) + ".csv");
        assertThat(workbook.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"settlement-" + month + ".xlsx\"; filename*=UTF-8''"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8) + ".xlsx");
        assertThat(csv.text())
                .startsWith("\ufeff食堂,月份,状态,年龄段,用餐（单）,爽约（单）,份数,餐费（元）,自付（元）,补贴（元）\r\n东门社区孝老食堂," + month
                        + ",未定,60–75岁,1,0,1,12.00,")
                .endsWith("\r\n");
        assertThat(workbook.body().getString(0, 2)).isEqualTo("PK");
        assertThat(SettlementFiles.bandsFromWorkbook(workbook.body())).isEqualTo(sums());
        assertThat(SettlementFiles.mealsFromWorkbook(workbook.body()))
                .containsOnlyKeys(month.atDay(10) + " 午餐", "合计")
                .containsEntry("合计", sums().get("合计"));
    }

    @Test
    void everyFormHasItsETagWhichChangesWithTheSums() {
        for (var form : List.of("application/json", "text/csv", SettlementWorkbook.MEDIA_TYPE)) {
            // given
            month = month.plusMonths(2);
            var meal = lunch(10);
            var before = as(form).header("ETag");

            // when
            var unchanged = DESK.operator()
                    .with("Accept", form)
                    .with("If-None-Match", before)
                    .get(path(month));
            DESK.serve(DESK.book(meal, diner(50), NOTHING));
            var after = as(form).header("ETag");

            // then
            assertThat(before).as(form).isNotEmpty();
            assertThat(unchanged.status()).as(form).isEqualTo(304);
            assertThat(after).as(form).isNotEqualTo(before);
        }
    }

    @Test
    void aWorkbookSaysNothingOfWhenItWasMade() throws Exception {
        // given: a month that nobody's time is in
        var canteen = new Canteen(UUID.randomUUID(), 1, UUID.randomUUID(), "甲", "一号", false);
        var settlement = Settlement.of(canteen, YearMonth.of(1999, 5), false, List.of());

        // when
        var workbook = SettlementWorkbook.write(settlement);

        // then
        assertThat(SettlementWorkbook.write(settlement)).isEqualTo(workbook);
        try (var archive = new ZipInputStream(new ByteArrayInputStream(workbook.getBytes()))) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                assertThat(entry.getTimeLocal().getYear()).as(entry.getName()).isEqualTo(1980);
                assertThat(new String(archive.readAllBytes(), StandardCharsets.UTF_8))
                        .as(entry.getName())
                        .doesNotContain(
                                "created", Integer.toString(Year.now(Desk.ZONE).getValue()));
            }
        }
    }

    @Test
    void aNameThatLooksLikeAFormulaBecomesNone() {
        // given
        var name = "=HYPERLINK(\"http://x\",\"1\")";
        DESK.sql(
                "UPDATE canteen SET name = $3 WHERE district_id = $1 AND id = $2",
                DemoStructure.districtId(),
                DESK.canteen(),
                name);

        // when
        var csv = as("text/csv").text();
        var disposition = as("text/csv").header("Content-Disposition");
        DESK.sql(
                "UPDATE canteen SET name = '东门社区孝老食堂' WHERE district_id = $1 AND id = $2",
                DemoStructure.districtId(),
                DESK.canteen());

        // then
        assertThat(csv).contains("\r\n\"'=HYPERLINK(\"\"http://x\"\",\"\"1\"\")\"," + month);
        assertThat(disposition).contains("%3DHYPERLINK%28_http").doesNotContain("=HYPERLINK");
    }
}
