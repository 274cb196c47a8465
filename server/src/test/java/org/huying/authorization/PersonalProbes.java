package org.huying.authorization;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.huying.testing.Api;
import org.huying.testing.Reply;

/** What is known of people, and who may look at it. */
final class PersonalProbes {
    private PersonalProbes() {}

    static void addTo(Probes probes, Stage stage) {
        probes.call(
                "changeMe",
                turn -> stage.somebodyLike(turn).patch("/v1/me", new JsonObject().put("displayName", "小方")));
        probes.call(
                "bindPhone",
                turn -> stage.somebodyLike(turn)
                        .post("/v1/me/phone", new JsonObject().put("code", "demo-phone-13900010025")));
        probes.call("exportMe", PersonalProbes::export);
        probes.call(
                "eraseMe",
                turn -> stage.somebodyLike(turn).post("/v1/me/erase", new JsonObject().put("confirm", "erase")));
        probes.call("getResident", turn -> turn.get(resident(turn)));
        probes.call("changeResident", turn -> turn.patch(resident(turn), new JsonObject().put("phone", "10099990001")));
        probes.call("unmaskResident", turn -> turn.post(resident(turn) + "/unmask", reason("上门核实")));
        probes.call("claimResident", turn -> stage.somebodyLike(turn).post("/v1/me/claims", claim(turn)));
        probes.call("listMyClaims", turn -> turn.get("/v1/me/claims"));
        for (var variant : new String[] {"", " (supervisor of the district)"}) {
            probes.list("listClaims" + variant, PersonalProbes::claimed, turn -> "/v1/claims?limit=100");
        }
        settled(probes, stage, "declineClaim", "decline", reason("请到社区核实"));
        settled(probes, stage, "withdrawClaim", "withdraw", new JsonObject());
        probes.call("mergeResident", turn -> turn.post("/v1/residents/" + erasable(turn) + "/merge", merge(turn)));
        probes.call("eraseResident", turn -> turn.post("/v1/residents/" + erasable(turn) + "/erase", reason("已迁出")));
        probes.list("listUnmaskings", PersonalProbes::look, turn -> "/v1/unmaskings?limit=100");
        probes.list("listMyUnmaskings", PersonalProbes::look, turn -> "/v1/me/unmaskings?limit=100");
        probes.call("unmaskReporter", turn -> turn.post(ticket(turn) + "/unmask", reason("上门前联系")));
    }

    /** Registered by the side's grid member, without a login. */
    static String elder(Side side) {
        return side.as(Who.GRID_MEMBER)
                .post("/v1/residents", PlaceProbes.elder(side))
                .withStatus(201)
                .id()
                .toString();
    }

    /** Somebody looks, for a reason that nobody else has; it is what lists show. */
    private static String look(Turn turn) {
        return turn.at().once("look", () -> {
            var reason = "核实 " + UUID.randomUUID();
            turn.at()
                    .as(Who.GRID_MEMBER)
                    .post("/v1/residents/" + turn.at().resident() + "/unmask", reason(reason))
                    .withStatus(200);
            return reason;
        });
    }

    /** A node makes few at once, and refuses the others. */
    private static synchronized Reply export(Turn turn) {
        return turn.get("/v1/me/export");
    }

    private static String resident(Turn turn) {
        return "/v1/residents/" + turn.at().resident();
    }

    private static String erasable(Turn turn) {
        return turn.isOwn() && turn.who() == Who.RESIDENT ? turn.at().resident().toString() : elder(turn.at());
    }

    private static JsonObject claim(Turn turn) {
        return new JsonObject().put("residentId", elder(turn.at())).put("version", 1);
    }

    /** Somebody's, or the resident's own. */
    private static void settled(Probes probes, Stage stage, String row, String step, JsonObject body) {
        probes.call(row, turn -> {
            var isTheirs = turn.isOwn() && turn.who() == Who.RESIDENT;
            var claimant = isTheirs ? stage.somebodyLike(turn) : HouseholdProbes.newcomer(turn.at());
            var path = "/v1/claims/" + claim(turn.at(), claimant) + "/" + step;
            return (isTheirs ? claimant : turn.caller()).post(path, body);
        });
    }

    /** Somebody new of the side has bound the number of an elder there, and says that it is them. */
    private static String claimed(Turn turn) {
        return turn.at().once("claim", () -> {
            claim(turn.at(), HouseholdProbes.newcomer(turn.at()));
            return sought(turn.at());
        });
    }

    private static String number(Side side) {
        return "1391111000" + side.number();
    }

    /** An elder of the side whom several say to be. */
    private static String sought(Side side) {
        return side.once(
                "sought",
                () -> side.as(Who.GRID_MEMBER)
                        .post("/v1/residents", PlaceProbes.elder(side).put("phone", number(side)))
                        .withStatus(201)
                        .id()
                        .toString());
    }

    private static String claim(Side side, Api claimant) {
        var elder = new JsonObject().put("residentId", sought(side)).put("version", 1);
        claimant.post("/v1/me/phone", new JsonObject().put("code", "demo-phone-" + number(side)))
                .withStatus(200);
        return claimant.post("/v1/me/claims", elder).withStatus(200).json().getString("claimId");
    }

    private static JsonObject merge(Turn turn) {
        return reason("同一人登记了两次")
                .put("version", 1)
                .put("intoResidentId", elder(turn.at()))
                .put("intoResidentVersion", 1);
    }

    private static String ticket(Turn turn) {
        return "/v1/tickets/" + turn.at().tickets().ofReporter();
    }

    private static JsonObject reason(String reason) {
        return new JsonObject().put("reason", reason);
    }
}
