package org.huying.demo.district;

/** How a ticket of the history fares. */
enum Fate {
    /** Solved the first time, in time. */
    PLAIN(2, 89),
    INFO_ONCE(2, 89),
    PAUSED(24, 89),
    TRANSFERRED(2, 89),
    ESCALATED(2, 89),
    LATE(6, 89),
    // What breaks a one-time completion, long enough ago to count.
    REOPENED(11, 89),
    RE_REPORTED(15, 89),
    INFO_TWICE(12, 89),
    UNABLE(11, 89),
    NOT_RESPONSIBLE(11, 89),
    DISSATISFIED(11, 89),
    /** Looked after somebody who was missed at the canteen. */
    CARED_FOR(24, 89),
    // Kept out of it.
    EXCLUDED(14, 89),
    INCLUDED_AGAIN(24, 89),
    MERGED(24, 89),
    CANCELLED(24, 89),
    // Still open on the last day.
    UNTOUCHED(1, 2),
    ACCEPTED(1, 2),
    ASSIGNED(1, 2),
    WORKING(1, 2),
    WAITING(1, 4),
    SUSPENDED(3, 12);

    private final int leastDaysAgo;
    private final int mostDaysAgo;

    Fate(int leastDaysAgo, int mostDaysAgo) {
        this.leastDaysAgo = leastDaysAgo;
        this.mostDaysAgo = mostDaysAgo;
    }

    /** When it may have been reported, in days before the last. */
    int leastDaysAgo() {
        return leastDaysAgo;
    }

    int mostDaysAgo() {
        return mostDaysAgo;
    }

    boolean isOpen() {
        return mostDaysAgo <= 12;
    }
}
