package org.huying.ticket.matrix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does much at the same time, but not everything. */
public final class AtOnce implements AutoCloseable {
    private static final int THREADS = 12;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    public <T> List<T> all(Collection<Callable<T>> work) {
        try {
            var done = new ArrayList<T>();
            for (Future<T> each : threads.invokeAll(work)) {
                done.add(each.get());
            }
            return done;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
