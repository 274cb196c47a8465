package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tickets and their rate as clients meet them: over HTTP, every answer held against the contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TicketApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private String item = "";
    private String household = "";

    @BeforeAll
    void somethingToReport() {
        item = APP.resident(1).get("/v1/service-items?limit=100").items().stream()
                .filter(each -> each.getString("kind").equals("repair")
                        && each.getBoolean("reportable")
                        && !each.getBoolean("evidenceRequired")
                        && each.getJsonArray("requiredInfo").stream()
                                .noneMatch(info -> ((JsonObject) info).getBoolean("required")))
                .findFirst()
                .orElseThrow()
                .getString("code");
        household = APP.resident(1)
                .get("/v1/me")
                .json()
                .getJsonArray("households")
                .getJsonObject(0)
                .getString("id");
    }

    @Test
    void aPageGoesOnOnlyInTheListItBelongsTo() {
        report();
        report();
        var dispatcher = APP.staff("dispatcher-1");
        var cursor =
                dispatcher.get("/v1/tickets?limit=1").withStatus(200).json().getString("nextCursor");

        assertThat(dispatcher.get("/v1/tickets?limit=1&cursor=" + cursor).status())
                .isEqualTo(200);
        assertThat(dispatcher
                        .get("/v1/tickets?limit=1&order=due&cursor=" + cursor)
                        .withStatus(400)
                        .faults())
                .containsExactly("/query/cursor");
    }

    @Test
    void aTicketIsReportedWorkedOnClosedAndReopened() {
        // given
        var ticket = report();
        var dispatcher = dispatcherOf(ticket);
        var worker = APP.staff(dispatcher.replace("dispatcher", "worker"));
        var workerId = worker.get("/v1/me").json().getString("id");

        // when
        act(APP.staff(dispatcher), ticket, "accept", new JsonObject());
        act(APP.staff(dispatcher), ticket, "assign", new JsonObject().put("assigneeId", workerId));
        act(worker, ticket, "start", new JsonObject());
        act(worker, ticket, "resolve", new JsonObject().put("outcome", "fixed").put("note", "已修好"));
        var confirmed = act(APP.resident(1), ticket, "confirm", new JsonObject().put("rating", 5));
        APP.clock().advance(Duration.ofDays(1));
        var reopened = act(APP.resident(1), ticket, "reopen", new JsonObject().put("reason", "又坏了"));

        // then
        assertThat(confirmed.json().getString("status")).isEqualTo("closed");
        assertThat(confirmed.json().getInteger("rating")).isEqualTo(5);
        assertThat(reopened.json().getString("status")).isEqualTo("in_progress");
        assertThat(reopened.json().getJsonObject("assignee").getString("id")).isEqualTo(workerId);
        var events = APP.resident(1).get("/v1/tickets/" + ticket.id() + "/events?limit=3");
        assertThat(events.items())
                .extracting(event -> event.getString("type"))
                .containsExactly("submitted", "accepted", "assigned");
        var next = events.json().getString("nextCursor");
        assertThat(APP.resident(1)
                        .get("/v1/tickets/" + ticket.id() + "/events?cursor=" + next)
                        .items())
                .extracting(event -> event.getString("type"))
                .containsExactly("started", "resolved", "confirmed", "rated", "reopened");
    }

    @Test
    void ofTwentyWhoAcceptOneWins() {
        // given
        var ticket = report();
        var dispatcher = APP.staff(dispatcherOf(ticket));

        // when
        var replies = IntStream.range(0, 20)
                .mapToObj(i -> dispatcher.postLater(path(ticket, "accept"), new JsonObject()))
                .toList();
        CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).join();

        // then
        var all = replies.stream().map(CompletableFuture::join).toList();
        assertThat(all).filteredOn(reply -> reply.status() == 200).hasSize(1);
        var refused = all.stream().filter(reply -> reply.status() == 409).toList();
        assertThat(refused).hasSize(19).allSatisfy(reply -> {
            assertThat(reply.code()).isEqualTo("action_not_allowed");
            assertThat(reply.json().getString("ticketStatus")).isEqualTo("accepted");
            assertThat(reply.json().getJsonArray("allowedActions")).contains("assign");
        });
    }

    @Test
    void whatTheSystemWroteIsReadLikeEverythingElse() {
        // given
        var first = report();
        var dispatcher = APP.staff(dispatcherOf(first));
        act(dispatcher, first, "accept", new JsonObject());
        act(
                dispatcher,
                first,
                "resolve",
                new JsonObject().put("outcome", "fixed").put("note", "已修好"));

        // when
        APP.clock().advance(Duration.ofHours(1));
        report();

        // then
        for (var reader : List.of(APP.resident(1), dispatcher, APP.staff("district-supervisor"))) {
            var events = reader.get("/v1/tickets/" + first.id() + "/events");
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.items())
                    .extracting(event -> event.getString("type"))
                    .contains("re_reported");
        }
    }

    @Test
    void strangersAreToldThatThereIsNothing() {
        // given
        var ticket = report();
        var stranger = APP.wechat("demo-far-1");

        // then
        assertThat(stranger.get("/v1/tickets/" + ticket.id()).status()).isEqualTo(404);
        assertThat(stranger.get("/v1/tickets/" + ticket.id() + "/events").status())
                .isEqualTo(404);
        assertThat(stranger.post(path(ticket, "cancel")).status()).isEqualTo(404);
        assertThat(APP.resident(2).post(path(ticket, "accept")).status()).isIn(403, 404);
        assertThat(APP.resident(1).post(path(ticket, "accept")).status()).isEqualTo(403);
        assertThat(APP.resident(1).get("/v1/tickets/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void everythingWrongIsNamed() {
        var malformed = APP.resident(1)
                .post("/v1/tickets", new JsonObject().put("description", " ").put("colour", "red"));
        var unknown = APP.resident(1)
                .post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "no-such-item")
                                .put("householdId", household)
                                .put("description", "漏水")
                                .put(
                                        "photoIds",
                                        new JsonArray().add(UUID.randomUUID().toString())));

        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.faults()).contains("/serviceItemCode", "/description", "/colour");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.faults()).containsExactly("/serviceItemCode", "/photoIds/0");
    }

    @Test
    void aRepeatedReportIsAnsweredAsTheFirst() {
        // given
        var once = APP.resident(1).with("Idempotency-Key", UUID.randomUUID().toString());

        // when
        var first = once.post("/v1/tickets", report("水管漏水"));
        var second = once.post("/v1/tickets", report("水管漏水"));

        // then
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void theRateCountsWhatWasResolved() {
        // given
        var ticket = report();
        var dispatcher = APP.staff(dispatcherOf(ticket));
        act(dispatcher, ticket, "accept", new JsonObject());
        act(
                dispatcher,
                ticket,
                "resolve",
                new JsonObject().put("outcome", "fixed").put("note", "已修好"));
        var today = LocalDate.ofInstant(APP.clock().instant(), ZoneId.of("Asia/Shanghai"));
        var period = "from=" + today + "&to=" + today;

        // when
        var rate = dispatcher.get("/v1/metrics/one-time-completion?groupBy=organization&" + period);
        var tickets = dispatcher.get("/v1/metrics/one-time-completion/tickets?verdict=provisional&" + period);

        // then
        assertThat(rate.json().getJsonArray("groups")).hasSize(1);
        assertThat(rate.json().getJsonObject("total").getInteger("provisional"))
                .isEqualTo(tickets.items().size());
        assertThat(tickets.items())
                .extracting(each -> each.getString("ticketId"))
                .contains(ticket.id().toString());
        assertThat(APP.resident(1)
                        .get("/v1/metrics/one-time-completion?" + period)
                        .status())
                .isEqualTo(403);
    }

    private Reply report() {
        var reply = APP.resident(1).post("/v1/tickets", report(Said.anew("厨房水管漏水")));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply;
    }

    private JsonObject report(String description) {
        return new JsonObject()
                .put("serviceItemCode", item)
                .put("householdId", household)
                .put("description", description);
    }

    /** The demo's firms are numbered as their dispatchers are. */
    private String dispatcherOf(Reply ticket) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(i -> "dispatcher-" + i)
                .filter(name ->
                        APP.staff(name).get("/v1/tickets/" + ticket.id()).status() == 200)
                .findFirst()
                .orElseThrow();
    }

    private static Reply act(Api caller, Reply ticket, String action, JsonObject body) {
        var reply = caller.post(path(ticket, action), body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private static String path(Reply ticket, String action) {
        return "/v1/tickets/" + ticket.id() + "/" + action;
    }
}
