package org.huying.metrics.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.ReportDrafts;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Published months over HTTP, every answer held against the contract. */
@Tag("long")
class PublicationApiTest {
    private static final String PATH = "/v1/completion-reports";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static YearMonth month;
    private static Instant maturesAt;

    @BeforeAll
    static void theLastWindowOfAMonthHasClosed() {
        month = YearMonth.from(APP.clock().instant().atZone(ZONE));
        maturesAt = month.plusMonths(1).atDay(1).atStartOfDay(ZONE).toInstant().plus(Duration.ofDays(7));
        APP.clock().set(maturesAt.plus(Duration.ofDays(60)));
    }

    @Test
    void onlyASupervisorOfTheWholeDistrictPublishes() {
        for (var other : new String[] {"town-supervisor", "community-supervisor-1", "dispatcher-1", "admin"}) {
            assertThat(publish(APP.staff(other), of(month)).status()).as(other).isEqualTo(403);
        }
        assertThat(publish(APP.resident(1), of(month)).status()).isEqualTo(403);
        assertThat(publish(APP.anyone(), of(month)).status()).isEqualTo(401);
    }

    @Test
    void aMonthIsNotPublishedBeforeItsLastWindowHasClosed() {
        var supervisor = APP.staff("district-supervisor");
        var early = publish(supervisor, unseen(month, maturesAt.minusMillis(1)));
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.code()).isEqualTo("month_not_matured");
        assertThat(Instant.parse(early.json().getString("publishableFrom"))).isEqualTo(maturesAt.plusSeconds(30));

        var now = APP.clock().instant();
        assertThat(publish(supervisor, unseen(YearMonth.from(now.atZone(ZONE)), now))
                        .code())
                .isEqualTo("month_not_matured");
        var unsettled = publish(supervisor, unseen(month, now.minusMillis(29_999)));
        assertThat(unsettled.withStatus(422).code()).isEqualTo("as_of_unsettled");
        assertThat(unsettled.faults()).containsExactly("/asOf");
        assertThat(publish(supervisor, unseen(month, now.plusMillis(1)))
                        .withStatus(422)
                        .code())
                .isEqualTo("as_of_future");
        assertThat(publish(supervisor, of(month).put("month", "2026-13")).status())
                .isEqualTo(400);
    }

    @Test
    void editionsAreCountedAndTheEarlierOnesStay() {
        // given
        var supervisor = APP.staff("district-supervisor");
        var another = month.minusMonths(1);
        var seen = of(another);
        var first = publish(supervisor.with("Idempotency-Key", "first"), seen).withStatus(201);
        assertThat(publish(supervisor.with("Idempotency-Key", "first"), seen).json())
                .isEqualTo(first.json());
        APP.clock().advance(Duration.ofMinutes(1));
        assertThat(publish(supervisor, of(another)).withStatus(422).code()).isEqualTo("reason_required");
        var theSame = ReportDrafts.named(
                another, first.json().getString("asOf"), first.json().getString("digest"));
        assertThat(publish(supervisor, theSame.put("reason", "更正"))
                        .withStatus(422)
                        .code())
                .isEqualTo("as_of_before_edition");

        // when: six at once
        var correction = of(another).put("reason", "更正");
        var replies = Stream.generate(() -> supervisor.postLater(PATH, correction))
                .limit(6)
                .toList();

        // then
        var done = replies.stream().map(CompletableFuture::join).toList();
        assertThat(done)
                .filteredOn(reply -> reply.status() == 201)
                .singleElement()
                .satisfies(
                        reply -> assertThat(reply.json().getInteger("edition")).isEqualTo(2));
        assertThat(done)
                .filteredOn(reply -> reply.status() != 201)
                .hasSize(5)
                .allSatisfy(reply -> assertThat(reply.code()).isEqualTo("as_of_before_edition"));
        var kept = APP.staff("dispatcher-1").get(PATH + "/" + first.id()).withStatus(200);
        assertThat(kept.json()).isEqualTo(first.json());
        assertThat(kept.json().getInteger("edition")).isEqualTo(1);
        assertThat(kept.json().getJsonObject("publishedBy").getString("name")).isNotBlank();

        var list = PATH + "?limit=1&month=" + another;
        var page = APP.staff("town-supervisor").get(list).withStatus(200);
        var rest =
                APP.staff("town-supervisor").get(list + "&cursor=" + page.json().getString("nextCursor"));
        assertThat(Stream.concat(page.items().stream(), rest.items().stream()))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(item -> item.getString("month").equals(another.toString()));
        assertThat(APP.staff("district-supervisor")
                        .get(PATH + "?month=" + another.minusMonths(5))
                        .items())
                .isEmpty();
    }

    @Test
    void whatIsPublishedIsWhatWasSeen() {
        var supervisor = APP.staff("district-supervisor");
        var seen = of(month.minusMonths(3));

        var another = publish(supervisor, seen.copy().put("digest", "0".repeat(64)));
        assertThat(another.withStatus(409).code()).isEqualTo("report_changed");
        assertThat(another.json().getString("digest")).isEqualTo(seen.getString("digest"));
        var later = Instant.parse(seen.getString("asOf")).minusMillis(1);
        assertThat(publish(supervisor, seen.copy().put("asOf", later.toString()))
                        .withStatus(409)
                        .code())
                .isEqualTo("report_changed");
        assertThat(publish(supervisor, new JsonObject().put("month", seen.getString("month")))
                        .status())
                .isEqualTo(400);
        var report = publish(supervisor, seen).withStatus(201).json();
        assertThat(report.getString("digest")).isEqualTo(seen.getString("digest"));
        assertThat(report.getString("asOf")).isEqualTo(seen.getString("asOf"));
    }

    @Test
    void aReportIsTheDistrictsAlone() {
        var report = publish(APP.staff("district-supervisor"), of(month.minusMonths(2)))
                .withStatus(201);
        var path = PATH + "/" + report.id();

        assertThat(APP.staff("far-supervisor").get(path).status()).isEqualTo(404);
        assertThat(APP.staff("far-supervisor").get(path + "/check").status()).isEqualTo(404);
        assertThat(APP.staff("far-supervisor").get(PATH).items()).isEmpty();
        assertThat(APP.staff("worker-1").get(path).status()).isEqualTo(403);
        assertThat(APP.anyone().get(path).status()).isEqualTo(401);
        var check =
                APP.staff("dispatcher-2").get(path + "/check").withStatus(200).json();
        assertThat(check.getBoolean("same")).isTrue();
        assertThat(check.getJsonArray("differences")).isEmpty();
    }

    private static Reply publish(Api as, JsonObject body) {
        return as.post(PATH, body);
    }

    private static JsonObject of(YearMonth month) {
        return ReportDrafts.of(APP.staff("district-supervisor"), month);
    }

    /** Of a time at which there is no draft. */
    private static JsonObject unseen(YearMonth month, Instant asOf) {
        return ReportDrafts.named(month, asOf.toString(), "0".repeat(64));
    }
}
