package org.huying.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import org.huying.kernel.Limit;
import org.huying.kernel.Refusal;

/**
 * Counts what is limited, for all nodes together in Redis. While Redis is away each node counts for itself, and nobody
 * waits for it. One for each event loop.
 */
public final class Limiter {
    private static final String PREFIX = "huying:limit:";

    /**
     * Answers the count within the window and the milliseconds until it ends; at once, so that no count is ever left
     * without an end. The window begins with its first, and does not move.
     */
    private static final String COUNT = """
            local n = redis.call('INCR', KEYS[1])
            local left = redis.call('PTTL', KEYS[1])
            if left < 0 then
              left = tonumber(ARGV[1])
              redis.call('PEXPIRE', KEYS[1], left)
            end
            return {n, left}
            """;

    /** How many permits there still are in the window, and how long it lasts. */
    public record Left(int permits, Duration window) {}

    private final Link link;
    private final LocalCounters local;

    /** @param local counts of this node, shared by its event loops */
    public Limiter(Vertx vertx, List<String> urls, LocalCounters local) {
        this.link = new Link(vertx, urls);
        this.local = local;
    }

    /**
     * Takes one of the permits and tells what is left, or fails with {@code rate_limited}.
     *
     * @param name what is limited and for whom; kept as it is, so nothing personal
     */
    public Future<Left> take(String name, Limit limit) {
        return count(name, limit)
                .compose(counted -> counted.count() <= limit.permits()
                        ? Future.succeededFuture(new Left(limit.permits() - counted.count(), counted.remaining()))
                        : Future.failedFuture(Refusal.tooMany("rate_limited", counted.remaining())));
    }

    public Future<Void> close() {
        return link.close();
    }

    private Future<Counted> count(String name, Limit limit) {
        var request = Request.cmd(
                Command.EVAL, COUNT, 1, PREFIX + name, limit.window().toMillis());
        return link.send(request)
                .map(Limiter::counted)
                .recover(away -> Future.succeededFuture(local.count(name, limit)));
    }

    private static Counted counted(Response response) {
        return new Counted(
                response.get(0).toInteger(), Duration.ofMillis(response.get(1).toLong()));
    }
}
