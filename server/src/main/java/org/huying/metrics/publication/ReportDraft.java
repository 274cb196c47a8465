package org.huying.metrics.publication;

import java.time.Instant;
import java.time.YearMonth;

/**
 * A month as it would be published, as the contract shows it.
 *
 * @param edition that it would be
 * @param digest  by which whoever publishes it names what they have seen
 */
record ReportDraft(
        YearMonth month,
        int edition,
        int definition,
        Instant asOf,
        PublishedFigures figures,
        int tickets,
        long events,
        String digest) {}
