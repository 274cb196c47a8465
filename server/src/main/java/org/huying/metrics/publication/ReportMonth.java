package org.huying.metrics.publication;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.huying.metrics.Frames;
import org.huying.metrics.MetricsQuery;
import org.huying.metrics.completion.OneTimeCompletion;

/** A month in a district's zone. */
record ReportMonth(YearMonth month, ZoneId zone) {
    /** Hours, not days: a day may have 23 or 25 of them where clocks are put forward and back. */
    private static final Duration WINDOW = Duration.ofHours(24L * OneTimeCompletion.WINDOW_DAYS);

    /** As of this instant the last millisecond's window is over, and so nothing of the month is provisional. */
    Instant maturesAt() {
        return month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant().plus(WINDOW);
    }

    /** When that instant is settled. */
    Instant publishableFrom() {
        return maturesAt().plus(Frames.SETTLING);
    }

    MetricsQuery asOf(Instant asOf) {
        return MetricsQuery.of(month.atDay(1), month.atEndOfMonth(), asOf);
    }
}
