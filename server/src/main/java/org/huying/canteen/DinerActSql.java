package org.huying.canteen;

final class DinerActSql {
    /** Bookings that others made for the diner, and those that others cancelled on the diner's side. */
    static final String ACTS_FOR = """
            WITH own AS (
                SELECT * FROM booking WHERE district_id = $1 AND diner_id = $2 AND status NOT IN ('cancelled', 'expired')
                UNION ALL
                SELECT * FROM booking WHERE district_id = $1 AND diner_id = $2 AND status IN ('cancelled', 'expired')
            ), act AS (
                SELECT id, canteen_id, date, created_at AS at, 'booking_made' AS kind, booked_by_id AS by_id,
                    'booking/' || id || '/1' AS key
                FROM own WHERE booked_by_id <> $2
                UNION ALL
                SELECT id, canteen_id, date, cancelled_at, 'booking_cancelled', cancelled_by_id, 'booking/' || id || '/2'
                FROM own WHERE cancelled_side = 'diner' AND cancelled_by_id <> $2
            )
            SELECT act.at, act.key, act.kind, act.by_id, NULL::text AS by_role, 'booking' AS subject_kind,
                act.id AS subject_id, c.name || ' ' || act.date AS summary
            FROM act
            JOIN canteen c ON c.district_id = $1 AND c.id = act.canteen_id
            WHERE $3::timestamptz IS NULL OR (act.at, act.key COLLATE "C") < ($3, $4::text)
            ORDER BY act.at DESC, act.key COLLATE "C" DESC
            LIMIT $5
            """;

    private DinerActSql() {}
}
