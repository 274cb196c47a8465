package org.huying.canteen.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.testing.TestClock;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subsidies are set from a day on that is still to come; what was in force stays as it was. */
@Tag("long")
class SubsidyPolicyApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Test
    void onlyFromTomorrowOnInTheDistrictsZone() {
        // given: half past midnight in the district, while it is still the day before in Greenwich
        var today = today().plusDays(1);
        APP.clock().set(today.atTime(0, 30).atZone(ZONE).toInstant());
        var bands = bands(band(60, null, 400));

        // then
        assertThat(set(3, today.minusDays(1), bands).withStatus(422).faultsAndCodes())
                .containsExactly("/path/effectiveFrom subsidy_policy_past");
        assertThat(set(3, today, bands).withStatus(422).code()).isEqualTo("subsidy_policy_past");
        set(3, today.plusDays(1), bands).withStatus(200);
        set(3, today.plusDays(1), bands(band(60, 69, 100), band(70, null, 500))).withStatus(200);
        assertThat(dates(APP.staff("admin"), 3))
                .first()
                .isEqualTo(today.plusDays(1).toString());

        // when its day has come
        APP.clock().advance(Duration.ofDays(1));
        assertThat(set(3, today.plusDays(1), bands).withStatus(422).code()).isEqualTo("subsidy_policy_past");
        assertThat(remove(3, today.plusDays(1)).withStatus(422).code()).isEqualTo("subsidy_policy_past");
        assertThat(APP.staff("admin").get(path(3)).items().get(0).getJsonArray("bands"))
                .containsExactly(band(60, 69, 100), band(70, null, 500));
    }

    @Test
    void bandsDoNotOverlapAndDoNotEndBeforeTheyBegin() {
        var day = today().plusDays(40);

        assertThat(set(1, day, bands(band(60, 75, 300), band(75, 89, 500), band(90, 80, 900)))
                        .withStatus(422)
                        .faultsAndCodes())
                .containsExactly("/bands/1 bands_overlap", "/bands/2/toAge band_reversed");
        assertThat(set(1, day, bands(band(60, null, 300), band(90, null, 900)))
                        .withStatus(422)
                        .code())
                .isEqualTo("bands_overlap");
        assertThat(set(1, day, bands()).status()).isEqualTo(400);
        set(1, day, bands(band(90, null, 900), band(60, 75, 300), band(76, 89, 500)))
                .withStatus(200);
        assertThat(APP.staff("admin").get(path(1)).items().get(0).getJsonArray("bands"))
                .containsExactly(band(60, 75, 300), band(76, 89, 500), band(90, null, 900));
    }

    @Test
    void oneThatIsToComeIsTakenBackAndTheOneBeforeGoesOn() {
        var day = today().plusDays(30);
        set(2, day, bands(band(0, null, 0))).withStatus(200);
        set(2, day.plusDays(1), bands(band(60, null, 1))).withStatus(200);
        var before = dates(APP.staff("admin"), 2);

        remove(2, day).withStatus(204);

        assertThat(before).startsWith(day.plusDays(1).toString(), day.toString());
        assertThat(dates(APP.staff("admin"), 2)).containsExactlyElementsOf(without(before, day.toString()));
        assertThat(remove(2, day).status()).isEqualTo(404);
        var first = APP.staff("admin").get(path(2) + "?limit=1").withStatus(200);
        var next = APP.staff("admin")
                .get(path(2) + "?limit=1&cursor=" + first.json().getString("nextCursor"))
                .withStatus(200);
        assertThat(first.items().get(0).getString("effectiveFrom"))
                .isGreaterThan(next.items().get(0).getString("effectiveFrom"));
    }

    @Test
    void onlyAdministratorsChangeAndOnlyWhoIsConcernedReads() {
        var path = path(4) + "/" + today().plusDays(9);
        var input = new JsonObject().put("bands", bands(band(60, null, 1)));
        for (var reader : List.of("admin", "canteen-operator-4", "district-supervisor", "town-supervisor")) {
            assertThat(dates(APP.staff(reader), 4)).isNotEmpty();
        }
        for (var stranger : List.of(APP.staff("canteen-operator-1"), APP.staff("dispatcher-1"), APP.resident(1))) {
            assertThat(stranger.get(path(4)).status()).isEqualTo(403);
        }
        for (var other : List.of(APP.staff("canteen-operator-4"), APP.staff("town-supervisor"), APP.resident(1))) {
            assertThat(other.put(path, input).status()).isEqualTo(403);
            assertThat(other.delete(path).status()).isEqualTo(403);
            assertThat(other.put("/v1/canteens/" + Ids.next() + "/subsidy-policies/2030-01-01", input)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void anotherNodeGivesTheNewSubsidyAtOnceAndWhatIsBookedKeepsItsPrice() {
        var clock = new TestClock();
        var url = TestServers.createDatabase(DemoTemplate.name());
        try (var one = TestNode.answering(url, DemoTemplate.KEYS, clock);
                var other = TestNode.answering(url, DemoTemplate.KEYS, clock)) {
            // given
            var day = LocalDate.ofInstant(clock.instant(), ZONE).plusDays(2);
            var lunch = DemoStructure.meal(1, day, "lunch");
            var booked = book(resident(other, 31), lunch);
            var old = booked.json().getInteger("subsidyFen");

            // when
            loggedIn(one, "staff", new JsonObject().put("username", "admin").put("password", DemoStructure.PASSWORD))
                    .put(path(1) + "/" + day, new JsonObject().put("bands", bands(band(60, null, 123))))
                    .withStatus(200);
            var fresh = book(resident(other, 32), lunch);

            // then
            assertThat(old).isPositive().isNotEqualTo(123);
            assertThat(fresh.json().getInteger("subsidyFen")).isEqualTo(123);
            assertThat(resident(one, 31)
                            .get("/v1/bookings/" + booked.id())
                            .json()
                            .getInteger("subsidyFen"))
                    .isEqualTo(old);
        }
    }

    private static Api resident(TestNode node, int number) {
        return loggedIn(node, "wechat", new JsonObject().put("code", "demo-resident-" + number));
    }

    private static Api loggedIn(TestNode node, String kind, JsonObject login) {
        var api = new Api(node.uri());
        return api.bearing(
                api.post("/v1/auth/" + kind, login).withStatus(200).json().getString("accessToken"));
    }

    private static Reply book(Api diner, UUID meal) {
        return diner.post(
                        "/v1/bookings",
                        new JsonObject().put("mealId", meal.toString()).put("mode", "dine_in"))
                .withStatus(201);
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(APP.clock().instant(), ZONE);
    }

    private static String path(int canteen) {
        return "/v1/canteens/" + DemoStructure.canteen(canteen) + "/subsidy-policies";
    }

    private static Reply set(int canteen, LocalDate from, JsonArray bands) {
        return APP.staff("admin").put(path(canteen) + "/" + from, new JsonObject().put("bands", bands));
    }

    private static Reply remove(int canteen, LocalDate from) {
        return APP.staff("admin").delete(path(canteen) + "/" + from);
    }

    private static List<String> dates(Api reader, int canteen) {
        return reader.get(path(canteen) + "?limit=100").withStatus(200).items().stream()
                .map(each -> each.getString("effectiveFrom"))
                .toList();
    }

    private static List<String> without(List<String> all, String one) {
        return all.stream().filter(each -> !each.equals(one)).toList();
    }

    private static JsonArray bands(JsonObject... bands) {
        return new JsonArray(List.of(bands));
    }

    private static JsonObject band(int from, @Nullable Integer to, int amountFen) {
        return new JsonObject().put("fromAge", from).put("toAge", to).put("amountFen", amountFen);
    }
}
