package org.huying.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How a ticket counts.
 *
 * @param verdict   {@code provisional|excluded|broken|one_time}, or beside the rate
 *                  {@code overdue_unresolved|withdrawn|duplicate}
 * @param cause     why it is broken or excluded; otherwise empty
 * @param confirmed of the numerator, and explicitly confirmed
 * @param at        the instant that puts it into a period
 */
public record Judged(
        UUID ticketId,
        String segment,
        List<String> groups,
        String verdict,
        String cause,
        boolean confirmed,
        Instant at) {
    public Judged {
        groups = List.copyOf(groups);
    }
}
