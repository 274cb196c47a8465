package org.huying.photo;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.db.FieldCipher;
import org.huying.http.FairWorkers;
import org.huying.kernel.Refusal;
import org.huying.photo.image.Renderer;
import org.huying.photo.image.Rendition;
import org.huying.photo.image.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all event loops of a node share for photos: the threads on which pictures are made and those on which files are
 * read and written, with bounded queues before both. A full queue refuses with {@code photos_busy}.
 */
public final class PhotoWorkshop {
    /** Each takes up to 300 MB while it works, so few. */
    private static final int RENDERERS = 2;

    private static final int RENDERINGS_WAITING_MAX = 16;

    /** Of one person: as many as a ticket takes. */
    private static final int RENDERINGS_WAITING_EACH = 9;

    /** Two fifths of the heap. */
    private static final double PART_OF_HEAP = 0.4;

    private static final int FILE_THREADS = 4;
    private static final int FILE_ACTS_MAX = 260;
    private static final long WARN_AFTER_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(PhotoWorkshop.class);
    private final FairWorkers renderers;
    private final WorkerExecutor fileThreads;
    private final Workspace workspace = new Workspace(renderingMaxBytes());
    private final AtomicInteger fileActs = new AtomicInteger();
    private final PhotoFiles files;
    private final PhotoMetrics metrics;

    /** @param directory shared by all nodes; made when it is first needed */
    public PhotoWorkshop(Vertx vertx, Path directory, FieldCipher cipher, MeterRegistry registry) {
        renderers = new FairWorkers(
                vertx, "photo-renderer", RENDERERS, RENDERINGS_WAITING_MAX, RENDERINGS_WAITING_EACH, "photos_busy");
        fileThreads =
                vertx.createSharedWorkerExecutor("photo-files", FILE_THREADS, WARN_AFTER_SECONDS, TimeUnit.SECONDS);
        files = new PhotoDirectory(directory, cipher);
        metrics = new PhotoMetrics(registry, renderers);
    }

    PhotoMetrics metrics() {
        return metrics;
    }

    /** What pictures may take of the heap while they are made. */
    public static long renderingMaxBytes() {
        return (long) (Runtime.getRuntime().maxMemory() * PART_OF_HEAP);
    }

    /** @param personId whose turn it takes */
    Future<Rendition> render(UUID personId, byte[] file) {
        return renderers.run(personId.toString(), false, () -> Renderer.render(file, workspace));
    }

    Future<Void> put(UUID id, Rendition rendition) {
        return onFiles(() -> {
            files.put(id, rendition);
            return null;
        });
    }

    Future<Optional<byte[]>> get(UUID id, PhotoFiles.Size size) {
        return onFiles(() -> files.get(id, size));
    }

    Future<Boolean> reseal(UUID id) {
        return onFiles(() -> files.reseal(id));
    }

    Future<Void> remove(UUID id) {
        return onFiles(() -> {
            files.remove(id);
            return null;
        });
    }

    /** A disk that is full, or gone, is nobody's fault who asks. */
    private <T> Future<T> onFiles(Callable<T> work) {
        if (fileActs.incrementAndGet() > FILE_ACTS_MAX) {
            fileActs.decrementAndGet();
            return Future.failedFuture(Refusal.unavailable("photos_busy"));
        }
        return fileThreads
                .executeBlocking(work, false)
                .onComplete(done -> fileActs.decrementAndGet())
                .recover(failure -> {
                    if (failure instanceof IOException) {
                        LOG.error("cannot read or write photos", failure);
                        return Future.failedFuture(Refusal.unavailable("storage_unavailable"));
                    }
                    return Future.failedFuture(failure);
                });
    }
}
