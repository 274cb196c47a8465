package org.huying.roster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;

/** What administrators do with lists of staff, and to accounts. */
record StaffImports(TestApp app) {
    static final String PASSWORD = "violet tram beneath nine kettles";

    /** As a file writes them, and as an account holds them. */
    static final Map<String, String> ROLES = new TreeMap<>(Map.of(
            "网格员,文昌社区", "grid_member " + DemoStructure.community(1),
            "网格员,东门社区", "grid_member " + DemoStructure.community(2),
            "督办员,柳桥镇/东门社区", "supervisor " + DemoStructure.community(2)));

    private ImportActs imports() {
        return new ImportActs(app);
    }

    JsonObject imported(String... lines) {
        var file = ("用户名,姓名,角色,范围\n" + String.join("\n", lines)).getBytes(StandardCharsets.UTF_8);
        return imports().written("staff", file, imports().digest("staff", file), "");
    }

    void undone(JsonObject import_) {
        imports().undo(import_).withStatus(200);
        app.runInnerJobs();
    }

    JsonObject undoOf(JsonObject import_) {
        return app.staff("admin")
                .get("/v1/imports/" + import_.getString("id"))
                .json()
                .getJsonObject("undo");
    }

    String code(JsonObject import_) {
        return imports().rows(import_, "created").get(0).getString("activationCode");
    }

    Reply activate(String username, String code) {
        return app.anyone()
                .post(
                        "/v1/auth/activate",
                        new JsonObject()
                                .put("username", username)
                                .put("activationCode", code)
                                .put("password", PASSWORD));
    }

    UUID account(String username) {
        return account(app.staff("admin"), username);
    }

    UUID account(Api by, String username) {
        return by.get("/v1/staff?limit=100&query=" + username).items().stream()
                .filter(each -> username.equals(each.getString("username")))
                .map(each -> UUID.fromString(each.getString("id")))
                .findFirst()
                .orElseThrow();
    }

    void suspend(UUID id) {
        app.staff("admin")
                .post("/v1/staff/" + id + "/suspend", new JsonObject().put("reason", "调离"))
                .withStatus(200);
    }

    void regrant(UUID id, Set<String> roles) {
        var grants = new JsonArray();
        roles.stream()
                .map(each -> each.split(" ", 2))
                .forEach(
                        each -> grants.add(new JsonObject().put("role", each[0]).put("scopeId", each[1])));
        app.staff("admin")
                .patch("/v1/staff/" + id, new JsonObject().put("grants", grants))
                .withStatus(200);
    }

    /** The roles of those whose user names begin so. */
    Map<String, Set<String>> accounts(String start) {
        return app.staff("admin").get("/v1/staff?limit=100&query=" + start).items().stream()
                .collect(Collectors.toMap(
                        each -> each.getString("username"),
                        each -> each.getJsonArray("grants").stream()
                                .map(JsonObject.class::cast)
                                .map(grant -> grant.getString("role") + " " + grant.getString("scopeId"))
                                .collect(Collectors.toSet())));
    }
}
