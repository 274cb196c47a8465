package org.huying.metrics.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service rates as clients meet them: over HTTP, every answer held against the contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceRatesApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final int RESIDENTS = 4;

    private String period = "";
    private String dispatcherName = "";

    /** One firm's four tickets: rated, late, still open, and open again. */
    @BeforeAll
    void someTickets() {
        for (var i = 1; i <= RESIDENTS; i++) {
            var resident = APP.resident(i);
            var ticket = resident.post("/v1/tickets", report(resident)).withStatus(201);
            var dispatcher = APP.staff(dispatcherOf(ticket));
            act(dispatcher, ticket, "accept", new JsonObject());
            if (i != 3) {
                APP.clock().advance(i == 2 ? Duration.ofDays(90) : Duration.ofMinutes(5));
                act(
                        dispatcher,
                        ticket,
                        "resolve",
                        new JsonObject().put("outcome", "fixed").put("note", "已修好"));
            }
            if (i == 1) {
                act(resident, ticket, "rate", new JsonObject().put("rating", 5));
                dispatcherName = dispatcherOf(ticket);
            } else if (i == 4) {
                act(resident, ticket, "reopen", new JsonObject().put("reason", "又漏了"));
            }
        }
        var today = LocalDate.ofInstant(APP.clock().instant(), ZoneId.of("Asia/Shanghai"));
        period = "from=" + today.minusDays(200) + "&to=" + today;
    }

    @Test
    void everyNumberHasItsTickets() {
        var supervisor = APP.staff("district-supervisor");
        var total = supervisor
                .get("/v1/metrics/service?" + period)
                .withStatus(200)
                .json()
                .getJsonObject("total");
        var numbers = new TreeMap<>(Map.of(
                "cohort", total.getInteger("cohort"),
                "excluded", total.getInteger("excluded"),
                "counted", total.getInteger("counted"),
                "response_in_time", total.getJsonObject("response").getInteger("numerator"),
                "resolution_in_time", total.getJsonObject("resolution").getInteger("numerator"),
                "satisfied", total.getJsonObject("satisfaction").getInteger("numerator"),
                "rated", total.getJsonObject("satisfaction").getInteger("denominator"),
                "not_transferred", total.getJsonObject("zeroTransfer").getInteger("numerator"),
                "backlog", total.getJsonObject("backlog").getInteger("open"),
                "reopened", total.getJsonObject("backlog").getInteger("reopened")));

        assertThat(numbers).containsEntry("cohort", 3).containsEntry("resolution_in_time", 2);
        assertThat(numbers).containsEntry("backlog", 2).containsEntry("reopened", 1);
        assertThat(total.getJsonObject("satisfaction").getJsonObject("ratings").getInteger("5"))
                .isEqualTo(1);
        numbers.forEach((measure, count) -> assertThat(supervisor
                        .get("/v1/metrics/service/tickets?measure=" + measure + "&" + period)
                        .withStatus(200)
                        .items())
                .as(measure)
                .hasSize(count));
        var ages = total.getJsonObject("backlog").getJsonObject("byAge");
        ages.fieldNames()
                .forEach(age -> assertThat(supervisor
                                .get("/v1/metrics/service/tickets?measure=backlog&age=" + age + "&" + period)
                                .items())
                        .hasSize(ages.getInteger(age)));
    }

    @Test
    void theTicketsComeInPages() {
        var supervisor = APP.staff("district-supervisor");
        var path = "/v1/metrics/service/tickets?measure=counted&limit=1&" + period;
        var seen = new TreeMap<String, String>();
        var page = supervisor.get(path).withStatus(200);
        while (true) {
            page.items().forEach(each -> seen.put(each.getString("ticketId"), each.getString("at")));
            var cursor = page.json().getString("nextCursor");
            if (cursor == null) {
                break;
            }
            page = supervisor.get(path + "&cursor=" + cursor).withStatus(200);
        }
        assertThat(seen).hasSize(3);
    }

    @Test
    void onlyTheBacklogHasAges() {
        var supervisor = APP.staff("district-supervisor");
        var asked = "/v1/metrics/service/tickets?age=under_1_day&" + period;

        assertThat(supervisor.get(asked + "&measure=backlog").status()).isEqualTo(200);
        assertThat(supervisor.get(asked + "&measure=counted").withStatus(422).faultsAndCodes())
                .containsExactly("/query/age age_without_backlog");
    }

    @Test
    void aDispatcherSeesTheOwnFirmAndAResidentNothing() {
        var own = APP.staff(dispatcherName)
                .get("/v1/metrics/service?groupBy=organization&" + period)
                .withStatus(200)
                .json();
        assertThat(own.getJsonArray("groups")).hasSize(1);
        var firm =
                own.getJsonArray("groups").getJsonObject(0).getJsonObject("key").getString("id");
        var other = dispatcherName.equals("dispatcher-1") ? "dispatcher-2" : "dispatcher-1";

        for (var path : new String[] {"/v1/metrics/service?", "/v1/metrics/service/tickets?measure=backlog&"}) {
            assertThat(APP.staff(other)
                            .get(path + "organizationId=" + firm + "&" + period)
                            .status())
                    .isEqualTo(403);
            assertThat(APP.resident(1).get(path + period).status()).isEqualTo(403);
            assertThat(APP.anyone().get(path + period).status()).isEqualTo(401);
        }
    }

    private static JsonObject report(Api resident) {
        var item = resident.get("/v1/service-items?limit=100").items().stream()
                .filter(each -> each.getString("kind").equals("repair")
                        && each.getBoolean("reportable")
                        && !each.getBoolean("evidenceRequired")
                        && each.getJsonArray("requiredInfo", new JsonArray()).stream()
                                .noneMatch(info -> ((JsonObject) info).getBoolean("required")))
                .findFirst()
                .orElseThrow();
        var household = resident.get("/v1/me").json().getJsonArray("households").getJsonObject(0);
        return new JsonObject()
                .put("serviceItemCode", item.getString("code"))
                .put("householdId", household.getString("id"))
                .put("description", Said.anew("厨房水管漏水"));
    }

    /** The demo's firms are numbered as their dispatchers are. */
    private static String dispatcherOf(Reply ticket) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(i -> "dispatcher-" + i)
                .filter(name ->
                        APP.staff(name).get("/v1/tickets/" + ticket.id()).status() == 200)
                .findFirst()
                .orElseThrow();
    }

    private static void act(Api caller, Reply ticket, String action, JsonObject body) {
        caller.post("/v1/tickets/" + ticket.id() + "/" + action, body).withStatus(200);
    }
}
