package org.huying.metrics.completion;

/**
 * Each statement is one snapshot, or the identities between its figures would not hold. $1 to $10 are those of
 * {@link org.huying.metrics.Frame#values}.
 */
final class CompletionSql {
    /**
     * Counts by segment, group and verdict as of any instant, ticket by ticket; the group '' is the total. $11 says what
     * the groups are, $12 is the district's zone. Tickets are counted before they are told for each of their groups.
     */
    static final String COUNTED = """
            WITH counted AS MATERIALIZED (
                SELECT f.segment,
                    CASE $11::text WHEN 'organization' THEN f.organization_id END AS organization_id,
                    CASE $11 WHEN 'place' THEN f.place_path END AS place_path,
                    CASE $11 WHEN 'serviceItem' THEN f.service_item_code WHEN 'channel' THEN f.channel
                        WHEN 'month' THEN to_char(f.at AT TIME ZONE $12::text, 'YYYY-MM') END AS name,
                    f.measure, f.cause, f.confirmed, count(*) AS n
                FROM one_time_completion($1, $2, $3, $4) f
                WHERE is_in_frame(
                    f.organization_id, f.place_path, f.service_item_code, f.channel, $5, $6, $7, $8, $9, $10)
                GROUP BY 1, 2, 3, 4, 5, 6, 7
            )
            SELECT f.segment, g.key, f.measure, f.cause, f.confirmed, sum(f.n)::bigint AS n
            FROM counted f
            CROSS JOIN LATERAL unnest(array_prepend('', coalesce(
                levels_in_frame(f.place_path, $6, $7)::text[],
                ARRAY[coalesce(f.organization_id::text, f.name)]))) AS g (key)
            WHERE g.key IS NOT NULL
            GROUP BY f.segment, g.key, f.measure, f.cause, f.confirmed
            """;

    /**
     * The same from the daily roll-up and what has come in since it was folded: as of now, or any instant since the fold.
     * Answers one row more, 'fresh', where it can. It knows neither items nor channels.
     */
    static final String ROLLED_UP = """
            WITH fold AS (
                SELECT coalesce(max(folded_through), '-infinity') <= $4 AS fresh
                FROM completion_fold WHERE district_id = $1
            ), counted AS MATERIALIZED (
                SELECT f.segment,
                    CASE $9::text WHEN 'organization' THEN f.organization_id END AS organization_id,
                    CASE $9 WHEN 'place' THEN f.place_path END AS place_path,
                    CASE $9 WHEN 'month' THEN to_char(f.day, 'YYYY-MM') END AS month,
                    f.measure, f.cause, f.confirmed, sum(f.n) AS n
                FROM completion_by_day($1, $2, $3, $4, $10::text) f
                WHERE (SELECT fresh FROM fold)
                  AND is_in_frame(f.organization_id, f.place_path, '', '', $5, $6, $7, $8, NULL, NULL)
                GROUP BY 1, 2, 3, 4, 5, 6, 7
            )
            SELECT f.segment, g.key, f.measure, f.cause, f.confirmed, sum(f.n)::bigint AS n
            FROM counted f
            CROSS JOIN LATERAL unnest(array_prepend('', coalesce(
                levels_in_frame(f.place_path, $6, $7)::text[],
                ARRAY[coalesce(f.organization_id::text, f.month)]))) AS g (key)
            WHERE g.key IS NOT NULL
            GROUP BY f.segment, g.key, f.measure, f.cause, f.confirmed
            HAVING sum(f.n) <> 0
            UNION ALL
            SELECT '', '', 'fresh', NULL, false, 1 FROM fold WHERE fresh
            """;

    /** The cohort by organization and place, of the main segment; $1 to $4 as above, $5 is the district's zone. */
    static final String CROSSED = """
            WITH fold AS (
                SELECT coalesce(max(folded_through), '-infinity') <= $4 AS fresh
                FROM completion_fold WHERE district_id = $1
            ), cohort AS (
                SELECT f.organization_id, f.place_path, f.n
                FROM completion_by_day($1, $2, $3, $4, $5::text) f
                WHERE (SELECT fresh FROM fold) AND f.segment = 'main'
                  AND f.measure IN ('provisional', 'excluded', 'broken', 'one_time')
                UNION ALL
                SELECT f.organization_id, f.place_path, 1
                FROM completion_cohort($1, $2, $3, $4) f
                WHERE (SELECT fresh FROM fold) IS NOT TRUE AND f.segment = 'main'
            )
            SELECT c.organization_id, c.place_path[cardinality(c.place_path)] AS place_id, sum(c.n)::bigint AS n
            FROM cohort c
            GROUP BY 1, 2
            HAVING sum(c.n) > 0
            """;

    static final String TICKETS = """
            SELECT f.ticket_id, f.ticket_no, f.measure, f.cause, f.confirmed, f.at, f.organization_id,
                f.service_item_code, f.place_id, f.channel
            FROM one_time_completion($1, $2, $3, $4) f
            WHERE is_in_frame(f.organization_id, f.place_path, f.service_item_code, f.channel, $5, $6, $7, $8, $9, $10)
              AND f.measure = $11 AND f.segment = $12
              AND ($13::text IS NULL OR f.cause = $13)
              AND ($14::boolean IS NULL OR f.confirmed = $14)
              AND ($15::timestamptz IS NULL OR (f.at, f.ticket_id) > ($15, $16::uuid))
            ORDER BY f.at, f.ticket_id
            LIMIT $17
            """;

    /** One ticket, whenever it counts. */
    static final String TICKET = """
            SELECT o.ticket_id, o.ticket_no, o.segment, o.organization_id, f.measure, f.cause, f.confirmed, f.at
            FROM ticket_outcome o
            LEFT JOIN one_time_completion($1, '-infinity', 'infinity', $3) f ON f.ticket_id = o.ticket_id
            WHERE o.district_id = $1 AND o.ticket_id = $2
            """;

    static final String EVIDENCE = """
            SELECT seq, type, at, data FROM ticket_log
            WHERE district_id = $1 AND ticket_id = $2 AND at <= $3
            ORDER BY seq
            """;

    static final String FOLD = """
            SELECT fold_completion($1, $2)
            """;

    private CompletionSql() {}
}
