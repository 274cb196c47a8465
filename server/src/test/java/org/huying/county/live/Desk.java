package org.huying.county.live;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.huying.county.live.Moments.Step;

/** Where an administrator hands in files, sees what they would do, decides, and has them written or taken back. */
final class Desk {
    private static final long PATIENCE_NANOS = Duration.ofMinutes(10).toNanos();

    private final Account admin;
    private final Moments moments;

    Desk(Account admin, Moments moments) {
        this.admin = admin;
        this.moments = moments;
    }

    /** Something that was handed in, as it stands. */
    record Import(String file, JsonObject state) {
        String id() {
            return state.getString("id");
        }

        String digest() {
            return state.getString("digest");
        }

        String status() {
            return state.getString("status");
        }

        long count(String outcome) {
            return state.getLong(outcome);
        }

        /** New, changed, unchanged, faulty, doubtful, left out. */
        String numbers() {
            return "%d rows: %d new, %d changed, %d unchanged, %d bad, %d doubtful, %d left out"
                    .formatted(
                            count("rows"),
                            count("created"),
                            count("changed"),
                            count("unchanged"),
                            count("bad"),
                            count("doubtful"),
                            count("leftOut"));
        }
    }

    Import check(String file, String kind, byte[] bytes) {
        return handIn(file, kind, bytes, "&dryRun=true");
    }

    /** As it was checked, without what is bad. */
    Import write(String file, String kind, byte[] bytes, String digest) {
        return handIn(file, kind, bytes, "&skipBad=true&digest=" + digest);
    }

    private Import handIn(String file, String kind, byte[] bytes, String how) {
        moments.passed(file, Step.OTHER, 0, 0);
        var begun = admin.api()
                .upload("/v1/imports?kind=" + kind + how, bytes)
                .withStatus(201)
                .json();
        moments.passed(file, Step.READ, begun.getLong("rows"), 0);
        var seen = new HashSet<String>();
        var isWriting = false;
        var since = System.nanoTime();
        for (var state = begun; System.nanoTime() - since < PATIENCE_NANOS; state = state(begun.getString("id"))) {
            var ended = !state.getString("status").equals("running");
            if (!isWriting && (ended || state.getString("phase").equals("writing"))) {
                moments.passed(file, Step.CHECKED, state.getLong("rows"), seen.size());
                seen.clear();
                isWriting = true;
            }
            seen.add(state.getString("phase") + " " + state.getLong("done"));
            if (ended) {
                if (state.getString("phase").equals("writing")) {
                    moments.passed(
                            file, Step.WRITTEN, state.getLong("created") + state.getLong("changed"), seen.size());
                }
                return new Import(file, state);
            }
            moments.pause();
        }
        throw new IllegalStateException(file + " does not end in time");
    }

    Import undo(Import written) {
        moments.passed(written.file(), Step.OTHER, 0, 0);
        admin.api().post("/v1/imports/" + written.id() + "/undo").withStatus(200);
        var seen = new HashSet<Long>();
        var since = System.nanoTime();
        while (System.nanoTime() - since < PATIENCE_NANOS) {
            var undo = state(written.id()).getJsonObject("undo");
            var done = undo.getLong("undone") + undo.getLong("kept");
            seen.add(done);
            if (undo.getString("finishedAt") != null) {
                moments.passed(written.file(), Step.UNDONE, done, seen.size());
                return new Import(written.file(), state(written.id()));
            }
            moments.pause();
        }
        throw new IllegalStateException(written.file() + " is not taken back in time");
    }

    Import decide(Import of, int row, JsonObject decision) {
        var path = "/v1/imports/" + of.id() + "/rows/" + row + "/decision";
        return new Import(
                of.file(), admin.api().put(path, decision).withStatus(200).json());
    }

    private JsonObject state(String id) {
        return admin.api().get("/v1/imports/" + id).withStatus(200).json();
    }

    List<JsonObject> rows(Import of, String outcome) {
        return all(of, "&outcome=" + outcome);
    }

    /** All rows, in their order. */
    List<JsonObject> rows(Import of) {
        return all(of, "");
    }

    private List<JsonObject> all(Import of, String which) {
        var rows = new ArrayList<JsonObject>();
        var after = "";
        while (after != null) {
            var page = admin.api()
                    .get("/v1/imports/" + of.id() + "/rows?limit=100" + which + after)
                    .withStatus(200);
            rows.addAll(page.items());
            var next = page.json().getString("nextCursor");
            after = next == null ? null : "&cursor=" + next;
        }
        return rows;
    }
}
