package org.huying.ticket;

import java.util.List;
import java.util.OptionalInt;

/** Follows a chain from its first event. */
final class ChainCheck {
    private ChainCheck() {}

    /** The number of the first event that is not what was written, or not where it was written. */
    static OptionalInt firstFault(List<TicketEvent> events) {
        var previous = TicketEvent.GENESIS;
        var seq = 0;
        for (var event : events) {
            if (event.seq() != seq + 1
                    || !event.previousHash().equals(previous)
                    || !event.hash().equals(event.computeHash())) {
                return OptionalInt.of(seq + 1);
            }
            previous = event.hash();
            seq = event.seq();
        }
        return OptionalInt.empty();
    }
}
