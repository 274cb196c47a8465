package org.huying.photo;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.db.FieldCipher;
import org.huying.kernel.Refusal;
import org.huying.photo.image.Renderer;
import org.huying.photo.image.Rendition;

/**
 * What all event loops of a node share for photos: the threads on which pictures are made and those on which files are
 * read and written, with bounded queues before both. A full queue refuses with {@code photos_busy}.
 */
public final class PhotoWorkshop {
    /** Each takes up to 300 MB while it works, so few. */
    private static final int RENDERERS = 2;

    private static final int RENDERINGS_MAX = 18;
    private static final int FILE_THREADS = 4;
    private static final int FILE_ACTS_MAX = 260;
    private static final long WARN_AFTER_SECONDS = 30;

    private final WorkerExecutor renderers;
    private final WorkerExecutor fileThreads;
    private final AtomicInteger renderings = new AtomicInteger();
    private final AtomicInteger fileActs = new AtomicInteger();
    private final PhotoFiles files;
    private final PhotoMetrics metrics;

    /** @param directory shared by all nodes; made when it is first needed */
    public PhotoWorkshop(Vertx vertx, Path directory, FieldCipher cipher, MeterRegistry registry) {
        renderers = vertx.createSharedWorkerExecutor("photo-renderer", RENDERERS, WARN_AFTER_SECONDS, TimeUnit.SECONDS);
        fileThreads =
                vertx.createSharedWorkerExecutor("photo-files", FILE_THREADS, WARN_AFTER_SECONDS, TimeUnit.SECONDS);
        files = new PhotoDirectory(directory, cipher);
        metrics = new PhotoMetrics(registry, renderings);
    }

    PhotoMetrics metrics() {
        return metrics;
    }

    Future<Rendition> render(byte[] file) {
        return bounded(renderers, renderings, RENDERINGS_MAX, () -> Renderer.render(file));
    }

    Future<Void> put(UUID id, Rendition rendition) {
        return bounded(fileThreads, fileActs, FILE_ACTS_MAX, () -> {
            files.put(id, rendition);
            return null;
        });
    }

    Future<Optional<byte[]>> get(UUID id, PhotoFiles.Size size) {
        return bounded(fileThreads, fileActs, FILE_ACTS_MAX, () -> files.get(id, size));
    }

    Future<Boolean> reseal(UUID id) {
        return bounded(fileThreads, fileActs, FILE_ACTS_MAX, () -> files.reseal(id));
    }

    Future<Void> remove(UUID id) {
        return bounded(fileThreads, fileActs, FILE_ACTS_MAX, () -> {
            files.remove(id);
            return null;
        });
    }

    private static <T> Future<T> bounded(WorkerExecutor threads, AtomicInteger count, int max, Callable<T> work) {
        if (count.incrementAndGet() > max) {
            count.decrementAndGet();
            return Future.failedFuture(Refusal.unavailable("photos_busy"));
        }
        return threads.executeBlocking(work, false).onComplete(done -> count.decrementAndGet());
    }
}
