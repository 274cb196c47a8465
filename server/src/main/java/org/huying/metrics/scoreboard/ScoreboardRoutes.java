package org.huying.metrics.scoreboard;

import io.vertx.core.Future;
import java.time.Clock;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.place.Places;

/** The public page over HTTP, for anybody. */
public final class ScoreboardRoutes implements Operations.Binder {
    private final Database database;
    private final ScoreboardService scoreboards;
    private final ScoreboardCache cache;

    public ScoreboardRoutes(Database database, Places places, Clock clock) {
        this.database = database;
        this.scoreboards = new ScoreboardService(clock, places);
        this.cache = new ScoreboardCache(clock);
    }

    @Override
    public void bind(Operations operations) {
        operations.query("getPublicScoreboard", Access.anyone(), this::scoreboard);
    }

    private Future<Answer> scoreboard(Call call) {
        var key = new ScoreboardCache.Key(call.optionalId("districtId"), call.month("month"));
        return cache.get(
                        key,
                        () -> database.inSnapshot(snapshot -> scoreboards.of(snapshot, key.districtId(), key.month())))
                .map(Answer::ok);
    }
}
