package org.huying.authorization;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
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
        probes.list("listClaims", PersonalProbes::claimed, turn -> "/v1/claims?limit=100");
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

    /** Somebody new of the side has bound the number of an elder there, and says that it is them. */
    private static String claimed(Turn turn) {
        return turn.at().once("claim", () -> {
            var side = turn.at();
            var number = "1391111000" + side.number();
            var elder = side.as(Who.GRID_MEMBER)
                    .post("/v1/residents", PlaceProbes.elder(side).put("phone", number))
                    .withStatus(201)
                    .id()
                    .toString();
            var newcomer = HouseholdProbes.newcomer(side);
            newcomer.post("/v1/me/phone", new JsonObject().put("code", "demo-phone-" + number))
                    .withStatus(200);
            newcomer.post(
                            "/v1/me/claims",
                            new JsonObject().put("residentId", elder).put("version", 1))
                    .withStatus(200);
            return elder;
        });
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
