package org.huying.metrics.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The figures, the tickets behind them and why each counts, as supervisors, dispatchers and residents meet them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompletionApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private String item = "";
    private LocalDate day = LocalDate.EPOCH;
    private UUID solved = new UUID(0, 0);
    private UUID reopened = new UUID(0, 0);
    private UUID byPhone = new UUID(0, 0);

    @BeforeAll
    void threeTicketsOfOneDay() {
        day = LocalDate.ofInstant(APP.clock().instant(), ZoneId.of("Asia/Shanghai"));
        item = APP.resident(1).get("/v1/service-items?limit=100").items().stream()
                .filter(each -> each.getString("kind").equals("repair")
                        && each.getBoolean("reportable")
                        && !each.getBoolean("evidenceRequired")
                        && each.getJsonArray("requiredInfo").stream()
                                .noneMatch(info -> ((JsonObject) info).getBoolean("required")))
                .findFirst()
                .orElseThrow()
                .getString("code");
        solved = resolved(1, "mini_program");
        reopened = resolved(2, "mini_program");
        byPhone = resolved(3, "hotline");
        act("demo-resident-1", solved, "confirm", new JsonObject());
        APP.clock().advance(Duration.ofDays(1));
        act("demo-resident-2", reopened, "reopen", new JsonObject().put("reason", "又漏了"));
        APP.clock().advance(Duration.ofDays(9));
    }

    @Test
    void everyFigureHasItsTickets() {
        var total = figures("").json().getJsonObject("total");

        assertThat(total.getInteger("denominator")).isEqualTo(3);
        assertThat(total.getJsonObject("broken").getInteger("reopened")).isEqualTo(1);
        assertThat(tickets("&verdict=broken&cause=reopened")).containsExactly(reopened);
        assertThat(tickets("&verdict=broken&cause=unable")).isEmpty();
        assertThat(tickets("&verdict=one_time&confirmed=true")).containsExactly(solved);
        assertThat(tickets("&verdict=one_time&confirmed=false")).containsExactly(byPhone);
    }

    @Test
    void filtersCombine() {
        assertThat(cohort("&channel=hotline")).isEqualTo(1);
        assertThat(cohort("&channel=hotline&serviceItemCode=" + item)).isEqualTo(1);
        assertThat(cohort("&channel=hotline&serviceItemCode=street-light")).isZero();
        assertThat(tickets("&channel=hotline&verdict=one_time")).containsExactly(byPhone);
        assertThat(supervisor("&channel=pigeon").withStatus(400).faults()).containsExactly("/query/channel");
    }

    @Test
    void aPageGoesOnOnlyWithTheQuestionItCameFrom() {
        // given
        var supervisor = APP.staff("district-supervisor");
        var list = path("/tickets") + "&limit=1&verdict=one_time";
        var first = supervisor.get(list).withStatus(200);
        var cursor = "&cursor=" + first.json().getString("nextCursor");
        APP.clock().advance(Duration.ofMillis(1));
        act("demo-resident-3", byPhone, "rate", new JsonObject().put("rating", 4));

        // then
        var second = supervisor.get(list + cursor).withStatus(200);
        assertThat(List.of(ticketOf(first), ticketOf(second))).containsExactlyInAnyOrder(solved, byPhone);
        assertThat(second.json().getString("nextCursor")).isNull();
        for (var other : List.of("&limit=1&verdict=broken", "&limit=1&verdict=one_time&confirmed=true")) {
            assertThat(supervisor
                            .get(path("/tickets") + other + cursor)
                            .withStatus(400)
                            .faults())
                    .containsExactly("/query/cursor");
        }
    }

    @Test
    void whatCannotBeIsRefusedRatherThanCountedAsNothing() {
        var supervisor = APP.staff("district-supervisor");
        var tickets = path("/tickets");

        assertThat(supervisor("&serviceItemCode=nope").withStatus(422).faultsAndCodes())
                .containsExactly("/query/serviceItemCode service_item_unknown");
        assertThat(supervisor
                        .get(tickets + "&verdict=one_time&cause=reopened")
                        .withStatus(422)
                        .faultsAndCodes())
                .containsExactly("/query/cause cause_unfit");
        assertThat(supervisor
                        .get(tickets + "&verdict=broken&confirmed=true")
                        .withStatus(422)
                        .faultsAndCodes())
                .containsExactly("/query/confirmed confirmed_unfit");
    }

    @Test
    void theFiguresAreATableToo() {
        // when
        var csv = APP.staff("district-supervisor")
                .with("Accept", "text/csv")
                .get(path("") + "&groupBy=channel")
                .withStatus(200);

        // then
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
        assertThat(csv.header("Content-Disposition")).contains("one-time-completion.csv");
        var lines = csv.text().split("\r\n", -1);
        assertThat(lines).hasSize(7);
        assertThat(lines[0]).startsWith("\ufeff起,止,截至,口径,范围");
        assertThat(lines[1]).contains(",channel,hotline,hotline,1,0,1,0,0,1,1,1.0,");
        assertThat(lines[3]).startsWith(day + "," + day).contains(",total,,合计,3,0,3,0,0,3,2,0.66");
        assertThat(lines[0].split(",", -1)).hasSameSizeAs(lines[3].split(",", -1));
    }

    @Test
    void theTicketsAreATableToo() {
        // when
        var csv = APP.staff("district-supervisor")
                .with("Accept", "text/csv")
                .get(path("/tickets") + "&verdict=one_time&limit=1")
                .withStatus(200);

        // then
        assertThat(csv.text().split("\r\n", -1))
                .hasSize(4)
                .anySatisfy(
                        line -> assertThat(line).contains("," + solved + ",").endsWith(",one_time,,是"))
                .anySatisfy(
                        line -> assertThat(line).contains("," + byPhone + ",").endsWith(",hotline,one_time,,否"));
    }

    @Test
    void aTicketSaysWhyItCounts() {
        // when
        var why = explanation("demo-resident-2", reopened, "").withStatus(200).json();

        // then
        assertThat(why.getString("verdict")).isEqualTo("broken");
        assertThat(why.getString("cause")).isEqualTo("reopened");
        assertThat(why.getJsonArray("decidedBy"))
                .singleElement()
                .satisfies(event ->
                        assertThat(((JsonObject) event).getString("type")).isEqualTo("reopened"));
        var before = why.getString("at");
        assertThat(explanation("demo-resident-2", reopened, "?asOf=" + before)
                        .json()
                        .getString("verdict"))
                .isEqualTo("provisional");
    }

    @Test
    void anExclusionNamesItsApproverAndTheReasonInWords() {
        // given
        APP.staff("district-supervisor")
                .post(
                        "/v1/tickets/" + byPhone + "/exclude",
                        new JsonObject().put("reason", "test").put("note", "话务员演练"))
                .withStatus(200);

        // when
        var why = APP.staff("district-supervisor").get("/v1/tickets/" + byPhone + "/completion");
        var seen = explanation("demo-resident-3", byPhone, "").withStatus(200).json();
        APP.staff("district-supervisor")
                .post("/v1/tickets/" + byPhone + "/include", new JsonObject().put("note", "恢复"))
                .withStatus(200);

        // then
        var exclusion = why.withStatus(200).json().getJsonObject("exclusion");
        assertThat(exclusion.getString("reason")).isEqualTo("test");
        assertThat(exclusion.getString("note")).isEqualTo("话务员演练");
        assertThat(exclusion.getString("by")).isNotBlank();
        assertThat(seen.getString("verdict")).isEqualTo("excluded");
        assertThat(explanation("demo-resident-3", byPhone, "").json().getJsonObject("exclusion"))
                .isNull();
    }

    @Test
    void whoMayNotSeeTheTicketIsNotTold() {
        assertThat(explanation("demo-resident-30", reopened, "").status()).isEqualTo(404);
        assertThat(explanation("demo-resident-2", UUID.randomUUID(), "").status())
                .isEqualTo(404);
        assertThat(APP.resident(2).get(path("")).status()).isEqualTo(403);
        assertThat(explanation(
                                "demo-resident-2",
                                reopened,
                                "?asOf=" + APP.clock().instant().plusSeconds(1))
                        .withStatus(422)
                        .faults())
                .containsExactly("/query/asOf");
    }

    private UUID resolved(int resident, String channel) {
        var me = APP.resident(resident).get("/v1/me").json();
        var household = me.getJsonArray("households").getJsonObject(0).getString("id");
        var submission = new JsonObject()
                .put("serviceItemCode", item)
                .put("householdId", household)
                .put("description", Said.anew("水管漏水"))
                .put("attributes", new JsonObject());
        var reporter = APP.resident(resident);
        if (channel.equals("hotline")) {
            reporter = APP.staff("hotline-agent");
            submission.put("onBehalfOfId", me.getString("id"));
        }
        var ticket = reporter.post("/v1/tickets", submission).withStatus(201);
        var organization = ticket.json().getJsonObject("responsibleOrg").getString("id");
        var dispatcher = List.of("dispatcher-1", "dispatcher-2", "dispatcher-3").stream()
                .filter(each -> Objects.requireNonNull(
                                APP.staff(each).get("/v1/me").text())
                        .contains(organization))
                .findFirst()
                .orElseThrow();
        APP.staff(dispatcher)
                .post("/v1/tickets/" + ticket.id() + "/accept", new JsonObject())
                .withStatus(200);
        APP.staff(dispatcher)
                .post(
                        "/v1/tickets/" + ticket.id() + "/resolve",
                        new JsonObject().put("outcome", "fixed").put("note", "修好了"))
                .withStatus(200);
        return ticket.id();
    }

    private static void act(String resident, UUID ticket, String action, JsonObject body) {
        APP.wechat(resident).post("/v1/tickets/" + ticket + "/" + action, body).withStatus(200);
    }

    private String path(String more) {
        return "/v1/metrics/one-time-completion" + more + "?from=" + day + "&to=" + day;
    }

    private Reply supervisor(String filters) {
        return APP.staff("district-supervisor").get(path("") + filters);
    }

    private Reply figures(String filters) {
        return supervisor(filters).withStatus(200);
    }

    private int cohort(String filters) {
        return figures(filters).json().getJsonObject("total").getInteger("cohort");
    }

    private List<UUID> tickets(String filters) {
        return APP.staff("district-supervisor").get(path("/tickets") + filters).withStatus(200).items().stream()
                .map(item -> UUID.fromString(item.getString("ticketId")))
                .toList();
    }

    private static UUID ticketOf(Reply page) {
        return UUID.fromString(page.items().get(0).getString("ticketId"));
    }

    private static Reply explanation(String resident, UUID ticket, String query) {
        return APP.wechat(resident).get("/v1/tickets/" + ticket + "/completion" + query);
    }
}
