package org.huying.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.http.ApiHandler;
import org.huying.http.Idempotency;
import org.huying.http.Operations;
import org.huying.http.Pages;
import org.huying.http.SystemRoutes;
import org.huying.redis.Limiter;

/** Makes everything that one event loop needs, from top to bottom. */
final class Assembly {
    private static final int POOL_SIZE = 8;

    private final Database database;
    private final Limiter limiter;
    private final ApiHandler handler;

    Assembly(Vertx vertx, Infrastructure shared) {
        var realTime = Clock.systemUTC();
        database = new Database(Pools.forService(vertx, shared.databaseUrl(), POOL_SIZE));
        limiter = new Limiter(vertx, shared.redisUrls(), shared.localCounters());
        var idempotency = new Idempotency(shared.keys().cipher(), realTime);
        var readiness = new Readiness(shared.draining());

        List<Operations.Binder> features =
                List.of(new SystemRoutes(shared.contract(), () -> readiness.check(database)));
        handler = new ApiHandler(
                shared.contract(),
                features,
                token -> Future.failedFuture("no identity yet"),
                database,
                idempotency,
                shared.requestMetrics(),
                Pages.router(vertx));
    }

    Future<Void> start() {
        return Future.succeededFuture();
    }

    ApiHandler handler() {
        return handler;
    }

    Future<Void> close() {
        return limiter.close().eventually(database::close);
    }
}
