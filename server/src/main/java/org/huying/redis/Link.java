package org.huying.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to Redis of one event loop. After a failure it fails at once for a second, so that nobody waits for Redis. */
final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final long WAIT_MAX_MILLIS = 250;
    private static final int SILENCE_MAX_SECONDS = 2;
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Redis redis;
    private volatile long pausedUntilNanos = System.nanoTime();

    Link(Vertx vertx, List<String> urls) {
        var options = new RedisOptions()
                .setType(urls.size() > 1 ? RedisClientType.CLUSTER : RedisClientType.STANDALONE)
                .setMaxPoolSize(4)
                .setMaxPoolWaiting(256);
        urls.forEach(options::addConnectionString);
        options.getNetClientOptions()
                .setConnectTimeout((int) WAIT_MAX_MILLIS)
                // A connection that died without a word would be asked again and again; a quiet one is soon made anew.
                .setReadIdleTimeout(SILENCE_MAX_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        this.redis = Redis.createClient(vertx, options);
    }

    /** The answer, {@code null} where Redis has nothing to say. */
    Future<Response> send(Request request) {
        if (System.nanoTime() - pausedUntilNanos < 0) {
            return Future.failedFuture("Redis was away a moment ago");
        }
        return redis.send(request)
                .timeout(WAIT_MAX_MILLIS, TimeUnit.MILLISECONDS)
                .onFailure(away -> {
                    pausedUntilNanos = System.nanoTime() + PAUSE_AFTER_FAILURE_NANOS;
                    LOG.warn("Redis is away, this node is on its own: {}", away.toString());
                });
    }

    Future<Void> close() {
        return redis.close();
    }
}
