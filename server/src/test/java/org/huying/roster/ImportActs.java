package org.huying.roster;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;

/** What an administrator does with files. */
record ImportActs(TestApp app) {
    JsonObject writtenAsChecked(byte[] file) {
        return written(file, check(file).getString("digest"), "");
    }

    JsonObject check(byte[] file) {
        return check("residents", file);
    }

    JsonObject check(String kind, byte[] file) {
        return ended(start(kind, file, "&dryRun=true"));
    }

    String digest(String kind, byte[] file) {
        return check(kind, file).getString("digest");
    }

    JsonObject written(byte[] file, String digest, String how) {
        return written("residents", file, digest, how);
    }

    JsonObject written(String kind, byte[] file, String digest, String how) {
        return ended(start(kind, file, "&digest=" + digest + how));
    }

    Reply start(byte[] file, String how) {
        return start("residents", file, how);
    }

    Reply start(String kind, byte[] file, String how) {
        app.forgetLimit("import");
        return app.staff("admin").upload("/v1/imports?kind=" + kind + how, file);
    }

    JsonObject ended(Reply started) {
        var id = started.withStatus(201).id();
        app.runInnerJobs();
        return app.staff("admin").get("/v1/imports/" + id).json();
    }

    Reply decide(JsonObject check, int row, JsonObject decision) {
        return app.staff("admin").put("/v1/imports/" + check.getString("id") + "/rows/" + row + "/decision", decision);
    }

    Reply undo(JsonObject of) {
        return app.staff("admin").post("/v1/imports/" + of.getString("id") + "/undo");
    }

    List<JsonObject> rows(JsonObject of, String outcome) {
        return app.staff("admin")
                .get("/v1/imports/" + of.getString("id") + "/rows?outcome=" + outcome)
                .items();
    }
}
