package org.huying.metrics;

final class MetricsSql {
    /** As the present version has it. */
    static final String SERVICE_ITEM_NAMES = """
            SELECT DISTINCT ON (code) code, name FROM service_item
            WHERE district_id = $1 AND code = ANY ($2)
            ORDER BY code, version DESC
            """;

    /**
     * Counts by segment, group and verdict; the group '' is the total. All of it is one statement and so one snapshot,
     * or the identities between the figures would not hold. $5 and $6 are the organizations and places in scope; $12 are
     * the places from which on down a ticket's frozen path is counted, all of it if there are none.
     */
    static final String FIGURES = """
            SELECT f.segment, g.key, f.measure, f.cause, f.confirmed, count(*) AS n
            FROM one_time_completion($1, $2, $3, $4) f
            CROSS JOIN LATERAL unnest(array_prepend('', CASE $10::text
                WHEN 'organization' THEN ARRAY[f.organization_id::text]
                WHEN 'serviceItem' THEN ARRAY[f.service_item_code]
                WHEN 'place' THEN f.place_path[CASE WHEN cardinality($12::uuid[]) = 0 THEN 1
                    ELSE (SELECT min(array_position(f.place_path, root)) FROM unnest($12::uuid[]) AS root) END:]::text[]
                WHEN 'month' THEN ARRAY[to_char(f.at AT TIME ZONE $11::text, 'YYYY-MM')]
                WHEN 'channel' THEN ARRAY[f.channel]
            END)) AS g (key)
            WHERE (f.organization_id = ANY ($5) OR f.place_path && $6)
              AND ($7::uuid IS NULL OR $7 = ANY (f.place_path))
              AND ($8::uuid IS NULL OR f.organization_id = $8)
              AND ($9::text IS NULL OR f.service_item_code = $9)
            GROUP BY f.segment, g.key, f.measure, f.cause, f.confirmed
            """;

    static final String TICKETS = """
            SELECT f.ticket_id, f.ticket_no, f.measure, f.cause, f.confirmed, f.at, f.organization_id,
                f.service_item_code, f.place_id, f.channel
            FROM one_time_completion($1, $2, $3, $4) f
            WHERE (f.organization_id = ANY ($5) OR f.place_path && $6)
              AND ($7::uuid IS NULL OR $7 = ANY (f.place_path))
              AND ($8::uuid IS NULL OR f.organization_id = $8)
              AND ($9::text IS NULL OR f.service_item_code = $9)
              AND f.measure = $10 AND f.segment = $11
              AND ($12::timestamptz IS NULL OR (f.at, f.ticket_id) > ($12, $13::uuid))
            ORDER BY f.at, f.ticket_id
            LIMIT $14
            """;

    private MetricsSql() {}
}
