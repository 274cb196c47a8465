package org.huying.db.clock;

import java.time.Duration;

/** How a node's clock is wrong, and by how much. */
record ClockFault(Kind kind, Duration by) {
    enum Kind {
        /** Of the database's clock. */
        AHEAD("ahead"),
        /** Of the database's clock. */
        BEHIND("behind"),
        /** Behind the latest instant that was written: now, or when that was written, the clock was wrong. */
        BACKWARDS("backwards");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    String inWords() {
        return switch (kind) {
            case AHEAD -> "it is " + by + " ahead of the database's";
            case BEHIND -> "it is " + by + " behind the database's";
            case BACKWARDS -> "it is " + by + " behind the latest instant that was written";
        };
    }
}
