package org.huying.app;

import org.huying.kernel.MemoryBudget;
import org.huying.photo.PhotoWorkshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node may use, told once when it starts, and what of it requests hold. */
final class Means {
    private static final Logger LOG = LoggerFactory.getLogger(Means.class);
    private static final int MIB = 20;

    /** Below it large pictures are refused, which are no larger than a phone's. */
    private static final long HEAP_ENOUGH_BYTES = 1L << 30;

    private Means() {}

    static void tell(Infrastructure infrastructure) {
        infrastructure.registry().gauge("huying.requests.held.bytes", infrastructure.memory(), MemoryBudget::bytesHeld);
        var heap = Runtime.getRuntime().maxMemory();
        LOG.info(
                "may use {} MiB of heap, {} cores, {} event loops; {} MiB for what requests hold, {} MiB for pictures",
                heap >> MIB,
                Runtime.getRuntime().availableProcessors(),
                infrastructure.eventLoops(),
                infrastructure.memory().bytesMax() >> MIB,
                PhotoWorkshop.renderingMaxBytes() >> MIB);
        if (heap < HEAP_ENOUGH_BYTES) {
            LOG.warn("a heap of {} MiB is small: large pictures will be refused", heap >> MIB);
        }
    }
}
