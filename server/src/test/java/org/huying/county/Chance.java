package org.huying.county;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What might be otherwise; the same for the same seed. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        this.random = new Random(seed);
    }

    /** True in this share of all cases. */
    boolean in(double share) {
        return random.nextDouble() < share;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** The earlier ones oftener, as with names. */
    <T> T ofFirst(List<T> all) {
        return all.get(Math.min(random.nextInt(all.size()), random.nextInt(all.size())));
    }

    <T> List<T> shuffled(List<T> all) {
        var copy = new ArrayList<>(all);
        Collections.shuffle(copy, random);
        return copy;
    }
}
