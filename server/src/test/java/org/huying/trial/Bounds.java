package org.huying.trial;

import java.time.Duration;

/**
 * What a trial holds against the measurement.
 *
 * @param fault     how long what is wrong lasts, at least
 * @param refusal   how long anybody may wait for an answer meanwhile
 * @param recovery  how long after it until acts succeed again
 * @param stop      how long a node may take to end that is told to
 */
record Bounds(Duration fault, Duration refusal, Duration recovery, Duration stop) {
    /** As promised, on a machine that is not busy with other things. */
    static final Bounds PROMISED =
            new Bounds(Duration.ofSeconds(8), Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(15));

    /** For the suite, beside other tests: only that everything has its end, by itself. */
    static final Bounds GENEROUS = new Bounds(
            Duration.ofMillis(2_600), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(30));
}
