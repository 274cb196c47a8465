package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 3: whoever presses twice reports once. */
class AlreadyReportedApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String PLACE = DemoStructure.compound(1).toString();

    private static Api reporter() {
        return APP.resident(1);
    }

    private static JsonObject light(String description) {
        return new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("placeId", PLACE)
                .put("spot", "3 幢—东侧")
                .put("description", description);
    }

    private static Reply report(Api by, JsonObject report) {
        return by.post("/v1/tickets", report);
    }

    private static void assertRepeats(Reply again, Reply first) {
        assertThat(again.status()).as(again.text()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("already_reported");
        assertThat(again.json().getString("ticketId"))
                .isEqualTo(first.withStatus(201).id().toString());
    }

    @Test
    void theSameWordsInWhicheverSpellingAnswerTheFirstTicketForTenMinutes() {
        var first = report(reporter(), light("路灯不亮 A区"));
        assertRepeats(report(reporter(), light("路灯不亮 A区")), first);

        APP.clock().advance(Duration.ofMinutes(10));
        assertRepeats(report(reporter(), light("路灯\u200b不亮ａ区 ").put("spot", "３幢-东侧")), first);

        APP.clock().advance(Duration.ofMillis(1));
        assertThat(report(reporter(), light("路灯不亮 A区")).status()).isEqualTo(201);
    }

    @Test
    void whatDiffersIsAnotherReport() {
        report(reporter(), light("灯罩碎了")).withStatus(201);

        for (UnaryOperator<JsonObject> other : List.<UnaryOperator<JsonObject>>of(
                it -> it.put("description", "灯罩碎了两个"),
                it -> it.put("spot", "3幢西侧"),
                it -> it.put("placeId", DemoStructure.compound(2).toString()))) {
            assertThat(report(reporter(), other.apply(light("灯罩碎了"))).status()).isEqualTo(201);
        }
        assertThat(report(APP.resident(2), light("灯罩碎了")).status()).isEqualTo(201);
    }

    @Test
    void otherAnswersToWhatTheItemAsksAreAnotherReport() {
        var lift = new JsonObject()
                .put("serviceItemCode", "lift-fault")
                .put("householdId", DemoStructure.household(1).toString())
                .put("description", "电梯停运");
        var second = new JsonObject().put("liftNo", "2").put("trapped", "无");
        var third = new JsonObject().put("liftNo", "3").put("trapped", "无");

        var first = report(reporter(), lift.copy().put("attributes", second));

        assertThat(report(reporter(), lift.copy().put("attributes", third)).status())
                .isEqualTo(201);
        assertRepeats(report(reporter(), lift.copy().put("attributes", second)), first);
    }

    @Test
    void whatWasTakenBackMayBeReportedAgain() {
        var first = report(reporter(), light("射灯进水")).withStatus(201);
        reporter()
                .post("/v1/tickets/" + first.id() + "/cancel", new JsonObject())
                .withStatus(200);

        assertThat(report(reporter(), light("射灯进水")).status()).isEqualTo(201);
    }

    @Test
    void ofTwoAtOnceOneIsTaken() {
        var both = IntStream.range(0, 2)
                .mapToObj(n -> reporter().postLater("/v1/tickets", light("草坪灯倒了")))
                .toList();

        assertThat(both).extracting(each -> each.join().status()).containsExactlyInAnyOrder(201, 409);
    }

    @Test
    void theSameRequestUnderItsKeyAnswersAsTheFirstTime() {
        var keyed = reporter().with("Idempotency-Key", UUID.randomUUID().toString());

        var first = report(keyed, light("地灯闪烁")).withStatus(201);

        assertThat(report(keyed, light("地灯闪烁")).withStatus(201).id()).isEqualTo(first.id());
    }
}
