package org.huying.demo.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The servers that the service brings along when it is given no addresses. */
public final class EmbeddedServers implements AutoCloseable {
    private final @Nullable EmbeddedPostgres postgres;
    private final @Nullable EmbeddedRedis redis;

    private final List<Supervision> supervisions;
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    private EmbeddedServers(
            @Nullable EmbeddedPostgres postgres, @Nullable EmbeddedRedis redis, Supervision.Patience patience) {
        this.postgres = postgres;
        this.redis = redis;
        var servers = new ArrayList<Supervision.Supervised>();
        if (postgres != null) {
            servers.add(new Supervision.Supervised("PostgreSQL", postgres::process, postgres::startAgain));
        }
        if (redis != null) {
            servers.add(new Supervision.Supervised("Redis", redis::process, redis::startAgain));
        }
        this.supervisions = servers.stream()
                .map(server -> Supervision.begin(server, patience, () -> givenUp.complete(null)))
                .toList();
    }

    /**
     * Starts those asked for, both at once, in {@code postgres} and {@code redis} under the data directory. When one
     * cannot start, the other is stopped again. From then on one that dies is started again.
     *
     * @throws EmbeddedServerException if one cannot start, or if another process has the directory
     */
    public static EmbeddedServers start(Path dataDirectory, boolean postgres, boolean redis) {
        return start(dataDirectory, postgres, redis, Supervision.Patience.USUAL);
    }

    static EmbeddedServers start(Path dataDirectory, boolean postgres, boolean redis, Supervision.Patience patience) {
        CompletableFuture<EmbeddedRedis> redisStart = redis
                ? CompletableFuture.supplyAsync(() -> EmbeddedRedis.start(dataDirectory.resolve("redis")))
                : new CompletableFuture<>();
        EmbeddedPostgres startedPostgres = null;
        try {
            startedPostgres = postgres ? EmbeddedPostgres.start(dataDirectory.resolve("postgres")) : null;
            return new EmbeddedServers(startedPostgres, redis ? redisStart.join() : null, patience);
        } catch (CompletionException e) {
            closeAll(startedPostgres, null);
            throw e.getCause() instanceof EmbeddedServerException cause ? cause : e;
        } catch (RuntimeException e) {
            if (redis) {
                redisStart
                        .thenAccept(EmbeddedRedis::close)
                        .exceptionally(alsoFailed -> {
                            e.addSuppressed(alsoFailed);
                            return null;
                        })
                        .join();
            }
            throw e;
        }
    }

    /** Of the role that the service runs as; null when PostgreSQL was not asked for. */
    public @Nullable String databaseUrl() {
        return postgres == null ? null : postgres.url();
    }

    /** Of the role that owns the tables; null when PostgreSQL was not asked for. */
    public @Nullable String ownerUrl() {
        return postgres == null ? null : postgres.ownerUrl();
    }

    /** Null when Redis was not asked for. */
    public @Nullable String redisUrl() {
        return redis == null ? null : redis.url();
    }

    /** Runs this when one of them is dead for good, also when it is by now. */
    public void onGivingUp(Runnable then) {
        var unused = givenUp.thenRun(then);
    }

    /** From now on they may end without being started again; blocks while one is being started. */
    public void superviseNoMore() {
        supervisions.forEach(Supervision::end);
    }

    /** Stops them, in the reverse order, and blocks until they have. */
    @Override
    public void close() {
        superviseNoMore();
        closeAll(postgres, redis);
    }

    private static void closeAll(@Nullable EmbeddedPostgres postgres, @Nullable EmbeddedRedis redis) {
        try {
            if (redis != null) {
                redis.close();
            }
        } finally {
            if (postgres != null) {
                postgres.close();
            }
        }
    }
}
