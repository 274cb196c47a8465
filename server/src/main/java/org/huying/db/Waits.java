package org.huying.db;

import java.time.Duration;

/**
 * How long the database is waited for on behalf of somebody who waits for us. The server's own limits come first: a lock that
 * is not to be had, or a statement that takes too long, is given up by the server, which says so, undoes what was begun and
 * keeps the connection. Only a server that does not even say that has its connection cut.
 *
 * @param answer until when a server that says nothing is given up, and for how long a connection is waited for
 */
public record Waits(Duration answer) {
    /** Whoever asks us hears within three seconds that there is no answer. */
    public static final Waits USUAL = new Waits(Duration.ofSeconds(2));

    /** The server's limit of one wait for a lock. */
    Duration lock() {
        return answer.multipliedBy(3).dividedBy(4);
    }

    /** The server's limit of a whole statement, waits included. */
    Duration statement() {
        return answer.multipliedBy(9).dividedBy(10);
    }

    /** So that what was begun just before the database is back does not hold up what comes after it. */
    Duration connect() {
        return answer.multipliedBy(3).dividedBy(4);
    }

    /** A little longer than the pool's own limit, which ends nearly every wait before. */
    Duration acquire() {
        return answer.plusMillis(300);
    }
}
