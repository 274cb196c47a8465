package org.huying.demo.embedded;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The servers that the service brings along when it is given no addresses. */
public final class EmbeddedServers implements AutoCloseable {
    private final @Nullable EmbeddedPostgres postgres;
    private final @Nullable EmbeddedRedis redis;

    private EmbeddedServers(@Nullable EmbeddedPostgres postgres, @Nullable EmbeddedRedis redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    /**
     * Starts those asked for, both at once, in {@code postgres} and {@code redis} under the data directory. When one
     * cannot start, the other is stopped again.
     *
     * @throws EmbeddedServerException if one cannot start, or if another process has the directory
     */
    public static EmbeddedServers start(Path dataDirectory, boolean postgres, boolean redis) {
        CompletableFuture<EmbeddedRedis> redisStart = redis
                ? CompletableFuture.supplyAsync(() -> EmbeddedRedis.start(dataDirectory.resolve("redis")))
                : new CompletableFuture<>();
        EmbeddedPostgres startedPostgres = null;
        try {
            startedPostgres = postgres ? EmbeddedPostgres.start(dataDirectory.resolve("postgres")) : null;
            return new EmbeddedServers(startedPostgres, redis ? redisStart.join() : null);
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

    /** Stops them, in the reverse order, and blocks until they have. */
    @Override
    public void close() {
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
