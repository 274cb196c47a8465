package org.huying.metrics.publication;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * A month as it was published, as the contract shows it.
 *
 * @param edition of the month; the highest is the one that counts
 * @param tickets that stand in any figure
 * @param events  that they had by then
 * @param <F>     all of the figures, or their totals
 */
record Report<F>(
        UUID id,
        YearMonth month,
        int edition,
        int definition,
        Instant asOf,
        Instant publishedAt,
        Publisher publishedBy,
        @Nullable String reason,
        F figures,
        int tickets,
        long events,
        String digest) {
    /** Who published it; without a name where that was erased. */
    record Publisher(UUID id, @Nullable String name) {}

    static <F> Report<F> from(Row row, Function<JsonObject, F> figures) {
        return new Report<>(
                row.getUUID("id"),
                YearMonth.from(row.getLocalDate("month")),
                row.getInteger("edition"),
                row.getInteger("definition"),
                Rows.instant(row, "as_of"),
                Rows.instant(row, "published_at"),
                new Publisher(row.getUUID("published_by_id"), null),
                row.getString("reason"),
                figures.apply(row.getJsonObject("figures")),
                row.getInteger("tickets"),
                row.getLong("events"),
                row.getString("digest"));
    }

    Report<F> named(Map<UUID, String> names) {
        var publisher = new Publisher(publishedBy.id(), names.get(publishedBy.id()));
        return new Report<>(
                id, month, edition, definition, asOf, publishedAt, publisher, reason, figures, tickets, events, digest);
    }

    LocalDate firstDay() {
        return month.atDay(1);
    }
}
