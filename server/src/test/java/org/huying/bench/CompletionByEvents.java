package org.huying.bench;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.huying.db.Rows;

/**
 * Definition 1 as one statement over {@code ticket_event}, as somebody would write it who knows the log and nothing else
 * of the database. It believes the marks of re-reports that stand in the log; who looks behind them as well is
 * {@code SlowCompletion}.
 */
final class CompletionByEvents {
    /** $1 is the district, [$2, $3) the period, $4 the instant as of which. */
    private static final String COUNTS = """
            WITH fate AS (
                SELECT ticket_id, min(at) FILTER (WHERE type = 'resolved') AS resolved,
                    min(at) FILTER (WHERE type = 'cancelled') AS cancelled, min(at) FILTER (WHERE type = 'merged') AS merged
                FROM ticket_event
                WHERE district_id = $1 AND at <= $4 AND type IN ('submitted', 'resolved', 'cancelled', 'merged')
                GROUP BY ticket_id
            ), story AS (
                SELECT f.ticket_id, f.resolved, f.cancelled, f.merged,
                    (array_agg(e.data) FILTER (WHERE e.type = 'submitted'))[1] AS report,
                    (array_agg(e.data ->> 'outcome' ORDER BY e.seq) FILTER (WHERE e.type = 'resolved'))[1] AS outcome,
                    count(*) FILTER (WHERE e.type = 'info_requested' AND e.at < f.resolved) AS asked,
                    bool_or(e.type = 'reopened' AND w.inside) AS reopened,
                    bool_or(e.type = 're_reported' AND w.inside) AS re_reported,
                    bool_or(e.type = 'rated' AND (e.data ->> 'rating')::int <= 2 AND w.inside) AS dissatisfied,
                    bool_or(e.type = 'confirmed' OR e.type = 'followed_up' AND (e.data ->> 'solved')::boolean) AS confirmed,
                    -- the reason, or none where it was included again
                    (array_agg(CASE e.type WHEN 'excluded' THEN e.data ->> 'reason' END ORDER BY e.seq DESC)
                        FILTER (WHERE e.type IN ('excluded', 'included')))[1] AS exclusion,
                    (array_agg((e.data ->> 'resolutionDueAt')::timestamptz ORDER BY e.seq DESC)
                        FILTER (WHERE e.data ? 'resolutionDueAt' OR e.data ? 'resolutionLeftMillis'))[1] AS due
                FROM fate f
                JOIN ticket_event e ON e.district_id = $1 AND e.ticket_id = f.ticket_id AND e.at <= $4
                CROSS JOIN LATERAL (
                    SELECT e.at > f.resolved AND e.at <= f.resolved + interval '168 hours' AS inside) w
                WHERE f.resolved >= $2 AND f.resolved < $3
                   OR f.resolved IS NULL AND (f.cancelled >= $2 AND f.cancelled < $3 OR f.merged >= $2 AND f.merged < $3
                       OR f.cancelled IS NULL AND f.merged IS NULL)
                GROUP BY f.ticket_id, f.resolved, f.cancelled, f.merged
            ), verdict AS (
                SELECT s.report, s.confirmed, s.exclusion, s.outcome,
                    CASE
                        WHEN s.resolved IS NULL THEN CASE WHEN s.cancelled IS NOT NULL THEN 'withdrawn'
                            WHEN s.merged IS NOT NULL THEN 'duplicate' ELSE 'overdue_unresolved' END
                        WHEN $4 <= s.resolved + interval '168 hours' THEN 'provisional'
                        WHEN s.exclusion IS NOT NULL THEN 'excluded'
                        WHEN c.cause IS NOT NULL THEN 'broken'
                        ELSE 'one_time'
                    END AS measure, c.cause
                FROM story s
                CROSS JOIN LATERAL (SELECT CASE WHEN s.outcome <> 'fixed' THEN s.outcome WHEN s.asked > 1 THEN 'info_twice'
                    WHEN s.reopened THEN 'reopened' WHEN s.re_reported THEN 're_reported'
                    WHEN s.dissatisfied THEN 'dissatisfied' END AS cause) c
                WHERE s.resolved IS NOT NULL OR s.cancelled IS NOT NULL OR s.merged IS NOT NULL
                   OR s.due >= $2 AND s.due < $3 AND s.due < $4
            )
            SELECT CASE v.report ->> 'serviceItemKind' WHEN 'consultation' THEN 'consultation' WHEN 'care' THEN 'care'
                    ELSE 'main' END AS segment,
                -- whoever acts first is the one that it was sent to
                v.report ->> 'responsibleOrgId' AS key,
                v.measure || '/' || CASE v.measure WHEN 'excluded' THEN v.exclusion WHEN 'broken' THEN v.cause ELSE '' END AS verdict,
                count(*) AS n,
                count(*) FILTER (WHERE v.measure = 'one_time' AND v.confirmed) AS confirmed
            FROM verdict v
            GROUP BY 1, 2, 3
            """;

    private CompletionByEvents() {}

    /** How many tickets there are by {@code segment/group/verdict/cause}; the group is a first owner, or "" for all. */
    static Future<Map<String, Long>> counts(SqlClient client, UUID district, Instant start, Instant end, Instant asOf) {
        return client.preparedQuery(COUNTS)
                .execute(Tuple.of(district, Rows.utc(start), Rows.utc(end), Rows.utc(asOf)))
                .map(rows -> {
                    var counts = new TreeMap<String, Long>();
                    rows.forEach(row -> {
                        var segment = row.getString("segment");
                        var groups =
                                segment.equals("main") ? new String[] {"", row.getString("key")} : new String[] {""};
                        for (var group : groups) {
                            var prefix = segment + "/" + group + "/";
                            counts.merge(prefix + row.getString("verdict"), row.getLong("n"), Long::sum);
                            counts.merge(prefix + "confirmed/", row.getLong("confirmed"), Long::sum);
                        }
                    });
                    counts.values().removeIf(n -> n == 0);
                    return counts;
                });
    }
}
