package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 5: what matters to a person is in their inbox, and whoever did it is not told. */
@Tag("long")
class TicketNoticesTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    /** Of the firm that serves the first compound, where residents 1, 7, 13, 19 and 25 live. */
    private final Api dispatcher = APP.staff("dispatcher-1");

    private final Api worker = APP.staff("worker-1");

    @Test
    void theReporterHearsOfEveryStep() {
        // given
        var reporter = APP.resident(1);
        var ticket = report(reporter, 1);

        // when
        act(dispatcher, ticket, "accept", new JsonObject());
        act(dispatcher, ticket, "request-info", new JsonObject().put("message", "几楼？"));
        act(reporter, ticket, "provide-info", new JsonObject().put("message", "三楼"));
        act(dispatcher, ticket, "comment", new JsonObject().put("text", "下午到"));
        act(dispatcher, ticket, "comment", new JsonObject().put("text", "带梯子").put("internal", true));
        act(dispatcher, ticket, "suspend", suspension());
        act(dispatcher, ticket, "resume", new JsonObject());
        act(dispatcher, ticket, "resolve", solution());
        APP.clock().advance(Duration.ofDays(7));
        APP.runJobs();

        // then
        assertThat(told(reporter, ticket))
                .containsExactly(
                        "ticket_accepted",
                        "ticket_info_requested",
                        "ticket_commented",
                        "ticket_suspended",
                        "ticket_resolved",
                        "ticket_closed");
        assertThat(told(dispatcher, ticket)).containsExactly("ticket_info_provided");
        var notice = notices(reporter, ticket).get(0);
        assertThat(notice.getString("text"))
                .isEqualTo("您的工单%s（楼道灯不亮）已由%s受理。"
                        .formatted(
                                ticket.json().getString("ticketNo"),
                                ticket.json().getJsonObject("responsibleOrg").getString("name")));
    }

    @Test
    void theWorkerHearsWhatTheReporterDoes() {
        // given
        var reporter = APP.resident(7);
        var ticket = report(reporter, 7);

        // when
        act(dispatcher, ticket, "accept", new JsonObject());
        act(reporter, ticket, "urge", new JsonObject());
        act(dispatcher, ticket, "assign", new JsonObject().put("assigneeId", id(worker)));
        act(reporter, ticket, "comment", new JsonObject().put("text", "在家等"));
        act(worker, ticket, "start", new JsonObject());
        act(worker, ticket, "resolve", solution());
        act(reporter, ticket, "reopen", new JsonObject().put("reason", "又不亮了"));

        // then
        assertThat(told(worker, ticket)).containsExactly("ticket_assigned", "ticket_commented", "ticket_reopened");
        assertThat(told(dispatcher, ticket)).containsExactly("ticket_urged");
    }

    @Test
    void whatTheClockEscalatesIsToldOnceToThoseWhoHadItAndThoseWhoHaveIt() {
        // given
        var reporter = APP.resident(19);
        var ticket = report(reporter, 19);

        // when
        APP.clock().set(ticket.json().getInstant("responseDueAt").plusMillis(1));
        APP.runJobs();

        // then
        assertThat(told(reporter, ticket)).containsExactly("ticket_escalated");
        assertThat(told(dispatcher, ticket)).containsExactly("ticket_escalated");
        assertThat(told(APP.staff("community-supervisor-1"), ticket)).containsExactly("ticket_escalated");
        assertThat(told(APP.staff("community-supervisor-2"), ticket)).isEmpty();
    }

    @Test
    void whoIsReportedForHearsOfItAndWhoFiledItHearsWhatBecomesOfIt() {
        // given
        var resident = APP.resident(25);
        var grid = APP.staff("grid-member-1");

        // when
        var ticket = grid.post("/v1/tickets", about(25).put("onBehalfOfId", id(resident)))
                .withStatus(201);
        act(dispatcher, ticket, "accept", new JsonObject());

        // then
        assertThat(told(resident, ticket)).containsExactly("ticket_submitted", "ticket_accepted");
        assertThat(told(grid, ticket)).containsExactly("ticket_accepted");
    }

    @Test
    void whoFollowsHearsOfTheEnd() {
        // given
        var spot = new JsonObject()
                .put("serviceItemCode", "street-light")
                .put("placeId", compoundOf(APP.resident(1)))
                .put("description", "路灯不亮");
        var ticket = APP.resident(1).post("/v1/tickets", spot).withStatus(201);
        act(APP.resident(13), ticket, "follow", new JsonObject());

        // when
        act(dispatcher, ticket, "accept", new JsonObject());
        act(dispatcher, ticket, "resolve", solution());

        // then
        assertThat(told(APP.resident(13), ticket)).containsExactly("ticket_resolved");
        assertThat(told(APP.resident(7), ticket)).isEmpty();
    }

    private static Reply report(Api reporter, int household) {
        return reporter.post("/v1/tickets", about(household)).withStatus(201);
    }

    private static JsonObject about(int household) {
        return new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("householdId", DemoStructure.household(household).toString())
                .put("description", "楼道灯不亮");
    }

    private static void act(Api caller, Reply ticket, String action, JsonObject body) {
        caller.post("/v1/tickets/" + ticket.id() + "/" + action, body).withStatus(200);
        APP.clock().advance(Duration.ofMillis(1));
    }

    /** The kinds, oldest first. */
    private static List<String> told(Api caller, Reply ticket) {
        return notices(caller, ticket).stream()
                .map(each -> each.getString("kind"))
                .toList();
    }

    private static List<JsonObject> notices(Api caller, Reply ticket) {
        APP.runJobs();
        var latestFirst = caller.get("/v1/notifications?limit=100").items().stream()
                .filter(each -> each.getString("subjectId").equals(ticket.id().toString()))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(latestFirst);
        return latestFirst;
    }

    private static JsonObject suspension() {
        return new JsonObject()
                .put("reason", "等配件")
                .put("until", APP.clock().instant().plus(Duration.ofDays(2)).toString());
    }

    private static JsonObject solution() {
        return new JsonObject().put("outcome", "fixed").put("note", "换了灯泡");
    }

    private static String id(Api person) {
        return person.get("/v1/me").json().getString("id");
    }

    private static String compoundOf(Api resident) {
        return resident.get("/v1/me")
                .json()
                .getJsonArray("households")
                .getJsonObject(0)
                .getString("compoundId");
    }
}
