package org.huying.place.admin;

import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;

/** The demo district in the hands of its administrator. */
final class AdminApi {
    /** One that any resident may report with nothing but words. */
    final String item;

    private final TestApp app;

    AdminApi(TestApp app) {
        this.app = app;
        this.item = app.resident(1).get("/v1/service-items?limit=100").items().stream()
                .filter(each -> each.getString("kind").equals("repair")
                        && each.getBoolean("reportable")
                        && !each.getBoolean("evidenceRequired")
                        && each.getJsonArray("requiredInfo").stream()
                                .noneMatch(info -> ((JsonObject) info).getBoolean("required")))
                .findFirst()
                .orElseThrow()
                .getString("code");
    }

    Api admin() {
        return app.staff("admin");
    }

    static UUID district() {
        return DemoStructure.place("district");
    }

    static JsonObject place(String level, UUID parent, String name) {
        var place = new JsonObject()
                .put("level", level)
                .put("parentId", parent.toString())
                .put("name", name);
        return level.equals("compound") ? place.put("kind", "compound") : place;
    }

    /** One that is to come about. */
    UUID create(String level, UUID parent, String name) {
        return admin().post("/v1/places", place(level, parent, name))
                .withStatus(201)
                .id();
    }

    Reply rename(UUID place, String name) {
        return admin().patch("/v1/places/" + place, new JsonObject().put("name", name));
    }

    Reply move(UUID place, UUID newParent) {
        return admin().patch("/v1/places/" + place, new JsonObject().put("parentId", newParent.toString()));
    }

    Reply remove(UUID place) {
        return admin().delete("/v1/places/" + place);
    }

    UUID organization(String kind, String name) {
        return admin().post(
                        "/v1/organizations", new JsonObject().put("kind", kind).put("name", name))
                .withStatus(201)
                .id();
    }

    Reply serve(UUID place, UUID organization) {
        return admin().post(
                        "/v1/service-areas",
                        new JsonObject()
                                .put("placeId", place.toString())
                                .put("organizationId", organization.toString()));
    }

    /** A ticket about the home of the demo resident of this number. */
    Reply report(int resident) {
        return app.resident(resident)
                .post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", item)
                                .put(
                                        "householdId",
                                        DemoStructure.household(resident).toString())
                                .put("description", Said.anew("厨房水管漏水")))
                .withStatus(201);
    }

    static UUID responsibleFor(Reply ticket) {
        return UUID.fromString(ticket.json().getJsonObject("responsibleOrg").getString("id"));
    }

    List<Row> rows(String sql, Object... values) {
        return await(app.database()
                .read(client ->
                        client.preparedQuery(sql).execute(Tuple.from(values)).map(Rows.list(row -> row))));
    }

    List<UUID> pathOfPlace(UUID place) {
        return List.of(
                rows("SELECT path FROM place WHERE id = $1", place).get(0).getArrayOfUUIDs("path"));
    }

    List<UUID> pathOfTicket(UUID ticket) {
        return List.of(rows("SELECT place_path FROM ticket WHERE id = $1", ticket)
                .get(0)
                .getArrayOfUUIDs("place_path"));
    }
}
