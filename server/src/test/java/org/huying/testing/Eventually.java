package org.huying.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what comes about by itself, with an end. */
public final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Eventually() {}

    /** Returns as soon as it holds; fails where it does not within half a minute. Asking may fail meanwhile. */
    public static void holds(String what, Callable<Boolean> condition) {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (System.nanoTime() - deadline < 0);
        throw new AssertionError("has not come about: " + what, last);
    }
}
