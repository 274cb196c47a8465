package org.huying.metrics.scoreboard;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Limit;
import org.huying.place.Places;
import org.huying.redis.Limiter;

/** The public page over HTTP, for anybody. */
public final class ScoreboardRoutes implements Operations.Binder {
    /** Carriers share addresses. */
    private static final Limit READS = new Limit(600, Duration.ofMinutes(1));

    private final Database database;
    private final Limiter limiter;
    private final ScoreboardService scoreboards;
    private final ScoreboardCache cache;

    public ScoreboardRoutes(Database database, Places places, Clock clock, Limiter limiter) {
        this.database = database;
        this.limiter = limiter;
        this.scoreboards = new ScoreboardService(clock, places);
        this.cache = new ScoreboardCache(clock);
    }

    @Override
    public void bind(Operations operations) {
        operations.query("getPublicScoreboard", Access.anyone(), this::scoreboard);
    }

    private Future<Answer> scoreboard(Call call) {
        var key = new ScoreboardCache.Key(call.optionalId("districtId"), call.month("month"));
        return limiter.take("scoreboard:" + call.remoteAddress(), READS)
                .compose(taken -> cache.get(
                        key,
                        () -> database.inSnapshot(snapshot -> scoreboards.of(snapshot, key.districtId(), key.month()))))
                .map(Answer::ok);
    }
}
