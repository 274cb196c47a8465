package org.huying.testing;

import io.vertx.core.json.JsonObject;
import java.time.YearMonth;

/** Published months: looked at first, as whoever publishes one must. */
public final class ReportDrafts {
    private ReportDrafts() {}

    /** What publishes the month as it stands now. */
    public static JsonObject of(Api supervisor, YearMonth month) {
        var draft = supervisor
                .get("/v1/completion-report-draft?month=" + month)
                .withStatus(200)
                .json();
        return named(month, draft.getString("asOf"), draft.getString("digest"));
    }

    public static JsonObject named(YearMonth month, String asOf, String digest) {
        return new JsonObject().put("month", month.toString()).put("asOf", asOf).put("digest", digest);
    }
}
