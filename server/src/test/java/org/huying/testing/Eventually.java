package org.huying.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what comes about by itself, without spinning, and not for ever. */
public final class Eventually {
    /** Ample, also on a busy machine: whoever promises less says so in a test of its own. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private Eventually() {}

    /** Returns when it holds; fails with these words when it does not within half a minute. */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, PATIENCE, condition);
    }

    /** Returns when it holds; fails with these words when it does not in time. */
    public static void until(String what, Duration patience, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .until(condition);
    }
}
