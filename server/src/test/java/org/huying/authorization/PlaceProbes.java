package org.huying.authorization;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Places, canteens, and the people of a place. */
final class PlaceProbes {
    private PlaceProbes() {}

    static void addTo(Probes probes) {
        probes.list("listPlaces", turn -> turn.at().compound().toString(), turn -> "/v1/places?limit=100");
        probes.call("getPlace", turn -> turn.get("/v1/places/" + turn.at().compound()));
        probes.list("listCanteens", turn -> turn.at().canteen().toString(), turn -> "/v1/canteens");
        probes.call("registerResident", turn -> turn.post("/v1/residents", elder(turn.at())));
        probes.show(
                "searchResidents",
                turn -> turn.at().resident().toString(),
                turn -> turn.post("/v1/residents/search", new JsonObject().put("query", plainName(turn))));
        probes.list(
                "findResidents", turn -> turn.at().resident().toString(), turn -> "/v1/residents?query=" + name(turn));
    }

    static JsonObject elder(Side side) {
        return new JsonObject()
                .put("name", "欧阳静好")
                .put("newPerson", true)
                .put("birthDate", "1941-05-06")
                .put("birthDateVerified", true)
                .put("consentNote", "口头同意，女儿在场")
                .put("householdId", side.household().toString());
    }

    private static String name(Turn turn) {
        return URLEncoder.encode(plainName(turn), StandardCharsets.UTF_8);
    }

    private static String plainName(Turn turn) {
        var resident = turn.at().as(Who.RESIDENT);
        return turn.at().once("name", () -> resident.get("/v1/me").json().getString("displayName"));
    }
}
