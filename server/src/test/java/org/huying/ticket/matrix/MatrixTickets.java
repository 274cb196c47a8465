package org.huying.ticket.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;

/** Makes tickets of every kind and brings them into every state, over HTTP alone. */
final class MatrixTickets {
    static final String DESCRIPTION = "灯又不亮了";

    /** An item for each ticket, so that none is taken for a re-report of another. */
    private static final String ITEMS = """
            INSERT INTO service_item (district_id, code, version, name, kind, required_info, response_hours,
                resolution_hours, calendar, evidence_required, reportable, created_at)
            SELECT district_id, 'lamp-' || n, version, name, kind, required_info, response_hours,
                resolution_hours, calendar, evidence_required, reportable, created_at
            FROM service_item, generate_series(1, $2) AS n
            WHERE district_id = $1 AND code = 'light-out'
            """;

    private static final int ITEMS_MAX = 3_000;

    private static final Map<String, String> DISPATCHER = Map.of(
            "household", "dispatcher of the firm",
            "spot", "dispatcher of the firm",
            "office", "supervisor of the community",
            "top", "supervisor of the district");
    private static final Map<String, String> WORKER = Map.of(
            "household", "worker of the firm",
            "spot", "worker of the firm",
            "office", "grid member of the place",
            "top", "grid member of the district");
    private static final Map<String, List<String>> WAY_UP = Map.of(
            "household", List.of(),
            "spot", List.of(),
            "office", List.of("dispatcher of the firm"),
            "top", List.of("dispatcher of the firm", "supervisor of the community", "supervisor of the town"));

    private final TestApp app;
    private final MatrixCast cast;
    private final AtomicInteger items = new AtomicInteger();
    private UUID anotherTicket = DemoStructure.districtId();

    MatrixTickets(TestApp app, MatrixCast cast) {
        this.app = app;
        this.cast = cast;
        var copied = await(app.database()
                .read(client -> client.preparedQuery(ITEMS).execute(Tuple.of(DemoStructure.districtId(), ITEMS_MAX))));
        assertThat(copied.rowCount()).isEqualTo(ITEMS_MAX);
    }

    /** What {@code link} can name: reported after everything that was resolved. */
    void reportAnother() {
        anotherTicket = report(nextItem(), "household", MatrixCast.REPORTER);
    }

    /** A ticket, and one that it can be merged into. */
    record Pair(UUID ticket, UUID mergeTarget) {}

    /** One made as the situation says; with another reporter's merged into it, where that matters. */
    Pair make(ActionTable.Situation situation, boolean merged, boolean mergeable) {
        var kind = situation.kind();
        var item = nextItem();
        var ticket = report(item, kind, MatrixCast.REPORTER);
        if (merged) {
            var other = report(item, kind, MatrixCast.MERGED_REPORTER);
            act("dispatcher of the firm", other, "merge", into(ticket));
        }
        for (var by : Objects.requireNonNull(WAY_UP.get(kind))) {
            act(by, ticket, "escalate", body("escalate", kind));
        }
        var target = mergeable || situation.steps().contains("merge")
                ? report(item, kind, MatrixCast.REPORTER)
                : anotherTicket;
        for (var step : situation.steps()) {
            act(doer(step, kind), ticket, step, step.equals("merge") ? into(target) : body(step, kind));
        }
        return new Pair(ticket, target);
    }

    static JsonObject into(UUID target) {
        return new JsonObject().put("intoTicketId", target.toString());
    }

    String nextItem() {
        return "lamp-" + items.incrementAndGet();
    }

    /** A fit request. */
    JsonObject body(String action, String kind) {
        var body = new JsonObject();
        return switch (action) {
            case "assign" -> body.put("assigneeId", idOf(Objects.requireNonNull(WORKER.get(kind))));
            case "request-info", "provide-info" -> body.put("message", "请说明是哪一盏灯");
            case "suspend" ->
                body.put("reason", "等配件")
                        .put(
                                "until",
                                app.clock().instant().plus(Duration.ofDays(1)).toString());
            case "transfer" ->
                body.put("organizationId", DemoStructure.firm(2).toString()).put("reason", "不属于我司");
            case "escalate", "reopen" -> body.put("reason", "情况说明");
            case "resolve" -> body.put("outcome", "fixed").put("note", "换了灯泡");
            case "follow-up" -> body.put("solved", true).put("note", "已回访");
            case "merge" -> into(anotherTicket);
            case "link" -> body.put("ticketId", anotherTicket.toString());
            case "exclude" -> body.put("reason", "test").put("note", "测试工单");
            case "include" -> body.put("note", "恢复统计");
            case "comment" -> body.put("text", "请看一下");
            case "rate" -> body.put("rating", 5);
            default -> body;
        };
    }

    Reply tryTo(Api caller, UUID ticket, String action, JsonObject body) {
        if (action.equals("urge")) {
            app.forgetLimit("urge");
        }
        return caller.post("/v1/tickets/" + ticket + "/" + action, body);
    }

    /** Filed by the hotline, which has no limit of reports. */
    private UUID report(String item, String kind, int resident) {
        return report(
                "hotline agent",
                item,
                kind,
                new JsonObject()
                        .put("onBehalfOfId", DemoStructure.resident(resident).toString()));
    }

    UUID report(String actor, String item, String kind, JsonObject more) {
        var body = more.put("serviceItemCode", item).put("description", Said.anew(DESCRIPTION));
        if (kind.equals("spot")) {
            body.put("placeId", MatrixCast.COMPOUND.toString()).put("spot", "东门");
        } else {
            body.put("householdId", MatrixCast.HOUSEHOLD.toString());
        }
        var reply = cast.caller(actor).post("/v1/tickets", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.id();
    }

    void act(String actor, UUID ticket, String action, JsonObject body) {
        var reply = tryTo(cast.caller(actor), ticket, action, body);
        assertThat(reply.status())
                .as("%s by %s: %s", action, actor, reply.text())
                .isEqualTo(200);
    }

    private static String doer(String step, String kind) {
        return switch (step) {
            case "start", "resolve" -> Objects.requireNonNull(WORKER.get(kind));
            case "confirm", "cancel", "reopen", "urge" -> "reporter";
            case "exclude", "include" -> "supervisor of the town";
            default -> Objects.requireNonNull(DISPATCHER.get(kind));
        };
    }

    private static String idOf(String worker) {
        var username = switch (worker) {
            case "grid member of the place" -> "grid-member-1";
            case "grid member of the district" -> "district-grid-member";
            default -> "worker-1";
        };
        return DemoStructure.staff(username).toString();
    }
}
