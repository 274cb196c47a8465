package org.huying.authorization;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.Said;

/** Makes tickets of a side, brought into a state by its own people. */
record Tickets(Side side) {
    /** Of which there are few, so that one stays among the most alike. */
    static final String CLEANING = "stairwell-cleaning";

    /** Of the household. Filed by the hotline, which has no limit of reports. */
    String ofHousehold(String... steps) {
        return after(steps, file(side.as(Who.HOTLINE_AGENT), onBehalf(aboutHousehold())));
    }

    /** With the worker, reported by whom it is about: whoever files for somebody may be shown less of them. */
    String ofReporter() {
        return side.once(
                "reporter's ticket",
                () -> after(new String[] {"accept", "assign", "start"}, file(side.as(Who.RESIDENT), aboutHousehold())));
    }

    /** About a public spot of the compound, reported by no caller of the page. */
    String ofSpot() {
        return file(side.as(Who.HOTLINE_AGENT), aboutSpot());
    }

    String cleaning() {
        return side.once(
                "cleaning",
                () -> file(side.as(Who.HOTLINE_AGENT), onBehalf(aboutHousehold().put("serviceItemCode", CLEANING))));
    }

    /** With the worker, for whoever only looks. */
    String shown() {
        return side.once("ticket", () -> ofHousehold("accept", "assign", "start"));
    }

    String resolved() {
        return side.once("resolved ticket", () -> ofHousehold("accept", "assign", "start", "resolve"));
    }

    /** Of a report. */
    String photo() {
        return side.once("photo", () -> {
            var photo = side.as(Who.RESIDENT)
                    .upload("/v1/photos", Pictures.jpeg(24, 16))
                    .withStatus(201);
            var report = aboutHousehold()
                    .put("photoIds", new JsonArray().add(photo.id().toString()));
            after(new String[] {"accept", "assign"}, file(side.as(Who.RESIDENT), report));
            return photo.id().toString();
        });
    }

    JsonObject aboutHousehold() {
        return report().put("householdId", side.household().toString());
    }

    JsonObject aboutSpot() {
        return report().put("placeId", side.compound().toString()).put("spot", "东门");
    }

    JsonObject onBehalf(JsonObject report) {
        return report.put("onBehalfOfId", side.resident().toString());
    }

    /** A fit request. */
    JsonObject body(String action) {
        var body = new JsonObject();
        return switch (action) {
            case "assign" -> body.put("assigneeId", idOf(side.as(Who.WORKER)));
            case "request-info", "provide-info" -> body.put("message", "请说明是哪一盏灯");
            case "suspend" -> body.put("reason", "等配件").put("until", inADay());
            case "transfer" ->
                body.put("organizationId", otherOrganization().toString()).put("reason", "不属于我司");
            case "escalate", "reopen" -> body.put("reason", "情况说明");
            case "resolve" -> body.put("outcome", "fixed").put("note", "换了灯泡");
            case "follow-up" -> body.put("solved", true).put("note", "已回访");
            case "merge" -> body.put("intoTicketId", ofHousehold());
            case "link" -> body.put("ticketId", later());
            case "exclude" -> body.put("reason", "test").put("note", "测试工单");
            case "include" -> body.put("note", "恢复统计");
            case "comment" -> body.put("text", "请看一下");
            case "rate" -> body.put("rating", 5);
            default -> body;
        };
    }

    /** Than whatever was resolved. */
    private String later() {
        side.app().clock().advance(Duration.ofMillis(1));
        return ofHousehold();
    }

    private String after(String[] steps, String ticket) {
        for (var step : steps) {
            doer(step).post("/v1/tickets/" + ticket + "/" + step, body(step)).withStatus(200);
        }
        return ticket;
    }

    private Api doer(String step) {
        return switch (step) {
            case "start", "resolve" -> side.as(Who.WORKER);
            case "exclude" -> side.townSupervisor();
            default -> side.as(Who.DISPATCHER);
        };
    }

    private static String file(Api reporter, JsonObject report) {
        return reporter.post("/v1/tickets", report).withStatus(201).id().toString();
    }

    private static JsonObject report() {
        return new JsonObject().put("serviceItemCode", "light-out").put("description", Said.anew("灯又不亮了"));
    }

    private String inADay() {
        return side.app().clock().instant().plus(Duration.ofDays(1)).toString();
    }

    private UUID otherOrganization() {
        return switch (side.which()) {
            case OWN -> DemoStructure.firm(2);
            case FOREIGN -> DemoStructure.firm(1);
            case FAR -> side.ids().office("community-1");
        };
    }

    private String idOf(Api person) {
        return side.once("worker", () -> person.get("/v1/me").json().getString("id"));
    }
}
