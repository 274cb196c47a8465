package org.huying.metrics.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.ReportDrafts;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The public page, over one month: as it goes on, and after it was published. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("long")
class ScoreboardApiTest {
    private static final String PATH = "/v1/public/scoreboard";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Residents by what they report: seven tickets for firm 1 (compounds 1 and 2), six for firm 2, two for firm 3. */
    private static final List<Integer> REPORTERS = List.of(1, 7, 13, 19, 25, 2, 8, 3, 9, 15, 21, 27, 33, 5, 11);

    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final List<UUID> TICKETS = new ArrayList<>();
    private static YearMonth month;

    @BeforeAll
    static void aMonthOfFifteenTickets() {
        TICKETS.clear();
        month = YearMonth.from(APP.clock().instant().atZone(ZONE)).plusMonths(1);
        APP.clock().set(month.atDay(2).atTime(LocalTime.NOON).atZone(ZONE).toInstant());
        REPORTERS.forEach(resident -> TICKETS.add(resolved(
                APP.resident(resident),
                DemoStructure.household(resident),
                "dispatcher-" + DemoStructure.firmNumberOf(resident))));
        for (var i = 0; i < 5; i++) {
            resolved(APP.wechat("demo-far-1"), DemoStructure.far().household(1), "far-dispatcher");
        }
        APP.clock().advance(Duration.ofDays(8));
    }

    @Test
    @Order(1)
    void smallCellsAreHiddenAndWhatWouldGiveThemAway() {
        var board = board("");

        assertThat(board.getValue("published")).isNull();
        assertThat(board.getJsonObject("district").getString("id"))
                .isEqualTo(DemoStructure.districtId().toString());
        assertThat(board.getJsonObject("total").getInteger("cohort")).isEqualTo(15);
        // firm 3 has two; firm 2 would give it away
        assertThat(cohorts(board, "firms"))
                .containsExactlyInAnyOrderEntriesOf(
                        cells(DemoStructure.firm(1), 7, DemoStructure.firm(2), null, DemoStructure.firm(3), null));
        // 2 and 2 are too few together, and so the five go with them; compound 3 has just what firm 2 has
        var compounds = cells(
                DemoStructure.compound(1), null, DemoStructure.compound(2), null, DemoStructure.compound(3), null);
        compounds.put(DemoStructure.compound(5).toString(), null);
        assertThat(cohorts(board, "compounds")).containsExactlyInAnyOrderEntriesOf(compounds);
        assertThat(cohorts(board, "months")).isEqualTo(Map.of(month.toString(), 15));
        for (var list : List.of("firms", "compounds", "months")) {
            rows(board, list)
                    .filter(row -> row.getBoolean("suppressed"))
                    .forEach(row -> assertThat(row)
                            .allMatch(field ->
                                    List.of("key", "suppressed").contains(field.getKey()) || field.getValue() == null));
        }
    }

    @Test
    @Order(2)
    void eachDistrictHasItsOwn() {
        var far = DemoStructure.far().districtId();

        assertThat(board("&districtId=" + far).getJsonObject("total").getInteger("cohort"))
                .isEqualTo(5);
        assertThat(board("").getJsonObject("total").getInteger("cohort")).isEqualTo(15);
        assertThat(board("&districtId=" + DemoStructure.districtId())).isEqualTo(board(""));
        assertThat(APP.anyone()
                        .get(PATH + "?month=" + month + "&districtId=" + UUID.randomUUID())
                        .status())
                .isEqualTo(404);
        assertThat(APP.anyone().get("/v1/public/districts").withStatus(200).items())
                .extracting(district -> district.getString("id"))
                .containsExactlyInAnyOrder(
                        far.toString(), DemoStructure.districtId().toString());
        var first = APP.anyone().get("/v1/public/districts?limit=1").json();
        assertThat(APP.anyone()
                        .get("/v1/public/districts?limit=1&cursor=" + first.getString("nextCursor"))
                        .items())
                .hasSize(1)
                .doesNotContain(first.getJsonArray("items").getJsonObject(0));
    }

    @Test
    @Order(3)
    void whatIsAskedForMustHaveBegun() {
        assertThat(APP.anyone()
                        .get(PATH + "?month=" + month.plusMonths(1))
                        .withStatus(422)
                        .code())
                .isEqualTo("month_future");
        assertThat(APP.anyone().get(PATH + "?month=soon").status()).isEqualTo(400);
        assertThat(APP.anyone().get(PATH).status()).isEqualTo(400);
        var empty = APP.anyone().get(PATH + "?month=2019-01").withStatus(200).json();
        assertThat(empty.getJsonObject("total").getBoolean("suppressed")).isTrue();
        assertThat(empty.getJsonArray("months")).isEmpty();
    }

    @Test
    @Order(4)
    void whoHasItAlreadyIsToldSo() {
        // each event loop keeps its own page, made as of its own moment; the clock stands still, so they are alike
        var first = APP.anyone().get(PATH + "?month=" + month);
        assertThat(APP.anyone()
                        .with("If-None-Match", first.header("ETag"))
                        .get(PATH + "?month=" + month)
                        .status())
                .isEqualTo(304);
    }

    @Test
    @Order(5)
    void aPublishedMonthStaysWhatItWas() {
        // given
        APP.clock().set(month.plusMonths(1).atDay(10).atStartOfDay(ZONE).toInstant());
        var report = APP.staff("district-supervisor")
                .post("/v1/completion-reports", ReportDrafts.of(APP.staff("district-supervisor"), month))
                .withStatus(201);
        assertThat(report.json().getInteger("tickets")).isEqualTo(15);
        assertThat(report.json().getLong("events")).isEqualTo(45);

        // when
        for (var ticket : TICKETS.subList(0, 3)) {
            APP.staff("town-supervisor")
                    .post(
                            "/v1/tickets/" + ticket + "/exclude",
                            new JsonObject().put("reason", "test").put("note", "测试"))
                    .withStatus(200);
        }
        APP.clock().advance(Duration.ofMinutes(2));

        // then
        var live = APP.staff("district-supervisor")
                .get("/v1/metrics/one-time-completion?from=" + month.atDay(1) + "&to=" + month.atEndOfMonth())
                .json();
        assertThat(live.getJsonObject("total").getInteger("denominator")).isEqualTo(12);
        var board = board("");
        assertThat(board.getJsonObject("published"))
                .isEqualTo(new JsonObject()
                        .put("edition", 1)
                        .put("publishedAt", report.json().getString("publishedAt"))
                        .put("digest", report.json().getString("digest"))
                        .put("reportId", report.id().toString()));
        assertThat(board.getString("asOf")).isEqualTo(report.json().getString("asOf"));
        assertThat(board.getJsonObject("total").getInteger("denominator")).isEqualTo(15);
        assertThat(rows(board, "months").toList())
                .singleElement()
                .satisfies(row -> assertThat(row.getInteger("denominator")).isEqualTo(15));
        assertThat(APP.staff("district-supervisor")
                        .get("/v1/completion-reports/" + report.id() + "/check")
                        .json()
                        .getBoolean("same"))
                .isTrue();

        // when it is corrected
        APP.staff("district-supervisor")
                .post(
                        "/v1/completion-reports",
                        ReportDrafts.of(APP.staff("district-supervisor"), month).put("reason", "三张测试工单"))
                .withStatus(201);
        APP.clock().advance(Duration.ofMinutes(2));
        assertThat(board("").getJsonObject("published").getInteger("edition")).isEqualTo(2);
        assertThat(board("").getJsonObject("total").getInteger("denominator")).isEqualTo(12);
    }

    private static JsonObject board(String more) {
        return APP.anyone().get(PATH + "?month=" + month + more).withStatus(200).json();
    }

    private static java.util.stream.Stream<JsonObject> rows(JsonObject board, String list) {
        return board.getJsonArray(list).stream().map(JsonObject.class::cast);
    }

    private static Map<String, @Nullable Integer> cohorts(JsonObject board, String list) {
        Map<String, @Nullable Integer> cohorts = new LinkedHashMap<>();
        rows(board, list)
                .forEach(row -> cohorts.put(row.getJsonObject("key").getString("id"), row.getInteger("cohort")));
        return cohorts;
    }

    private static Map<String, @Nullable Integer> cells(
            UUID first, @Nullable Integer a, UUID second, @Nullable Integer b, UUID third, @Nullable Integer c) {
        Map<String, @Nullable Integer> cells = new LinkedHashMap<>();
        cells.put(first.toString(), a);
        cells.put(second.toString(), b);
        cells.put(third.toString(), c);
        return cells;
    }

    private static UUID resolved(Api resident, UUID household, String dispatcher) {
        var ticket = resident.post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "light-out")
                                .put("householdId", household.toString())
                                .put("description", Said.anew("楼道灯不亮")))
                .withStatus(201)
                .id();
        APP.staff(dispatcher)
                .post("/v1/tickets/" + ticket + "/accept", new JsonObject())
                .withStatus(200);
        APP.staff(dispatcher)
                .post(
                        "/v1/tickets/" + ticket + "/resolve",
                        new JsonObject().put("outcome", "fixed").put("note", "已换灯"))
                .withStatus(200);
        return ticket;
    }
}
