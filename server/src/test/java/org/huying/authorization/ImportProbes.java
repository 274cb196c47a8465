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
                        "/v1/imports/" + doubtful(turn.at()) + "/rows/3/decision",
                        new JsonObject().put("choice", "new")));
        probes.call("undoImport", turn -> turn.post("/v1/imports/" + written(turn.at()) + "/undo"));
        probes.call("listImportRows", turn -> turn.get("/v1/imports/" + started(turn.at()) + "/rows"));
    }

    private static String started(Side side) {
        return side.once(
                "import", () -> start(side.as(Who.ADMIN)).withStatus(201).id().toString());
    }

    /** Its third line may be about the same person as its second. */
    private static String doubtful(Side side) {
        return side.once("doubtful import", () -> {
            var person = "疑" + UUID.randomUUID() + ",1950-01-01,同意,1397000";
            var file = "姓名,出生日期,同意说明,电话\n" + person + "1001\n" + person + "1002\n";
            return ended(side, "residents&dryRun=true", file);
        });
    }

    private static String written(Side side) {
        return side.once("written import", () -> {
            var compound = side.as(Who.ADMIN)
                    .get("/v1/places/" + side.compound())
                    .json()
                    .getString("name");
            var file = "小区,楼栋-单元-室\n" + compound + "," + UUID.randomUUID() + "\n";
            var checked = ended(side, "households&dryRun=true", file);
            var digest = side.as(Who.ADMIN).get("/v1/imports/" + checked).json().getString("digest");
            return ended(side, "households&digest=" + digest, file);
        });
    }

    private static String ended(Side side, String how, String file) {
        var started = side.as(Who.ADMIN)
                .upload("/v1/imports?kind=" + how, file.getBytes(StandardCharsets.UTF_8))
                .withStatus(201)
                .id();
        side.app().runInnerJobs();
        return started.toString();
    }

    private static Reply start(Api caller) {
        var file = "小区,楼栋-单元-室\n书香苑," + UUID.randomUUID() + "\n";
        return caller.upload("/v1/imports?kind=households&dryRun=true", file.getBytes(StandardCharsets.UTF_8));
    }
}
