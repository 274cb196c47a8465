package org.huying.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;

/** What the tests of accounts do to them. */
final class StaffDesk {
    static final String PASSWORD = "violet tram beneath nine kettles";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final TestApp app;

    StaffDesk(TestApp app) {
        this.app = app;
    }

    Reply create(String caller, String username, JsonObject... grants) {
        return app.staff(caller).post("/v1/staff", account(username, grants));
    }

    static JsonObject account(String username, JsonObject... grants) {
        return grants(grants).put("username", username).put("name", "测试员");
    }

    static JsonObject grants(JsonObject... grants) {
        return new JsonObject().put("grants", new JsonArray(List.of(grants)));
    }

    static JsonObject grant(String role, UUID scopeId) {
        return new JsonObject().put("role", role).put("scopeId", scopeId.toString());
    }

    Reply get(String caller, UUID id) {
        return app.staff(caller).get("/v1/staff/" + id);
    }

    Reply patch(String caller, UUID id, JsonObject body) {
        return app.staff(caller).patch("/v1/staff/" + id, body);
    }

    Reply act(String caller, UUID id, String action) {
        return app.staff(caller).post("/v1/staff/" + id + "/" + action);
    }

    Reply suspend(String caller, UUID id) {
        return app.staff(caller).post("/v1/staff/" + id + "/suspend", new JsonObject().put("reason", "调离"));
    }

    Reply login(String username) {
        return app.anyone()
                .post(
                        "/v1/auth/staff",
                        new JsonObject().put("username", username).put("password", PASSWORD));
    }

    Reply activate(String username, JsonObject issued) {
        return app.anyone()
                .post(
                        "/v1/auth/activate",
                        new JsonObject()
                                .put("username", username)
                                .put("activationCode", issued.getString("activationCode"))
                                .put("password", PASSWORD));
    }

    Api activated(String username, JsonObject issued) {
        var login = activate(username, issued).withStatus(200);
        return app.anyone().bearing(login.json().getString("accessToken"));
    }

    Set<String> usernames(String caller, String query) {
        return usernames(app.staff(caller).get("/v1/staff" + query));
    }

    /** Those whom the caller finds by this name. */
    Set<String> named(String caller, String name) {
        return usernames(app.staff(caller).post("/v1/staff/search", new JsonObject().put("name", name)));
    }

    private static Set<String> usernames(Reply reply) {
        var found = new HashSet<String>();
        assertThat(reply.status()).isEqualTo(200);
        reply.json().getJsonArray("items").forEach(each -> found.add(((JsonObject) each).getString("username")));
        return found;
    }

    static String username() {
        return "tried." + NUMBERS.incrementAndGet();
    }

    static UUID scope(String name) {
        return switch (name) {
            case "firm" -> DemoStructure.firm(1);
            case "canteen" -> DemoStructure.canteen(1);
            case "community" -> DemoStructure.community(1);
            default -> DemoStructure.place(name);
        };
    }

    static UUID farPlace() {
        return DemoStructure.far().place("district");
    }

    static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().getString("code")).isEqualTo(code);
    }
}
