package org.huying.authorization;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.huying.testing.Api;

/** Households and their members, mandates, and what was done under them. */
final class HouseholdProbes {
    private HouseholdProbes() {}

    static void addTo(Probes probes) {
        households(probes);
        mandates(probes);
        probes.list("listMyActs", HouseholdProbes::act, turn -> "/v1/me/acts?limit=100");
        probes.call("listActs", turn -> turn.get("/v1/residents/" + turn.at().resident() + "/acts"));
    }

    private static void households(Probes probes) {
        probes.list(
                "listHouseholds",
                turn -> turn.at().household().toString(),
                turn -> "/v1/households?limit=100&compoundId=" + turn.at().compound());
        probes.show(
                "searchHouseholds",
                turn -> turn.at().household().toString(),
                turn -> turn.post(
                        "/v1/households/search", household(turn.at().compound()).put("address", address(turn))));
        probes.call(
                "createHousehold",
                turn -> turn.post("/v1/households", household(turn.at().compound())));
        probes.call("getHousehold", turn -> turn.get(home(turn)));
        probes.call("listHouseholdMembers", turn -> turn.get(home(turn) + "/members"));
        probes.call(
                "joinHousehold", turn -> turn.post(empty(turn.at(), turn.at().compound()) + "/members", member(turn)));
        probes.call(
                "approveHouseholdMember",
                turn -> turn.post(home(turn) + "/members/" + pending(turn.at(), home(turn)) + "/approve"));
        probes.call("approveHouseholdMember (entered)", turn -> turn.post(entered(turn) + "/approve"));
        probes.call("removeHouseholdMember", turn -> turn.delete(membership(turn)));
        probes.list(
                "listMembershipRequests",
                turn -> turn.at().once("request", () -> pending(turn.at(), home(turn))),
                turn -> "/v1/membership-requests?limit=100");
        probes.list(
                "listMembershipRequests (no firm)",
                turn -> turn.at().once("request in grid", () -> pending(turn.at(), empty(turn.at(), grid(turn.at())))),
                turn -> "/v1/membership-requests?limit=100");
    }

    private static void mandates(Probes probes) {
        probes.call("offerMandate", turn -> turn.post("/v1/mandates", offer().put("grantorId", grantor(turn))));
        probes.call(
                "acceptMandate",
                turn -> turn.post(
                        "/v1/mandates/accept",
                        new JsonObject()
                                .put("inviteCode", offered(newcomer(turn.at())).getString("inviteCode"))));
        probes.list(
                "listMandates", turn -> turn.at().once("mandate", () -> mandate(turn)), HouseholdProbes::mandatesOf);
        probes.call("revokeMandate", turn -> turn.delete("/v1/mandates/" + mandate(turn)));
    }

    private static String address(Turn turn) {
        return turn.at()
                .once(
                        "address",
                        () -> turn.at()
                                .as(Who.RESIDENT)
                                .get("/v1/me")
                                .json()
                                .getJsonArray("households")
                                .getJsonObject(0)
                                .getString("address"));
    }

    private static String home(Turn turn) {
        return "/v1/households/" + turn.at().household();
    }

    private static UUID grid(Side side) {
        return side.ids().grid(side.number());
    }

    private static JsonObject household(UUID compound) {
        return new JsonObject().put("compoundId", compound.toString()).put("address", "新 " + UUID.randomUUID());
    }

    /** A new household, where nobody lives. */
    private static String empty(Side side, UUID compound) {
        return "/v1/households/"
                + side.as(Who.ADMIN)
                        .post("/v1/households", household(compound))
                        .withStatus(201)
                        .id();
    }

    /** Staff say whom. */
    private static JsonObject member(Turn turn) {
        var member = new JsonObject().put("role", "family");
        return turn.who() == Who.RESIDENT
                ? member
                : member.put("residentId", turn.at().resident().toString());
    }

    /** Somebody new to the district. */
    static Api newcomer(Side side) {
        var login = new JsonObject()
                .put("code", "demo-new-" + UUID.randomUUID())
                .put("districtId", side.ids().districtId().toString());
        var anyone = side.app().anyone();
        var tokens = anyone.post("/v1/auth/wechat", login).withStatus(200).json();
        return anyone.bearing(tokens.getString("accessToken"));
    }

    /** The membership that somebody new has asked for. */
    private static String pending(Side side, String household) {
        return asked(newcomer(side), household);
    }

    private static String asked(Api resident, String household) {
        var role = new JsonObject().put("role", "family");
        return resident.post(household + "/members", role).withStatus(201).id().toString();
    }

    /** The resident's or, for others, an elder's like them, in a household of community 2, whose grid member says so. */
    private static String entered(Turn turn) {
        var members = empty(turn.at(), turn.at().ids().compound(4)) + "/members";
        var entry = new JsonObject()
                .put("role", "family")
                .put(
                        "residentId",
                        turn.who() == Who.RESIDENT ? turn.at().resident().toString() : PersonalProbes.elder(turn.at()));
        var elsewhere = turn.at().app().staff("grid-member-2");
        return members + "/" + elsewhere.post(members, entry).withStatus(201).id();
    }

    /** The resident's own, where they ask, in another household than that of all the others. */
    private static String membership(Turn turn) {
        if (turn.isOwn() && turn.who() == Who.RESIDENT) {
            var household = empty(turn.at(), turn.at().compound());
            return household + "/members/" + asked(turn.caller(), household);
        }
        return home(turn) + "/members/" + pending(turn.at(), home(turn));
    }

    private static JsonObject offer() {
        return new JsonObject().put("scope", new JsonArray().add("booking")).put("consentNote", "口头同意");
    }

    private static JsonObject offered(Api grantor) {
        return grantor.post("/v1/mandates", offer()).withStatus(201).json();
    }

    private static String grantor(Turn turn) {
        return turn.who() == Who.GRID_MEMBER
                ? PersonalProbes.elder(turn.at())
                : turn.at().resident().toString();
    }

    private static String mandate(Turn turn) {
        return offered(turn.at().as(Who.RESIDENT)).getString("id");
    }

    private static String mandatesOf(Turn turn) {
        var ofWhom = turn.who() == Who.GRID_MEMBER ? "&residentId=" + turn.at().resident() : "";
        return "/v1/mandates?limit=100" + ofWhom;
    }

    /** In the name of the side's resident. */
    private static String act(Turn turn) {
        return turn.at().once("act", () -> turn.at().meals().bookingBy(Who.GRID_MEMBER));
    }
}
