package org.huying.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of a node that requests hold together: what has come of their bodies, what is made of it, and answers that
 * wait to be taken. What would go beyond is refused before it is held: with {@code uploads_busy} (503) where all of it is
 * taken, with {@code share_used_up} (429) where one holder has their share, so that nobody can have it all. Thread-safe;
 * one for all event loops.
 */
public final class MemoryBudget {
    /** Of the heap: what else a node needs of it stands in operations.md. */
    private static final int PART_OF_HEAP = 4;

    /** Whatever the heap: no less than what the largest single body takes. */
    private static final long LEAST_BYTES = 32L << 20;

    /** Carriers and offices put many people behind one address. */
    private static final int ADDRESS_PART = 2;

    private static final int PERSON_PART = 4;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final long bytesMax;
    private final AtomicLong held = new AtomicLong();
    private final ConcurrentHashMap<String, Long> byHolder = new ConcurrentHashMap<>();

    public MemoryBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** A quarter of what the heap may grow to. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
    }

    public long bytesMax() {
        return bytesMax;
    }

    public long bytesHeld() {
        return held.get();
    }

    /** How many addresses and persons hold something. */
    public int holders() {
        return byHolder.size();
    }

    /** Nothing yet, for somebody at an address. */
    public Hold hold(String address) {
        return new Hold(address);
    }

    private record Holder(String name, long bytesMax) {}

    /** What one request holds. To be released however the request ends; after that it takes nothing more. */
    public final class Hold {
        private final Holder address;
        private List<Holder> holders;
        private final List<Runnable> endings = new ArrayList<>();
        private long bytes;
        private boolean isReleased;

        private Hold(String address) {
            this.address = new Holder("address " + address, share(ADDRESS_PART));
            this.holders = List.of(this.address);
        }

        /** Counts what comes from now on as theirs, too. To be called before anything is held. */
        public synchronized void by(Caller caller) {
            holders = List.of(address, new Holder("person " + caller.personId(), share(PERSON_PART)));
        }

        /** Takes so many bytes more, or refuses and keeps what there was. */
        public synchronized void more(long length) {
            if (length == 0) {
                return;
            }
            if (isReleased || held.addAndGet(length) > bytesMax) {
                giveBack(isReleased ? 0 : length);
                throw Refusal.unavailable("uploads_busy");
            }
            for (int i = 0; i < holders.size(); i++) {
                var holder = holders.get(i);
                long theirs = Objects.requireNonNull(byHolder.merge(holder.name(), length, Long::sum));
                if (theirs > holder.bytesMax()) {
                    giveBack(length);
                    holders.subList(0, i + 1).forEach(each -> less(each, length));
                    throw Refusal.tooMany("share_used_up", RETRY_AFTER);
                }
            }
            bytes += length;
        }

        /** Lets go of all that there was, and takes so many bytes. */
        public synchronized void only(long length) {
            letGo();
            more(length);
        }

        public void release() {
            List<Runnable> ended;
            synchronized (this) {
                letGo();
                isReleased = true;
                ended = List.copyOf(endings);
                endings.clear();
            }
            ended.forEach(Runnable::run);
        }

        /** To be done once, when the request has ended, however it does. */
        public void whenReleased(Runnable ending) {
            synchronized (this) {
                if (!isReleased) {
                    endings.add(ending);
                    return;
                }
            }
            ending.run();
        }

        private void letGo() {
            if (bytes > 0) {
                giveBack(bytes);
                holders.forEach(holder -> less(holder, bytes));
                bytes = 0;
            }
        }

        private void giveBack(long length) {
            held.addAndGet(-length);
        }

        /** Who holds nothing is forgotten. */
        private void less(Holder holder, long length) {
            byHolder.computeIfPresent(holder.name(), (name, all) -> all > length ? all - length : null);
        }
    }

    private long share(int part) {
        return Math.max(bytesMax / part, Math.min(bytesMax, LEAST_BYTES));
    }
}
