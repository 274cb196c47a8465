package org.huying.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who comes next where only so many can be served at once. Everybody waits in a lane of their own (an address, a person),
 * and the lanes take turns, so that a crowd in one lane keeps nobody waiting in another. Who is favoured comes before all
 * others, though not always: of every few turns one is another's. All queues are bounded; where there is no room, whoever
 * is last in the longest lane goes. Thread-safe.
 */
public final class FairTurns {
    private static final int FAVOURED_IN_A_ROW = 3;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private record Waiting(Runnable start, Consumer<Refusal> refused) {}

    private final int atOnce;
    private final int waitingEach;
    private final String busyCode;
    private final Lanes favoured;
    private final Lanes others;
    private int running;
    private int favouredInARow;

    /**
     * Without anybody.
     *
     * @param atOnce      how many are served at a time
     * @param waitingMax  how many wait; of the favoured as many again
     * @param waitingEach how many wait in one lane
     * @param busyCode    with which it is refused to wait where nobody has room (503); in one's own lane it is
     *                    {@code share_used_up} (429)
     */
    public FairTurns(int atOnce, int waitingMax, int waitingEach, String busyCode) {
        this.atOnce = atOnce;
        this.waitingEach = waitingEach;
        this.busyCode = busyCode;
        this.favoured = new Lanes(waitingMax);
        this.others = new Lanes(waitingMax);
    }

    /**
     * Asks for a turn: exactly one of both is called, now or later, on the thread of whoever makes room. Whoever is started
     * calls {@link #done} once.
     */
    public void take(String lane, boolean isFavoured, Runnable start, Consumer<Refusal> refused) {
        var asking = new Waiting(start, refused);
        Waiting sentAway = null;
        var isStarted = false;
        synchronized (this) {
            if (running < atOnce) {
                running++;
                isStarted = true;
            } else {
                var lanes = isFavoured ? favoured : others;
                if (lanes.length(lane) >= waitingEach) {
                    refused.accept(Refusal.tooMany("share_used_up", RETRY_AFTER));
                    return;
                }
                sentAway = lanes.add(lane, asking);
            }
        }
        if (isStarted) {
            start.run();
        }
        if (sentAway != null) {
            sentAway.refused().accept(Refusal.unavailable(busyCode));
        }
    }

    /** A turn has ended: the next begins. */
    public void done() {
        Waiting next;
        synchronized (this) {
            next = next();
            if (next == null) {
                running--;
            }
        }
        if (next != null) {
            next.start().run();
        }
    }

    /** Of those who run and those who wait. */
    public synchronized int count() {
        return running + favoured.count + others.count;
    }

    private @Nullable Waiting next() {
        var isOthersTurn = favouredInARow >= FAVOURED_IN_A_ROW && others.count > 0;
        var next = isOthersTurn ? null : favoured.next();
        favouredInARow = next == null ? 0 : favouredInARow + 1;
        return next == null ? others.next() : next;
    }

    /** Lanes in the order in which they come next. */
    private static final class Lanes {
        private final int waitingMax;
        private final Map<String, Deque<Waiting>> lanes = new LinkedHashMap<>();
        private int count;

        Lanes(int waitingMax) {
            this.waitingMax = waitingMax;
        }

        int length(String lane) {
            var waiting = lanes.get(lane);
            return waiting == null ? 0 : waiting.size();
        }

        /** Whoever has to go for it, if anybody. */
        @Nullable
        Waiting add(String lane, Waiting asking) {
            if (count < waitingMax) {
                lanes.computeIfAbsent(lane, made -> new ArrayDeque<>()).add(asking);
                count++;
                return null;
            }
            var longest = lanes.entrySet().stream()
                    .max(Comparator.comparingInt(each -> each.getValue().size()))
                    .orElse(null);
            if (longest == null || longest.getValue().size() <= length(lane) + 1) {
                return asking;
            }
            var last = longest.getValue().removeLast();
            lanes.computeIfAbsent(lane, made -> new ArrayDeque<>()).add(asking);
            return last;
        }

        /** The first of the lane whose turn it is, which goes behind all others then. */
        @Nullable
        Waiting next() {
            if (lanes.isEmpty()) {
                return null;
            }
            var lane = lanes.keySet().iterator().next();
            var waiting = Objects.requireNonNull(lanes.remove(lane));
            var next = waiting.remove();
            count--;
            if (!waiting.isEmpty()) {
                lanes.put(lane, waiting);
            }
            return next;
        }
    }
}
