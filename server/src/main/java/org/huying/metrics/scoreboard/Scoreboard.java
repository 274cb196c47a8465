package org.huying.metrics.scoreboard;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.huying.metrics.publication.Publications;
import org.jspecify.annotations.Nullable;

/** A month of a district, as everybody may see it and as the contract has it. */
record Scoreboard(
        DistrictKey district,
        YearMonth month,
        int definition,
        double target,
        Instant asOf,
        boolean settled,
        @Nullable Published published,
        Cell total,
        List<Cell.Named> firms,
        List<Cell.Named> compounds,
        List<Cell.Named> months) {
    /** Whose it is. */
    record DistrictKey(UUID id, String name) {}

    /** Which report the figures are those of. */
    record Published(int edition, Instant publishedAt, String digest, UUID reportId) {
        static Published of(Publications.Edition edition) {
            return new Published(edition.edition(), edition.publishedAt(), edition.digest(), edition.reportId());
        }
    }
}
