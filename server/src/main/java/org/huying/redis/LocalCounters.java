package org.huying.redis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.huying.kernel.Limit;

/** Counts of this node alone; bounded: the longest unused is forgotten first. */
public final class LocalCounters {
    private static final int MAX_NAMES = 10_000;

    private static final class Window {
        private int count;
        private final long endsAtNanos;

        private Window(long endsAtNanos) {
            this.endsAtNanos = endsAtNanos;
        }
    }

    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MAX_NAMES;
        }
    };

    synchronized Counted count(String name, Limit limit) {
        long now = System.nanoTime();
        var window = windows.get(name);
        if (window == null || window.endsAtNanos - now <= 0) {
            window = new Window(now + limit.window().toNanos());
            windows.put(name, window);
        }
        window.count++;
        return new Counted(window.count, Duration.ofNanos(window.endsAtNanos - now));
    }
}
