package org.huying.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.huying.kernel.Limit;
import org.huying.kernel.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what is limited, for all nodes together in Redis. While Redis is away each node counts for itself, and nobody
 * waits for it. One for each event loop.
 */
public final class Limiter {
    private static final Logger LOG = LoggerFactory.getLogger(Limiter.class);
    private static final long WAIT_MAX_MILLIS = 250;
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String PREFIX = "huying:limit:";

    /** Answers the count within the window and the milliseconds until it ends. */
    private static final String COUNT = """
            local n = redis.call('INCR', KEYS[1])
            if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
            return {n, redis.call('PTTL', KEYS[1])}
            """;

    private final Redis redis;
    private final LocalCounters local;
    private long pausedUntilNanos = System.nanoTime();

    /** @param local counts of this node, shared by its event loops */
    public Limiter(Vertx vertx, List<String> urls, LocalCounters local) {
        var options = new RedisOptions()
                .setType(urls.size() > 1 ? RedisClientType.CLUSTER : RedisClientType.STANDALONE)
                .setMaxPoolSize(4)
                .setMaxPoolWaiting(256);
        urls.forEach(options::addConnectionString);
        options.getNetClientOptions().setConnectTimeout((int) WAIT_MAX_MILLIS);
        this.redis = Redis.createClient(vertx, options);
        this.local = local;
    }

    /**
     * Takes one of the permits, or fails with {@code rate_limited}.
     *
     * @param name what is limited and for whom; kept as it is, so nothing personal
     */
    public Future<Void> take(String name, Limit limit) {
        return count(name, limit)
                .compose(counted -> counted.count() <= limit.permits()
                        ? Future.succeededFuture()
                        : Future.failedFuture(Refusal.tooMany("rate_limited", counted.remaining())));
    }

    public Future<Void> close() {
        return redis.close();
    }

    private Future<Counted> count(String name, Limit limit) {
        if (System.nanoTime() - pausedUntilNanos < 0) {
            return Future.succeededFuture(local.count(name, limit));
        }
        var request = Request.cmd(
                Command.EVAL, COUNT, 1, PREFIX + name, limit.window().toMillis());
        return redis.send(request)
                .timeout(WAIT_MAX_MILLIS, TimeUnit.MILLISECONDS)
                .map(Limiter::counted)
                .recover(away -> {
                    pausedUntilNanos = System.nanoTime() + PAUSE_AFTER_FAILURE_NANOS;
                    LOG.warn("Redis is away, this node counts for itself: {}", away.toString());
                    return Future.succeededFuture(local.count(name, limit));
                });
    }

    private static Counted counted(Response response) {
        return new Counted(
                response.get(0).toInteger(), Duration.ofMillis(response.get(1).toLong()));
    }
}
