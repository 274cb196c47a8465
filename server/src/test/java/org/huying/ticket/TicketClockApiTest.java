package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 3: what time itself does to a ticket, by jobs that any node may run. */
class TicketClockApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static String report(int resident) {
        var reply = APP.resident(resident)
                .post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "light-out")
                                .put(
                                        "householdId",
                                        DemoStructure.household(resident).toString())
                                .put("description", "楼道灯不亮"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.id().toString();
    }

    private static JsonObject shown(String ticket) {
        return APP.staff("district-supervisor").get("/v1/tickets/" + ticket).json();
    }

    private static List<String> events(String ticket) {
        return APP.staff("district-supervisor").get("/v1/tickets/" + ticket + "/events?limit=100").items().stream()
                .map(event -> event.getString("type"))
                .toList();
    }

    private static void pass(Duration time) {
        APP.clock().advance(time);
        APP.runJobs();
        APP.runJobs();
    }

    @Test
    void whatNobodyAcceptsInTimeGoesUpOneLevelOnceForEachDueTime() {
        // given
        var ticket = report(1);
        var due = shown(ticket).getInstant("responseDueAt");

        // when
        pass(Duration.between(APP.clock().instant(), due));
        var inTime = events(ticket);
        pass(Duration.ofMillis(1));

        // then
        assertThat(inTime).containsExactly("submitted");
        assertThat(events(ticket)).containsExactly("submitted", "overdue", "escalated");
        assertThat(shown(ticket).getString("status")).isEqualTo("submitted");
        assertThat(shown(ticket).getJsonObject("responsibleOrg").getString("name"))
                .contains("居民委员会");
    }

    @Test
    void whatIsSaidToBeSolvedClosesAfterSevenDays() {
        // given
        var ticket = report(2);
        var dispatcher = APP.staff("dispatcher-1");
        dispatcher.post("/v1/tickets/" + ticket + "/accept");
        dispatcher.post(
                "/v1/tickets/" + ticket + "/resolve",
                new JsonObject().put("outcome", "fixed").put("note", "换了灯泡"));

        // when
        pass(Duration.ofDays(7).minusMillis(1));
        var before = shown(ticket).getString("status");
        pass(Duration.ofMillis(1));

        // then
        assertThat(before).isEqualTo("resolved");
        assertThat(shown(ticket).getString("status")).isEqualTo("closed");
        assertThat(events(ticket)).endsWith("closed");
    }
}
