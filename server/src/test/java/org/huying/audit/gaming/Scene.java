package org.huying.audit.gaming;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;

/** One household, its firm, and everybody else who has to do with its tickets, over HTTP. */
final class Scene {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final String ITEM = "light-out";
    static final Duration WEEK = Duration.ofDays(7);
    static final Duration MILLI = Duration.ofMillis(1);

    private static final int YEARS = 3;
    private static final List<String> VERDICTS =
            List.of("one_time", "broken", "provisional", "excluded", "overdue_unresolved", "withdrawn", "duplicate");

    private final TestApp app;
    private final int resident;
    private final int firm;

    Scene(TestApp app, int resident) {
        this.app = app;
        this.resident = resident;
        this.firm = DemoStructure.firmNumberOf(resident);
    }

    Api resident() {
        return app.resident(resident);
    }

    Api dispatcher() {
        return app.staff("dispatcher-" + firm);
    }

    Api worker() {
        return app.staff("worker-" + firm);
    }

    Api grid() {
        return app.staff("grid-member-" + Math.min(firm, 2));
    }

    Api hotline() {
        return app.staff("hotline-agent");
    }

    Api community() {
        return app.staff("community-supervisor-" + firm);
    }

    Api town() {
        return app.staff("town-supervisor");
    }

    Api district() {
        return app.staff("district-supervisor");
    }

    String firmId() {
        return DemoStructure.firm(firm).toString();
    }

    UUID compound() {
        return DemoStructure.compound(DemoStructure.compoundNumberOf(resident));
    }

    Instant now() {
        return app.clock().instant();
    }

    void pass(Duration time) {
        app.clock().advance(time);
    }

    /** With all that time itself does. */
    void passWithJobs(Duration time) {
        pass(time);
        app.runInnerJobs();
    }

    JsonObject report(String item) {
        return new JsonObject()
                .put("serviceItemCode", item)
                .put("householdId", DemoStructure.household(resident).toString())
                .put("description", Said.anew("坏了"));
    }

    String reported() {
        return reported(ITEM);
    }

    String reported(String item) {
        return resident().post("/v1/tickets", report(item)).withStatus(201).id().toString();
    }

    /** Reported and accepted. */
    String accepted() {
        return done(dispatcher(), reported(), "accept", new JsonObject());
    }

    /** Reported, accepted and said to be settled. */
    String resolved(String outcome) {
        return resolve(accepted(), outcome);
    }

    String resolve(String ticket, String outcome) {
        return done(dispatcher(), ticket, "resolve", outcome(outcome));
    }

    /** An act that the rules allow; the ticket's id again. */
    String done(Api who, String ticket, String action, JsonObject body) {
        act(who, ticket, action, body).withStatus(200);
        return ticket;
    }

    Reply act(Api who, String ticket, String action, JsonObject body) {
        return who.post("/v1/tickets/" + ticket + "/" + action, body);
    }

    JsonObject shown(String ticket) {
        return district().get("/v1/tickets/" + ticket).withStatus(200).json();
    }

    List<String> events(String ticket) {
        return district().get("/v1/tickets/" + ticket + "/events?limit=100").items().stream()
                .map(event -> event.getString("type"))
                .toList();
    }

    /** How the ticket counts at the end of its window. */
    String verdictAfterAll(String ticket) {
        pass(WEEK.plus(WEEK));
        return verdict(ticket);
    }

    String verdict(String ticket) {
        return verdict(ticket, now());
    }

    /** {@code verdict/cause}, as the one list has it that the ticket is in; empty if it is in none. */
    String verdict(String ticket, Instant asOf) {
        var found = new ArrayList<String>();
        for (var verdict : VERDICTS) {
            counted(verdict, asOf).stream()
                    .filter(each -> each.getString("ticketId").equals(ticket))
                    .map(each -> each.getString("cause"))
                    .forEach(cause -> found.add(cause == null ? verdict : verdict + "/" + cause));
        }
        if (found.size() > 1) {
            throw new AssertionError("counted twice: " + found);
        }
        return found.isEmpty() ? "" : found.get(0);
    }

    /** What is counted of this compound. */
    List<JsonObject> counted(String verdict, Instant asOf) {
        var query = query(asOf) + "&limit=100&verdict=" + verdict + "&placeId=" + compound();
        return district()
                .get("/v1/metrics/one-time-completion/tickets?" + query)
                .withStatus(200)
                .items();
    }

    /** The figures of this firm. */
    JsonObject figures(Instant asOf) {
        return district()
                .get("/v1/metrics/one-time-completion?" + query(asOf) + "&organizationId=" + firmId())
                .withStatus(200)
                .json()
                .getJsonObject("total");
    }

    /** Everything around that instant. */
    static String query(Instant asOf) {
        var day = LocalDate.ofInstant(asOf, ZONE);
        return "from=" + day.minusYears(YEARS) + "&to=" + day.plusYears(YEARS) + "&asOf=" + asOf;
    }

    static JsonObject outcome(String outcome) {
        return new JsonObject().put("outcome", outcome).put("note", "已处理");
    }

    static JsonObject reason() {
        return new JsonObject().put("reason", "情况说明");
    }

    static JsonObject message() {
        return new JsonObject().put("message", "请补充门牌号");
    }

    static JsonObject rating(int rating) {
        return new JsonObject().put("rating", rating);
    }

    static JsonObject exclusion() {
        return new JsonObject().put("reason", "out_of_scope").put("note", "不属于受理范围");
    }
}
