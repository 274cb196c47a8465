package org.huying.identity.session;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.db.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that have ended while access tokens of theirs are still good. Every node asks the database for the latest
 * twice a second, so a token dies everywhere within a second and no request waits for the database. While the database
 * is away nothing new is learned, and tokens die of age. Thread-safe; one for all event loops.
 */
public final class RevokedSessions {
    private static final Logger LOG = LoggerFactory.getLogger(RevokedSessions.class);

    private static final long PERIOD_MILLISECONDS = 500;
    private static final long TIMEOUT_MILLISECONDS = 5_000;

    /** No writing transaction lives longer than 30 s: what one has written shows at most that late. */
    private static final Duration OVERLAP = Duration.ofSeconds(60);

    private static final Duration KEPT = AccessTokens.LIFETIME.plus(OVERLAP);

    private final Vertx vertx;
    private final Database database;
    private final Map<UUID, Long> learnedAtNanos = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long askedAtNanos = System.nanoTime() - KEPT.toNanos();
    private volatile boolean failing;

    public RevokedSessions(Vertx vertx, Database database) {
        this.vertx = vertx;
        this.database = database;
    }

    /** Completes when everything revoked before is known, and goes on looking out; no token is good before that. */
    public Future<Void> start() {
        return poll().onSuccess(done -> pollLater());
    }

    public void close() {
        closed.set(true);
    }

    public boolean contains(UUID sessionId) {
        return learnedAtNanos.containsKey(sessionId);
    }

    /** Known here at once, not only when the database is asked again. */
    void add(UUID sessionId) {
        learnedAtNanos.put(sessionId, System.nanoTime());
    }

    private void pollLater() {
        vertx.setTimer(PERIOD_MILLISECONDS, timer -> {
            if (!closed.get()) {
                poll().onComplete(done -> pollLater());
            }
        });
    }

    private Future<Void> poll() {
        var now = System.nanoTime();
        var lookBack = Math.min(now - askedAtNanos + OVERLAP.toNanos(), KEPT.toNanos());
        return database.read(client -> client.preparedQuery(SessionSql.REVOKED_LATELY)
                        .execute(Tuple.of(TimeUnit.NANOSECONDS.toMillis(lookBack) / 1000.0)))
                .timeout(TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS)
                .onSuccess(rows -> learn(rows, now))
                .onFailure(this::fail)
                .mapEmpty();
    }

    private void learn(RowSet<Row> rows, long now) {
        rows.forEach(row -> learnedAtNanos.put(row.getUUID("id"), now));
        learnedAtNanos.values().removeIf(learned -> now - learned > KEPT.toNanos());
        askedAtNanos = now;
        if (failing) {
            failing = false;
            LOG.info("ended sessions are known again");
        }
    }

    private void fail(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warn("cannot ask for ended sessions; their tokens stay good for at most {}", AccessTokens.LIFETIME);
        }
        LOG.debug("asking for ended sessions failed", failure);
    }
}
