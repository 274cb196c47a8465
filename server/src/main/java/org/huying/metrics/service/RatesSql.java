package org.huying.metrics.service;

/**
 * Each statement is one snapshot, or the identities between its figures would not hold. $1 to $10 are those of
 * {@link org.huying.metrics.Frame#values}. The backlog is that of the end of the period, or of {@code asOf} if that is
 * earlier.
 */
final class RatesSql {
    /** Counts by segment and group; the group '' is the total. $11 says what the groups are, $12 is the district's zone. */
    static final String COUNTED = """
            WITH cohort AS (
                SELECT f.segment, g.key,
                    count(*) AS cohort,
                    count(*) FILTER (WHERE NOT f.excluded) AS counted,
                    count(*) FILTER (WHERE NOT f.excluded AND f.response_late) AS response_late,
                    count(*) FILTER (WHERE NOT f.excluded AND f.resolution_late) AS resolution_late,
                    count(*) FILTER (WHERE NOT f.excluded AND f.transferred) AS transferred,
                    count(*) FILTER (WHERE NOT f.excluded AND f.escalated) AS escalated,
                    count(*) FILTER (WHERE NOT f.excluded AND f.suspended) AS suspended,
                    count(*) FILTER (WHERE NOT f.excluded AND f.window_over) AS window_over,
                    count(*) FILTER (WHERE NOT f.excluded AND f.window_over AND f.re_reported) AS re_reported,
                    count(*) FILTER (WHERE NOT f.excluded AND f.rating = 1) AS rated_1,
                    count(*) FILTER (WHERE NOT f.excluded AND f.rating = 2) AS rated_2,
                    count(*) FILTER (WHERE NOT f.excluded AND f.rating = 3) AS rated_3,
                    count(*) FILTER (WHERE NOT f.excluded AND f.rating = 4) AS rated_4,
                    count(*) FILTER (WHERE NOT f.excluded AND f.rating = 5) AS rated_5
                FROM service_outcome($1, $2, $3, $4) f
                CROSS JOIN LATERAL unnest(group_keys($11::text, $12::text, f.organization_id, f.service_item_code,
                    levels_in_frame(f.place_path, $6, $7), f.channel, f.at)) AS g (key)
                WHERE is_in_frame(f.organization_id, f.place_path, f.service_item_code, f.channel,
                    $5, $6, $7, $8, $9, $10)
                GROUP BY f.segment, g.key
            ), backlog AS (
                SELECT f.segment, g.key,
                    count(*) AS open,
                    count(*) FILTER (WHERE f.reopened) AS reopened,
                    count(*) FILTER (WHERE f.age = 'under_1_day') AS under_1_day,
                    count(*) FILTER (WHERE f.age = 'under_3_days') AS under_3_days,
                    count(*) FILTER (WHERE f.age = 'under_7_days') AS under_7_days,
                    count(*) FILTER (WHERE f.age = 'under_15_days') AS under_15_days,
                    count(*) FILTER (WHERE f.age = 'under_30_days') AS under_30_days,
                    count(*) FILTER (WHERE f.age = 'over_30_days') AS over_30_days
                FROM open_tickets($1, least($3, $4::timestamptz), $4) f
                CROSS JOIN LATERAL unnest(group_keys($11::text, $12::text, f.organization_id, f.service_item_code,
                    levels_in_frame(f.place_path, $6, $7), f.channel, f.at)) AS g (key)
                WHERE is_in_frame(f.organization_id, f.place_path, f.service_item_code, f.channel,
                    $5, $6, $7, $8, $9, $10)
                GROUP BY f.segment, g.key
            )
            SELECT segment, key, c.cohort, c.counted, c.response_late, c.resolution_late, c.transferred, c.escalated,
                c.suspended, c.window_over, c.re_reported, c.rated_1, c.rated_2, c.rated_3, c.rated_4, c.rated_5,
                b.open, b.reopened, b.under_1_day, b.under_3_days, b.under_7_days, b.under_15_days, b.under_30_days,
                b.over_30_days
            FROM cohort c
            FULL JOIN backlog b USING (segment, key)
            """;

    static final String TICKETS_OF_COHORT = """
            SELECT f.ticket_id, f.ticket_no, $11::text AS measure, f.at, f.organization_id, f.service_item_code,
                f.place_id, f.channel, f.rating, NULL::bigint AS age_hours, NULL::boolean AS reopened
            FROM service_outcome($1, $2, $3, $4) f
            WHERE is_in_frame(f.organization_id, f.place_path, f.service_item_code, f.channel, $5, $6, $7, $8, $9, $10)
              AND f.segment = $12
              AND CASE $11::text
                    WHEN 'cohort' THEN true
                    WHEN 'excluded' THEN f.excluded
                    ELSE NOT f.excluded AND CASE $11::text
                        WHEN 'counted' THEN true
                        WHEN 'response_in_time' THEN NOT f.response_late
                        WHEN 'response_late' THEN f.response_late
                        WHEN 'resolution_in_time' THEN NOT f.resolution_late
                        WHEN 'resolution_late' THEN f.resolution_late
                        WHEN 'rated' THEN f.rating IS NOT NULL
                        WHEN 'satisfied' THEN f.rating >= 4
                        WHEN 'not_satisfied' THEN f.rating < 4
                        WHEN 'transferred' THEN f.transferred
                        WHEN 'not_transferred' THEN NOT f.transferred
                        WHEN 'escalated' THEN f.escalated
                        WHEN 'not_escalated' THEN NOT f.escalated
                        WHEN 'suspended' THEN f.suspended
                        WHEN 'not_suspended' THEN NOT f.suspended
                        WHEN 'window_over' THEN f.window_over
                        WHEN 're_reported' THEN f.window_over AND f.re_reported
                        WHEN 'not_re_reported' THEN f.window_over AND NOT f.re_reported
                    END
                END
              AND ($13::timestamptz IS NULL OR (f.at, f.ticket_id) > ($13, $14::uuid))
            ORDER BY f.at, f.ticket_id
            LIMIT $15
            """;

    /** $16 is the age wanted, if any. */
    static final String TICKETS_OF_BACKLOG = """
            SELECT f.ticket_id, f.ticket_no, $11::text AS measure, f.at, f.organization_id, f.service_item_code,
                f.place_id, f.channel, NULL::int AS rating, f.age_hours, f.reopened
            FROM open_tickets($1, least($3, $4::timestamptz), $4) f
            WHERE is_in_frame(f.organization_id, f.place_path, f.service_item_code, f.channel, $5, $6, $7, $8, $9, $10)
              AND f.segment = $12
              AND ($11::text = 'backlog' OR f.reopened)
              AND ($16::text IS NULL OR f.age = $16)
              AND ($13::timestamptz IS NULL OR (f.at, f.ticket_id) > ($13, $14::uuid))
            ORDER BY f.at, f.ticket_id
            LIMIT $15
            """;

    private RatesSql() {}
}
