package org.huying.bench;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.huying.db.Rows;

/**
 * A year of tickets that ends now, with all their events and with the rows that the service would have made of them; each
 * step of the load spreads over the whole year. The same numbers of tickets always live the same lives. Three things are
 * simpler than in life: a chain's hashes are none, tickets that are merged or re-reported name any other ticket, and the
 * clock, which has no jobs for these tickets, marks resolutions as overdue but escalates nothing.
 */
final class MetricsLoad {
    private static final int AT_ONCE = 10_000;
    private static final Duration YEAR = Duration.ofDays(365);

    private final MetricsDistrict district;
    private final Instant end;
    private long loaded;

    MetricsLoad(MetricsDistrict district) throws Exception {
        this.district = district;
        this.end = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        district.sql("SET synchronous_commit = off");
        district.sql(MetricsLivesSql.DRAW);
        for (var word : MetricsEventsSql.WORDS) {
            district.sql(word);
        }
        district.sql(MetricsLivesSql.HOMES, district.id());
        district.sql(MetricsLivesSql.HANDLERS, district.id());
        district.sql("ANALYZE bench_home");
        district.sql("ANALYZE bench_handler");
    }

    /** By when everything loaded has happened. */
    Instant end() {
        return end;
    }

    /** Until there are so many; says on stderr how far it is. */
    void until(long count) throws Exception {
        var first = loaded;
        var begun = System.nanoTime();
        // No triggers and no keys to others: their work is done afterwards, at once.
        district.sql("SET session_replication_role = replica");
        for (; loaded < count; loaded = Math.min(count, loaded + AT_ONCE)) {
            chunk(first, loaded, Math.min(count, loaded + AT_ONCE), count);
            progress(first, Math.min(count, loaded + AT_ONCE), count, begun);
        }
        district.sql("SET session_replication_role = origin");
        System.err.print("\nrolling up, vacuum: ");
        district.sql("SELECT rebuild_completion($1)", district.id());
        district.sql("VACUUM ANALYZE");
        System.err.printf("%d s%n", (System.nanoTime() - begun) / 1_000_000_000);
    }

    private void chunk(long first, long from, long to, long end) throws Exception {
        district.sql(
                MetricsLivesSql.LIVES,
                district.id(),
                from,
                to - 1,
                first,
                end,
                Rows.utc(this.end.minus(YEAR)),
                Rows.utc(this.end));
        district.sql("ANALYZE bench_life");
        district.sql(MetricsEventsSql.TOLD, Rows.utc(this.end));
        district.sql("ANALYZE bench_event");
        district.sql(MetricsEventsSql.TICKETS, district.id());
        district.sql(
                MetricsEventsSql.EVENTS, district.id(), district.keys().cipher().seal(shown()));
        for (var companion : MetricsEventsSql.COMPANIONS) {
            district.sql(companion, district.id());
        }
        district.sql("DROP TABLE bench_life, bench_event");
    }

    private static String shown() {
        return new JsonObject()
                .put("texts", new JsonObject().put("description", "厨房水管漏水，地上都是水"))
                .put("salts", new JsonObject().put("description", "0".repeat(32)))
                .encode();
    }

    private static void progress(long first, long done, long count, long begunNanos) {
        var share = (double) (done - first) / (count - first);
        var tookSeconds = (System.nanoTime() - begunNanos) / 1e9;
        System.err.printf(
                "\rloading %,d tickets: %3.0f %%, %,.0f s to go   ",
                count - first, 100 * share, tookSeconds / share - tookSeconds);
    }
}
