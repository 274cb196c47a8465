package org.huying.county.live;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.huying.county.County;
import org.huying.county.Home.Community;
import org.huying.county.Home.Village;

/** Places, the firms that serve them, and a canteen: what an administrator sets up before any list is handed in. */
final class Structure {
    static final String CANTEEN = "孝老食堂";
    private static final JsonObject LUNCH = new JsonObject()
            .put("period", "lunch")
            .put("opensDaysBefore", 7)
            .put("opensAt", "00:00")
            .put("cutoffDaysBefore", 0)
            .put("cutoffAt", "10:30")
            .put("servingEndsAt", "13:00");

    private final Account admin;
    private final County county;
    private final Map<Village, UUID> villages = new HashMap<>();
    private UUID canteen = new UUID(0, 0);

    Structure(Account admin, County county) {
        this.admin = admin;
        this.county = county;
    }

    void setUp() {
        var top = admin.api().get("/v1/places").items().get(0).getString("id");
        var communities = new HashMap<Community, UUID>();
        var towns = new HashMap<String, UUID>();
        for (var town : county.towns()) {
            var id = place("town", top, town);
            var firm = made(
                    "/v1/organizations", new JsonObject().put("kind", "firm").put("name", firmOf(town)));
            towns.put(town, id);
            made(
                    "/v1/service-areas",
                    new JsonObject().put("placeId", id.toString()).put("organizationId", firm.toString()));
        }
        for (var community : county.communities()) {
            communities.put(
                    community, place("community", String.valueOf(towns.get(community.town())), community.name()));
        }
        for (var village : county.villages()) {
            villages.put(
                    village, place("compound", String.valueOf(communities.get(village.community())), village.name()));
        }
        canteen = made(
                "/v1/canteens",
                new JsonObject()
                        .put("placeId", String.valueOf(communities.get(first())))
                        .put("name", CANTEEN)
                        .put("address", first().name() + " 1 号")
                        .put("delivery", true)
                        .put("periods", new JsonArray().add(LUNCH)));
    }

    /** Where the canteen is. */
    Community first() {
        return county.communities().get(0);
    }

    static String firmOf(String town) {
        return town + "睦邻物业";
    }

    UUID canteen() {
        return canteen;
    }

    UUID id(Village village) {
        return villages.getOrDefault(village, canteen);
    }

    /** As an office writes down who works for it. */
    String staff() {
        var lines = new StringBuilder("用户名,姓名,角色,范围\n");
        int number = 1;
        for (var community : county.communities()) {
            lines.append("grid.%03d,网格员%d,网格员,%s/%s\n".formatted(number, number, community.town(), community.name()));
            number++;
        }
        number = 1;
        for (var town : county.towns()) {
            lines.append("desk.%03d,派单员%d,派单员,%s\n".formatted(number, number, firmOf(town)));
            lines.append("hand.%03d,维修工%d,维修工,%s\n".formatted(number, number, firmOf(town)));
            lines.append("town.%03d,督办员%d,督办员,%s\n".formatted(number, number, town));
            number++;
        }
        return lines.append("cook.001,姚慧芳,食堂操作员,").append(CANTEEN).append("\n").toString();
    }

    private UUID place(String level, String parent, String name) {
        var place = new JsonObject().put("level", level).put("parentId", parent).put("name", name);
        return made("/v1/places", level.equals("compound") ? place.put("kind", "compound") : place);
    }

    private UUID made(String path, JsonObject body) {
        return admin.api().post(path, body).withStatus(201).id();
    }
}
