package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Anybody may ask for the digests. */
class LogDigestApiTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String PATH = "/v1/public/log-digests";

    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static LocalDate today;

    @BeforeAll
    static void reportAndWaitTwoDays() {
        // The districts may have been made a moment after the clock was: their first job is due by then.
        APP.clock().advance(Duration.ofMinutes(1));
        today = LocalDate.ofInstant(APP.clock().instant(), ZONE);
        APP.runJobs();
        var reply = APP.resident(1)
                .post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "light-out")
                                .put("householdId", DemoStructure.household(1).toString())
                                .put("description", "楼道灯不亮"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        APP.clock().set(today.plusDays(2).atTime(1, 0).atZone(ZONE).toInstant());
        APP.runJobs();
    }

    @Test
    void aDayShowsTheDigestsOfAllDistricts() {
        // when
        var items = APP.anyone().get(PATH + "?date=" + today).items();

        // then
        assertThat(items).hasSize(2);
        assertThat(items).allMatch(item -> item.getString("date").equals(today.toString()));
        assertThat(items)
                .filteredOn(item -> item.getString("districtId")
                        .equals(DemoStructure.districtId().toString()))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.getInteger("chains")).isEqualTo(1);
                    assertThat(item.getString("districtName")).isNotBlank();
                });
    }

    @Test
    void aDayThatIsNotOverIsNotThere() {
        assertThat(APP.anyone().get(PATH + "?date=" + today.plusDays(2)).items())
                .isEmpty();
    }

    @Test
    void theyAreListedLatestFirstPageByPageAndEachFollowsTheOneBefore() {
        // when
        var path = PATH + "?limit=1&districtId=" + DemoStructure.districtId();
        List<JsonObject> items = new ArrayList<>();
        String cursor = null;
        do {
            var page = APP.anyone().get(cursor == null ? path : path + "&cursor=" + cursor);
            items.addAll(page.items());
            cursor = page.json().getString("nextCursor");
        } while (cursor != null);

        // then
        assertThat(items).hasSizeGreaterThanOrEqualTo(2);
        assertThat(items.get(0).getString("date")).isEqualTo(today.plusDays(1).toString());
        for (int i = 1; i < items.size(); i++) {
            assertThat(items.get(i - 1).getString("previousDigest"))
                    .isEqualTo(items.get(i).getString("digest"));
        }
        var all = APP.anyone().get(PATH + "?limit=100").items();
        assertThat(all)
                .hasSize(2 * items.size())
                .isSortedAccordingTo((a, b) -> b.getString("date").compareTo(a.getString("date")));
    }

    @Test
    void whoHasItAlreadyIsToldSo() {
        var first = APP.anyone().get(PATH + "?date=" + today);
        assertThat(APP.anyone()
                        .with("If-None-Match", first.header("ETag"))
                        .get(PATH + "?date=" + today)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void whatIsNoDateIsRefused() {
        assertThat(APP.anyone().get(PATH + "?date=yesterday").status()).isEqualTo(400);
        assertThat(APP.anyone().get(PATH + "?cursor=bm8").status()).isEqualTo(400);
    }
}
