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
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Published months over HTTP, every answer held against the contract. */
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
        var early = publish(
                supervisor, of(month).put("asOf", maturesAt.minusMillis(1).toString()));
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.code()).isEqualTo("month_not_matured");
        assertThat(Instant.parse(early.json().getString("publishableFrom"))).isEqualTo(maturesAt.plusSeconds(30));

        var now = APP.clock().instant();
        assertThat(publish(supervisor, of(YearMonth.from(now.atZone(ZONE)))).code())
                .isEqualTo("month_not_matured");
        var unsettled = publish(
                supervisor, of(month).put("asOf", now.minusMillis(29_999).toString()));
        assertThat(unsettled.withStatus(422).code()).isEqualTo("as_of_unsettled");
        assertThat(unsettled.faults()).containsExactly("/asOf");
        assertThat(publish(supervisor, of(month).put("asOf", now.plusMillis(1).toString()))
                        .withStatus(422)
                        .code())
                .isEqualTo("as_of_future");
        assertThat(publish(supervisor, new JsonObject().put("month", "2026-13")).status())
                .isEqualTo(400);
    }

    @Test
    void editionsAreCountedAndTheEarlierOnesStay() {
        // given
        var supervisor = APP.staff("district-supervisor");
        var another = month.minusMonths(1);
        var first = publish(supervisor.with("Idempotency-Key", "first"), of(another))
                .withStatus(201);
        assertThat(publish(supervisor.with("Idempotency-Key", "first"), of(another))
                        .json())
                .isEqualTo(first.json());
        APP.clock().advance(Duration.ofMinutes(1));
        assertThat(publish(supervisor, of(another)).withStatus(422).code()).isEqualTo("reason_required");
        var asOf = first.json().getString("asOf");
        assertThat(publish(supervisor, of(another).put("reason", "更正").put("asOf", asOf))
                        .withStatus(422)
                        .code())
                .isEqualTo("as_of_before_edition");

        // when: six at once
        var replies = Stream.generate(
                        () -> supervisor.postLater(PATH, of(another).put("reason", "更正")))
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
        return new JsonObject().put("month", month.toString());
    }
}
