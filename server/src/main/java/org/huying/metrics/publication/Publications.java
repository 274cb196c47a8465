package org.huying.metrics.publication;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What has been published, for those who show it. */
public final class Publications {
    private final PublicationStore store = new PublicationStore();

    /** The edition that counts. */
    public record Edition(
            UUID reportId,
            int edition,
            int definition,
            Instant asOf,
            Instant publishedAt,
            String digest,
            PublishedFigures figures) {
        private static Edition of(Report<PublishedFigures> report) {
            return new Edition(
                    report.id(),
                    report.edition(),
                    report.definition(),
                    report.asOf(),
                    report.publishedAt(),
                    report.digest(),
                    report.figures());
        }
    }

    /** Those of the months from the first to the last that have been published. */
    public Future<Map<YearMonth, Edition>> latest(SqlClient client, UUID districtId, YearMonth from, YearMonth to) {
        return store.latest(client, districtId, from, to)
                .map(found -> found.stream().collect(Collectors.toUnmodifiableMap(Report::month, Edition::of)));
    }
}
