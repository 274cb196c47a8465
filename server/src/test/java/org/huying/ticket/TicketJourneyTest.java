package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ticket's job from end to end, over HTTP. */
class TicketJourneyTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    /** Household 1 is in compound 1, which firm 1 serves. */
    private static final String ITEM = "light-out";

    @Test
    void aTicketGoesToTheCompoundsFirmAndComesBackSolved() {
        // given
        var resident = APP.resident(1);
        var dispatcher = APP.staff("dispatcher-1");
        var worker = APP.staff("worker-1");
        var ticket = report(1);
        assertThat(ticket.status()).as(ticket.text()).isEqualTo(201);
        assertThat(ticket.json().getJsonObject("responsibleOrg").getString("id"))
                .isEqualTo(DemoStructure.firm(1).toString());
        var path = "/v1/tickets/" + ticket.id();

        // when
        dispatcher.post(path + "/accept");
        dispatcher.post(
                path + "/assign",
                new JsonObject()
                        .put("assigneeId", DemoStructure.staff("worker-1").toString()));
        worker.post(path + "/start");
        var resolved = worker.post(
                path + "/resolve", new JsonObject().put("outcome", "fixed").put("note", "换了锁芯"));
        var confirmed = resident.post(path + "/confirm", new JsonObject().put("rating", 5));

        // then
        assertThat(resolved.json().getString("status")).as(resolved.text()).isEqualTo("resolved");
        assertThat(confirmed.json().getString("status")).isEqualTo("closed");
        assertThat(confirmed.json().getJsonObject("firstOwner").getString("id"))
                .isEqualTo(DemoStructure.firm(1).toString());
        assertThat(resident.get(path + "/events").items().stream().map(e -> e.getString("type")))
                .containsExactly("submitted", "accepted", "assigned", "started", "resolved", "confirmed", "rated");
    }

    @Test
    void ofTwentyWhoAcceptOneWins() {
        // given
        var ticket = report(7);
        var dispatcher = APP.staff("dispatcher-1");

        // when
        var replies = IntStream.range(0, 20)
                .mapToObj(i -> dispatcher.postLater("/v1/tickets/" + ticket.id() + "/accept", new JsonObject()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // then
        assertThat(replies.stream().filter(r -> r.status() == 200)).hasSize(1);
        assertThat(replies.stream().filter(r -> r.status() == 409)).hasSize(19).allSatisfy(r -> {
            assertThat(r.code()).isEqualTo("action_not_allowed");
            assertThat(r.json().getString("ticketStatus")).isEqualTo("accepted");
            assertThat(r.json().getJsonArray("allowedActions").contains("assign"))
                    .isTrue();
        });
    }

    @Test
    void strangersSeeNothing() {
        var ticket = report(13).id();

        for (var stranger : List.of(
                APP.resident(2),
                APP.wechat("demo-new-stranger"),
                APP.wechat("demo-far-1"),
                APP.staff("far-supervisor"),
                APP.staff("far-dispatcher"),
                APP.staff("canteen-operator-1"))) {
            assertThat(stranger.get("/v1/tickets/" + ticket).status()).isEqualTo(404);
            assertThat(stranger.get("/v1/tickets/" + ticket + "/events").status())
                    .isEqualTo(404);
            assertThat(stranger.post("/v1/tickets/" + ticket + "/accept").status())
                    .isEqualTo(404);
        }
        assertThat(APP.staff("dispatcher-2").get("/v1/tickets/" + ticket).status())
                .isEqualTo(404);
    }

    @Test
    void theResidentMayNotAcceptTheOwnTicket() {
        var ticket = report(19).id();

        assertThat(APP.resident(19).post("/v1/tickets/" + ticket + "/accept").status())
                .isEqualTo(403);
    }

    @Test
    void whoeverReportsForAnotherHouseholdIsToldNothingOfIt() {
        var reply = APP.resident(1).post("/v1/tickets", submission(DemoStructure.household(2)));

        assertThat(reply.status()).isIn(403, 404);
    }

    private static Reply report(int resident) {
        return APP.resident(resident).post("/v1/tickets", submission(DemoStructure.household(resident)));
    }

    private static JsonObject submission(UUID household) {
        return new JsonObject()
                .put("serviceItemCode", ITEM)
                .put("householdId", household.toString())
                .put("description", "单元门关不上，刷卡没有反应");
    }
}
