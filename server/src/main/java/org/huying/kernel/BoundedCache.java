package org.huying.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets what was not asked for the longest. Of one event loop. */
public final class BoundedCache<K, V> extends LinkedHashMap<K, V> {
    private final int sizeMax;

    public BoundedCache(int sizeMax) {
        super(16, 0.75f, true);
        this.sizeMax = sizeMax;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > sizeMax;
    }
}
