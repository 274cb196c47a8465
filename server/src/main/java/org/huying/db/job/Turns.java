package org.huying.db.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: the districts that have something due take turns, and within each the kinds of its jobs do. Whoever
 * has the fewest jobs in hand comes first, and none has more than its share at a time, so that neither a district nor a
 * kind with thousands due, or with slow ones, holds up another.
 */
final class Turns {
    /** One job of a kind, of a district. */
    record Turn(UUID districtId, String kind) {}

    private final int mostOfADistrict;
    /** The one that was served longest ago is first. */
    private final Map<UUID, Deque<String>> waiting = new LinkedHashMap<>();

    private final Map<UUID, Integer> inHand = new HashMap<>();

    /** @param mostOfADistrict how many jobs of one district may be in hand at a time */
    Turns(int mostOfADistrict) {
        this.mostOfADistrict = mostOfADistrict;
    }

    /** It gets turns until it has nothing more to do. */
    synchronized void join(Turn turn) {
        var kinds = waiting.computeIfAbsent(turn.districtId(), id -> new ArrayDeque<>());
        if (!kinds.contains(turn.kind())) {
            kinds.add(turn.kind());
        }
    }

    /** The next to be served; it stays in the line, behind the others. Empty when nobody waits who may have one more. */
    synchronized Optional<Turn> next() {
        var districtId = leastServed();
        if (districtId == null) {
            return Optional.empty();
        }
        var kinds = Objects.requireNonNull(waiting.remove(districtId));
        waiting.put(districtId, kinds);
        var kind = kinds.remove();
        kinds.add(kind);
        inHand.merge(districtId, 1, Integer::sum);
        return Optional.of(new Turn(districtId, kind));
    }

    /** @param any whether there was something to do; if not, it leaves the line */
    synchronized void end(Turn turn, boolean any) {
        inHand.computeIfPresent(turn.districtId(), (id, count) -> count == 1 ? null : count - 1);
        var kinds = waiting.get(turn.districtId());
        if (!any && kinds != null) {
            kinds.remove(turn.kind());
            if (kinds.isEmpty()) {
                waiting.remove(turn.districtId());
            }
        }
    }

    synchronized boolean isIdle() {
        return inHand.isEmpty();
    }

    private @Nullable UUID leastServed() {
        UUID least = null;
        int fewest = mostOfADistrict;
        for (var districtId : waiting.keySet()) {
            int has = inHand.getOrDefault(districtId, 0);
            if (has < fewest) {
                fewest = has;
                least = districtId;
            }
        }
        return least;
    }
}
