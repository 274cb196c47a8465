package org.huying.authorization;

import io.vertx.core.json.JsonObject;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;

/** The system and logins. */
final class SystemProbes {
    private SystemProbes() {}

    static void addTo(Probes probes) {
        probes.call("getLiveness", turn -> turn.get("/health/live"));
        probes.call("getReadiness", turn -> turn.get("/health/ready"));
        probes.call("getContractYaml", turn -> turn.get("/openapi.yaml"));
        probes.call("getContractJson", turn -> turn.get("/openapi.json"));
        probes.call("getKeys", turn -> turn.get("/.well-known/jwks.json"));
        probes.call("listPublicDistricts", turn -> turn.get("/v1/public/districts"));
        probes.call("loginWithWechat", SystemProbes::login);
        probes.call(
                "loginAsStaff",
                turn -> turn.post(
                        "/v1/auth/staff",
                        new JsonObject().put("username", "worker-3").put("password", DemoStructure.PASSWORD)));
        probes.call("refreshLogin", turn -> turn.post("/v1/auth/refresh", refreshToken(turn)));
        probes.call("logout", turn -> turn.post("/v1/auth/logout", refreshToken(turn)));
        probes.call("getMe", turn -> turn.get("/v1/me"));
    }

    private static Reply login(Turn turn) {
        return turn.post("/v1/auth/wechat", new JsonObject().put("code", "demo-resident-40"));
    }

    private static JsonObject refreshToken(Turn turn) {
        return new JsonObject().put("refreshToken", login(turn).json().getString("refreshToken"));
    }
}
