package org.huying.authorization;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.huying.testing.Api;
import org.huying.testing.Reply;

/** Files of households, residents and staff. */
final class ImportProbes {
    private ImportProbes() {}

    static void addTo(Probes probes) {
        probes.call("startImport", turn -> start(turn.caller()));
        probes.call("getImport", turn -> turn.get("/v1/imports/" + started(turn.at())));
        probes.call(
                "decideImportRow",
                turn -> turn.put(
                        "/v1/imports/" + started(turn.at()) + "/rows/2/decision",
                        new JsonObject().put("choice", "new")));
        probes.call("undoImport", turn -> turn.post("/v1/imports/" + started(turn.at()) + "/undo", new JsonObject()));
        probes.call("listImportRows", turn -> turn.get("/v1/imports/" + started(turn.at()) + "/rows"));
    }

    private static String started(Side side) {
        return side.once(
                "import", () -> start(side.as(Who.ADMIN)).withStatus(201).id().toString());
    }

    private static Reply start(Api caller) {
        var file = "小区,楼栋-单元-室\n书香苑," + UUID.randomUUID() + "\n";
        return caller.upload("/v1/imports?kind=households&dryRun=true", file.getBytes(StandardCharsets.UTF_8));
    }
}
