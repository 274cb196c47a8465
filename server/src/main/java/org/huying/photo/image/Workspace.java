package org.huying.photo.image;

import java.util.concurrent.atomic.AtomicLong;
import org.huying.kernel.Refusal;

/**
 * The memory in which a node makes pictures: taken before anything is decoded. What does not fit beside the others is
 * refused with {@code photos_busy}, which is no fault of the picture's. Thread-safe.
 */
public final class Workspace {
    private final long bytesMax;
    private final AtomicLong taken = new AtomicLong();

    public Workspace(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    void take(long bytes) {
        if (taken.addAndGet(bytes) > bytesMax) {
            giveBack(bytes);
            throw Refusal.unavailable("photos_busy");
        }
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
