package org.huying.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;

/**
 * Failures counted, and names locked for a growing time after too many of them, for all nodes together. By the clock of
 * Redis, which is one. Fails while Redis is away; what then is the caller's affair. Thread-safe.
 */
public final class SharedLocks {
    /**
     * When a name is locked: from {@code free} failures on, first for {@code first}, twice as long after each further
     * one, up to {@code longest}. Failures are forgotten when there has been none for {@code forgotten}.
     */
    public record Rule(int free, Duration first, Duration longest, Duration forgotten) {}

    private static final String PREFIX = "huying:lock:";

    /** Answers the milliseconds that the name is locked still; 0 where it is free. */
    private static final String CHECK = """
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local until_ = tonumber(redis.call('HGET', KEYS[1], 'until') or '0')
            return math.max(0, until_ - now)
            """;

    /** The same for what was locked meanwhile; else takes note of the outcome and answers 0. */
    private static final String SETTLE = """
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local until_ = tonumber(redis.call('HGET', KEYS[1], 'until') or '0')
            if until_ > now then return until_ - now end
            if ARGV[1] == '1' then redis.call('DEL', KEYS[1]) return 0 end
            local n = redis.call('HINCRBY', KEYS[1], 'n', 1)
            local beyond = n - tonumber(ARGV[2])
            if beyond >= 0 then
                local lock = math.min(tonumber(ARGV[3]) * 2 ^ math.min(beyond, 30), tonumber(ARGV[4]))
                redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + lock))
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[5])
            return 0
            """;

    private final Link link;
    private final Rule rule;

    public SharedLocks(Vertx vertx, List<String> urls, Rule rule) {
        this.link = new Link(vertx, urls);
        this.rule = rule;
    }

    /**
     * How long the name is locked still.
     *
     * @param name kept as it is, so nothing personal
     */
    public Future<Duration> check(String name) {
        return send(Request.cmd(Command.EVAL, CHECK, 1, PREFIX + name));
    }

    /** How long the name is locked still; the outcome is taken note of only where it is not. */
    public Future<Duration> settle(String name, boolean success) {
        return send(Request.cmd(
                Command.EVAL,
                SETTLE,
                1,
                PREFIX + name,
                success ? 1 : 0,
                rule.free(),
                rule.first().toMillis(),
                rule.longest().toMillis(),
                rule.forgotten().toMillis()));
    }

    public Future<Void> close() {
        return link.close();
    }

    private Future<Duration> send(Request request) {
        return link.send(request).map(answer -> Duration.ofMillis(answer.toLong()));
    }
}
