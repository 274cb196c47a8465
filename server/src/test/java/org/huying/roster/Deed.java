package org.huying.roster;

import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;

/** What can be done for somebody who does nothing by themself, and where it is written. */
enum Deed {
    BOOKING("booking"),
    TICKET("ticket"),
    MANDATE("mandate"),
    CHANGE("resident");

    private final String table;

    Deed(String table) {
        this.table = table;
    }

    String table() {
        return table;
    }

    CompletableFuture<Reply> begin(TestApp app, UUID resident) {
        return switch (this) {
            case BOOKING -> app.staff("canteen-operator-1").postLater("/v1/bookings", order(app, resident));
            case TICKET -> app.staff("grid-member-1").postLater("/v1/tickets", report(app, resident));
            case MANDATE -> app.staff("grid-member-1").postLater("/v1/mandates", offer(resident));
            case CHANGE ->
                app.staff("grid-member-1")
                        .with("Content-Type", "application/json")
                        .send(
                                "PATCH",
                                "/v1/residents/" + resident,
                                BodyPublishers.ofString("{\"phone\":\"13970009999\"}"));
        };
    }

    /** Whether anything is on record of somebody who is not. */
    boolean isLeftOfNobody(TestApp app) {
        var sql = switch (this) {
            case BOOKING -> "SELECT 1 FROM booking b WHERE NOT EXISTS (SELECT 1 FROM resident WHERE id = b.diner_id)";
            case TICKET ->
                "SELECT 1 FROM ticket t WHERE t.channel = 'grid' AND t.reporter_id IS NOT NULL"
                        + " AND NOT EXISTS (SELECT 1 FROM resident WHERE id = t.reporter_id)";
            case MANDATE -> "SELECT 1 FROM mandate m WHERE NOT EXISTS (SELECT 1 FROM resident WHERE id = m.grantor_id)";
            case CHANGE ->
                "SELECT 1 FROM resident_change c WHERE NOT EXISTS (SELECT 1 FROM resident WHERE id ="
                        + " c.resident_id)";
        };
        return await(app.database().read(client -> client.query(sql).execute().map(rows -> rows.size() > 0)));
    }

    static JsonObject order(TestApp app, UUID resident) {
        var day = LocalDate.ofInstant(app.clock().instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(1);
        return new JsonObject()
                .put("mealId", DemoStructure.meal(1, day, "lunch").toString())
                .put("dinerId", resident.toString())
                .put("mode", "dine_in");
    }

    private static JsonObject report(TestApp app, UUID resident) {
        return new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("householdId", home(app, resident).toString())
                .put("description", Said.anew("楼道灯坏了"))
                .put("onBehalfOfId", resident.toString());
    }

    private static JsonObject offer(UUID resident) {
        return new JsonObject()
                .put("scope", new JsonArray().add("booking"))
                .put("grantorId", resident.toString())
                .put("consentNote", "本人口头同意");
    }

    private static UUID home(TestApp app, UUID resident) {
        return await(app.database()
                .read(client -> client.preparedQuery("SELECT household_id FROM household_member WHERE resident_id = $1")
                        .execute(Tuple.of(resident))
                        .map(rows -> rows.iterator().next().getUUID("household_id"))));
    }
}
