package org.huying.county.live;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.huying.county.Home;
import org.huying.county.Person;
import org.huying.testing.Api;

/** The first meal that is booked for an elder of the registers, and the first ticket, through to its end. */
final class FirstDay {
    private final URI node;
    private final Structure structure;
    private final Map<String, String> codes;
    private final Map<String, Account> accounts = new HashMap<>();

    /** @param codes by which accounts are activated, by user name */
    FirstDay(URI node, Structure structure, Map<String, String> codes) {
        this.node = node;
        this.structure = structure;
        this.codes = codes;
    }

    /** Of a verified elder whose community has the canteen; the booking. */
    JsonObject book(UUID elder, LocalDate day) {
        var dish = new JsonObject().put("name", "番茄鸡蛋").put("priceFen", 900);
        var meal = account("cook.001")
                .post(
                        "/v1/canteens/" + structure.canteen() + "/meals",
                        new JsonObject()
                                .put("date", day.toString())
                                .put("period", "lunch")
                                .put("capacity", 60)
                                .put("dishes", new JsonArray().add(dish))
                                .put("publish", true))
                .withStatus(201)
                .id();
        var booking = new JsonObject()
                .put("mealId", meal.toString())
                .put("dinerId", elder.toString())
                .put("mode", "dine_in");
        return account("grid.001").post("/v1/bookings", booking).withStatus(201).json();
    }

    /** By somebody who logs in with WeChat and joins a household of the community that has the canteen; how it ends. */
    String report(Person of) {
        var resident = new Api(node);
        resident = resident.bearing(
                resident.post("/v1/auth/wechat", new JsonObject().put("code", "demo-new-county-resident"))
                        .withStatus(200)
                        .json()
                        .getString("accessToken"));
        var household = household(resident, of.home());
        var grid = account("grid.001");
        var members = "/v1/households/" + household + "/members";
        var member = resident.post(members, new JsonObject().put("role", "family"))
                .withStatus(201)
                .id();
        grid.post(members + "/" + member + "/approve", new JsonObject()).withStatus(200);
        var report = new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("householdId", household)
                .put("description", "三楼楼道灯不亮");
        var ticket = "/v1/tickets/"
                + resident.post("/v1/tickets", report).withStatus(201).id();
        var desk = account("desk.001");
        var hand = account("hand.001");
        desk.post(ticket + "/accept", new JsonObject()).withStatus(200);
        var worker = hand.get("/v1/me").json().getString("id");
        desk.post(ticket + "/assign", new JsonObject().put("assigneeId", worker))
                .withStatus(200);
        hand.post(ticket + "/start", new JsonObject()).withStatus(200);
        hand.post(ticket + "/resolve", new JsonObject().put("outcome", "fixed").put("note", "换了灯泡"))
                .withStatus(200);
        return resident.post(ticket + "/confirm", new JsonObject().put("rating", 5))
                .withStatus(200)
                .json()
                .getString("status");
    }

    private String household(Api resident, Home home) {
        var address = new JsonObject()
                .put("compoundId", structure.id(home.village()).toString())
                .put("address", home.address());
        return resident.post("/v1/households/search", address)
                .withStatus(200)
                .items()
                .get(0)
                .getString("id");
    }

    private Api account(String username) {
        var code = codes.get(username);
        if (code == null) {
            throw new IllegalStateException("no code for " + username);
        }
        return accounts.computeIfAbsent(username, name -> Account.activate(node, name, code))
                .api();
    }
}
