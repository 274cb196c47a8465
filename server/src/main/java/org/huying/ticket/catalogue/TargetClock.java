package org.huying.ticket.catalogue;

import java.time.Duration;
import java.time.Instant;

/** The clock on which an item's targets are counted. */
public interface TargetClock {
    /** Runs day and night. */
    TargetClock ALL_HOURS = new TargetClock() {
        @Override
        public Instant after(Instant start, Duration time) {
            return start.plus(time);
        }

        @Override
        public Duration between(Instant start, Instant end) {
            return Duration.between(start, end);
        }
    };

    /** When this much of the clock's time has passed since {@code start}. */
    Instant after(Instant start, Duration time);

    /** How much of the clock's time lies between. */
    Duration between(Instant start, Instant end);
}
