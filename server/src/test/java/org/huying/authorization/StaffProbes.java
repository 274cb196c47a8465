package org.huying.authorization;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;

/** Accounts of staff, passwords and sessions. */
final class StaffProbes {
    private static final int UUID_LENGTH = 36;

    private static final String PASSWORD = "vierzehn Kraniche am Fluss";

    private final Stage stage;

    private StaffProbes(Stage stage) {
        this.stage = stage;
    }

    static void addTo(Probes probes, Stage stage) {
        var staff = new StaffProbes(stage);
        staff.accounts(probes);
        staff.sessions(probes);
    }

    private void accounts(Probes probes) {
        probes.list("listStaff", turn -> below(turn).id().toString(), turn -> "/v1/staff?limit=100");
        probes.show(
                "searchStaff",
                turn -> sought(turn).substring(sought(turn).length() - UUID_LENGTH),
                turn -> turn.post("/v1/staff/search", new JsonObject().put("name", sought(turn))));
        probes.call("getStaff", turn -> turn.get(path(below(turn))));
        probes.call("createStaff", turn -> turn.post("/v1/staff", account(turn.at(), lower(turn))));
        probes.call("changeStaff", turn -> turn.patch(path(below(turn)), new JsonObject().put("name", "小方")));
        probes.call(
                "suspendStaff",
                turn -> turn.post(path(below(turn)) + "/suspend", new JsonObject().put("reason", "离岗")));
        probes.call("resumeStaff", turn -> {
            var account = below(turn);
            stage.accounts().suspend(account);
            return turn.post(path(account) + "/resume");
        });
        probes.call("resetStaffPassword", turn -> turn.post(path(below(turn)) + "/reset-password"));
        probes.call("activateStaff", turn -> turn.post("/v1/auth/activate", activation(turn.own())));
        probes.call(
                "changePassword",
                turn -> stage.somebodyLike(turn)
                        .post(
                                "/v1/me/password",
                                new JsonObject()
                                        .put("currentPassword", DemoStructure.PASSWORD)
                                        .put("newPassword", PASSWORD)));
    }

    private void sessions(Probes probes) {
        probes.list("listMySessions", turn -> session(whose(turn, turn.caller())), turn -> "/v1/me/sessions?limit=100");
        probes.call("endMySession", turn -> {
            var self = stage.somebodyLike(turn);
            return self.delete("/v1/me/sessions/" + session(whose(turn, self)));
        });
        probes.call("logoutEverywhere", turn -> stage.somebodyLike(turn).post("/v1/auth/logout-everywhere"));
    }

    /** A grid member for the supervisor, a worker for everybody else. */
    private Accounts.Account below(Turn turn) {
        return stage.accounts().like(turn.at(), lower(turn));
    }

    /** The name of an account below, which ends with its id. */
    private String sought(Turn turn) {
        return turn.at().once("sought " + lower(turn), () -> below(turn).username());
    }

    private static Who lower(Turn turn) {
        return turn.who() == Who.SUPERVISOR ? Who.GRID_MEMBER : Who.WORKER;
    }

    private static JsonObject account(Side side, Who role) {
        var scope = role == Who.WORKER ? side.firm() : side.community();
        var grant = new JsonObject().put("role", role.code()).put("scopeId", scope.toString());
        return new JsonObject()
                .put("username", "new-" + UUID.randomUUID())
                .put("name", "小方")
                .put("grants", new JsonArray().add(grant));
    }

    private static JsonObject activation(Side own) {
        var account = account(own, Who.WORKER);
        var made = own.as(Who.ADMIN).post("/v1/staff", account).withStatus(201).json();
        return new JsonObject()
                .put("username", account.getString("username"))
                .put("activationCode", made.getString("activationCode"))
                .put("password", PASSWORD);
    }

    private static String path(Accounts.Account account) {
        return "/v1/staff/" + account.id();
    }

    private static Api whose(Turn turn, Api self) {
        return turn.isOwn() ? self : turn.at().as(Who.RESIDENT);
    }

    /** Nobody's, where nobody is signed in. */
    private static String session(Api person) {
        var reply = person.get("/v1/me/sessions");
        return reply.status() == 200
                ? reply.items().get(0).getString("id")
                : UUID.randomUUID().toString();
    }
}
