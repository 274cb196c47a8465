package org.huying.db.wire;

import java.time.Duration;

/**
 * How long the other side is waited for. They hold by our own clock: a stopped backend, a frozen machine or a way that lost
 * a fail-over answers nothing, also not that a time limit of its own has passed.
 *
 * @param connect   from the first packet until a connection may be used
 * @param statement from sending until the whole answer is there, or from the answer to one statement of a pipeline to the
 *                  next; longer than the server's own limit where statements may take that long
 */
public record Bounds(Duration connect, Duration statement) {
    /** Few statements take as long, also where they may: idle connections that are made anew cost little. */
    private static final Duration LONGEST_FAITH = Duration.ofSeconds(1);

    /** From when on a statement that has no answer casts doubt on the connections beside it. */
    Duration doubt() {
        var half = statement.dividedBy(2);
        return half.compareTo(LONGEST_FAITH) < 0 ? half : LONGEST_FAITH;
    }
}
