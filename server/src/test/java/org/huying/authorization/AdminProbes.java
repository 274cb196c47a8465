package org.huying.authorization;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Places, organizations and canteens in the hands of an administrator, and retention. */
final class AdminProbes {
    private static final AtomicInteger DAYS = new AtomicInteger();

    private final LocalDate today;

    private AdminProbes(LocalDate today) {
        this.today = today;
    }

    static void addTo(Probes probes, Stage stage) {
        var admin = new AdminProbes(stage.today());
        admin.places(probes);
        admin.organizations(probes);
        admin.canteens(probes);
        probes.call("getRetention", turn -> turn.get("/v1/retention-settings"));
        probes.call("setRetention", turn -> turn.put("/v1/retention-settings", retention(turn)));
    }

    private void places(Probes probes) {
        probes.call("createPlace", turn -> turn.post("/v1/places", compound(turn.at())));
        probes.call("changePlace", turn -> turn.patch("/v1/places/" + newCompound(turn.at()), named()));
        probes.call("deletePlace", turn -> turn.delete("/v1/places/" + newCompound(turn.at())));
        probes.list("listServiceAreas", turn -> turn.at().firm().toString(), turn -> "/v1/service-areas?limit=100");
        probes.call(
                "createServiceArea",
                turn -> turn.post(
                        "/v1/service-areas", area(turn.at(), turn.own().firm())));
        probes.call("deleteServiceArea", turn -> turn.delete("/v1/service-areas/" + newArea(turn.at())));
    }

    private void organizations(Probes probes) {
        probes.list("listOrganizations", turn -> turn.at().firm().toString(), turn -> "/v1/organizations?limit=100");
        probes.call("getOrganization", turn -> turn.get(firm(turn)));
        probes.call("createOrganization", turn -> turn.post("/v1/organizations", named().put("kind", "firm")));
        probes.call("changeOrganization", turn -> turn.patch(firm(turn), named()));
        probes.call("deleteOrganization", turn -> turn.delete("/v1/organizations/" + newCooperative(turn.at())));
        probes.call("listContracts", turn -> turn.get(firm(turn) + "/contracts"));
        probes.call("addContract", turn -> turn.put(firm(turn) + "/contracts/" + newCooperative(turn.at())));
        probes.call("endContract", turn -> turn.delete(contract(turn)));
    }

    private void canteens(Probes probes) {
        probes.call("getCanteen", turn -> turn.get(canteen(turn)));
        probes.call(
                "createCanteen",
                turn -> turn.post(
                        "/v1/canteens",
                        named().put("placeId", turn.at().community().toString())
                                .put("address", "书院路1号")
                                .put("delivery", false)
                                .put("periods", new JsonArray().add(lunch()))));
        probes.call("changeCanteen", turn -> turn.patch(canteen(turn), new JsonObject().put("delivery", true)));
        probes.call("listSubsidyPolicies", turn -> turn.get(policies(turn)));
        probes.call("setSubsidyPolicy", turn -> turn.put(policies(turn) + "/" + nextDay(), bands()));
        probes.call("deleteSubsidyPolicy", turn -> {
            var policy = policies(turn) + "/" + nextDay();
            turn.at().as(Who.ADMIN).put(policy, bands());
            return turn.delete(policy);
        });
    }

    static String newCompound(Side side) {
        return made(side, "/v1/places", compound(side));
    }

    private static String newCooperative(Side side) {
        return made(side, "/v1/organizations", named().put("kind", "cooperative"));
    }

    private static String newArea(Side side) {
        return made(side, "/v1/service-areas", area(side, side.firm()));
    }

    private static String contract(Turn turn) {
        var path = firm(turn) + "/contracts/" + newCooperative(turn.at());
        new Turn(Who.ADMIN, turn.at().as(Who.ADMIN), turn.at(), turn.own()).put(path);
        return path;
    }

    private static String made(Side side, String path, JsonObject body) {
        return side.as(Who.ADMIN).post(path, body).withStatus(201).id().toString();
    }

    private static JsonObject compound(Side side) {
        return named().put("level", "compound")
                .put("kind", "compound")
                .put("parentId", side.community().toString());
    }

    private static JsonObject area(Side side, UUID organization) {
        return new JsonObject().put("placeId", newCompound(side)).put("organizationId", organization.toString());
    }

    private static JsonObject named() {
        return new JsonObject().put("name", "新 " + UUID.randomUUID());
    }

    private static JsonObject lunch() {
        return new JsonObject()
                .put("period", "lunch")
                .put("opensDaysBefore", 7)
                .put("opensAt", "00:00")
                .put("cutoffDaysBefore", 0)
                .put("cutoffAt", "10:00")
                .put("servingEndsAt", "13:00");
    }

    private static JsonObject bands() {
        var band = new JsonObject().put("fromAge", 60).putNull("toAge").put("amountFen", 300);
        return new JsonObject().put("bands", new JsonArray().add(band));
    }

    private static JsonObject retention(Turn turn) {
        return turn.own().as(Who.ADMIN).get("/v1/retention-settings").json();
    }

    private LocalDate nextDay() {
        return today.plusDays(DAYS.incrementAndGet());
    }

    private static String firm(Turn turn) {
        return "/v1/organizations/" + turn.at().firm();
    }

    private static String canteen(Turn turn) {
        return "/v1/canteens/" + turn.at().canteen();
    }

    private static String policies(Turn turn) {
        return canteen(turn) + "/subsidy-policies";
    }
}
