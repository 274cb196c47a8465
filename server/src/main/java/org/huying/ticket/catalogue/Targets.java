package org.huying.ticket.catalogue;

import java.time.Duration;
import java.time.Instant;

/** An item's targets on the clock on which they are counted. */
public record Targets(ServiceItem item, TargetClock clock) {
    /** Until when somebody must have answered to what came at {@code start}. */
    public Instant responseDue(Instant start) {
        return clock.after(start, Duration.ofHours(item.responseHours()));
    }

    public Instant resolutionDue(Instant start) {
        return clock.after(start, Duration.ofHours(item.resolutionHours()));
    }
}
