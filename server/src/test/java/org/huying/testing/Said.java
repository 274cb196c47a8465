package org.huying.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** What people say: never twice in the same words, as that would be the same report. */
public final class Said {
    private static final AtomicInteger TIMES = new AtomicInteger();

    private Said() {}

    public static String anew(String words) {
        return words + " " + TIMES.incrementAndGet();
    }
}
