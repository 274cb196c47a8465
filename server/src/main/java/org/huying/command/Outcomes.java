package org.huying.command;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** For programs, which have nothing else to do than to wait. */
public final class Outcomes {
    /** Longer than any program runs. */
    private static final Duration WITHOUT_END = Duration.ofDays(365);

    private Outcomes() {}

    /** What comes of it, or what it fails with; not on an event loop. */
    public static <T> T await(Future<T> future) {
        return await(future, WITHOUT_END);
    }

    /** The same, with a {@link CommandException} when nothing has come of it by then. */
    public static <T> T await(Future<T> future, Duration longest) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(longest.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", e);
        } catch (TimeoutException e) {
            throw new CommandException("it was not done within " + longest.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
