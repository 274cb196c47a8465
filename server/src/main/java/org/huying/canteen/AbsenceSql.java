package org.huying.canteen;

final class AbsenceSql {
    /** Who missed the meal, if it counts: if somebody was served at it. */
    static final String MISSING = """
            SELECT b.id, b.diner_id
            FROM booking b
            WHERE b.district_id = $1 AND b.meal_id = $2 AND b.status = 'no_show'
              AND EXISTS (
                  SELECT 1 FROM booking s WHERE s.district_id = $1 AND s.meal_id = $2 AND s.status = 'served')
            """;

    /** Each until the transaction ends, always in one order. */
    static final String LOCK_DINERS = """
            SELECT pg_advisory_xact_lock(hashtextextended(d.lock, 0))
            FROM (SELECT unnest($1::text[]) AS lock ORDER BY 1) AS d
            """;

    /**
     * Of the bookings given ($3, of the diners $2) those that lie in a streak of two or more which has not called for a
     * visit. A streak ends with each meal at which the diner was served; meals at which nobody was served do not count.
     */
    static final String UNSIGNALLED = """
            WITH meals AS (
                SELECT b.id, b.diner_id, b.status,
                    count(*) FILTER (WHERE b.status = 'served') OVER (
                        PARTITION BY b.diner_id
                        ORDER BY b.date, array_position(ARRAY['breakfast', 'lunch', 'dinner'], b.period),
                            b.status = 'no_show', b.id
                    ) AS streak
                FROM booking b
                WHERE b.district_id = $1 AND b.diner_id = ANY ($2) AND b.status NOT IN ('cancelled', 'expired')
                  AND (b.status = 'served' OR b.status = 'no_show' AND EXISTS (
                      SELECT 1 FROM booking s
                      WHERE s.district_id = $1 AND s.meal_id = b.meal_id AND s.status = 'served'))
            )
            SELECT (array_agg(m.id ORDER BY m.id) FILTER (WHERE m.id = ANY ($3)))[1] AS id, m.diner_id
            FROM meals m
            WHERE m.status = 'no_show'
            GROUP BY m.diner_id, m.streak
            HAVING count(*) >= 2
               AND bool_or(m.id = ANY ($3))
               AND NOT bool_or(EXISTS (
                   SELECT 1 FROM care_signal c WHERE c.district_id = $1 AND c.booking_id = m.id))
            """;

    static final String INSERT = """
            INSERT INTO care_signal (district_id, booking_id, diner_id, signalled_at)
            SELECT $1, s.booking_id, s.diner_id, $4
            FROM unnest($2::uuid[], $3::uuid[]) AS s (booking_id, diner_id)
            """;

    private AbsenceSql() {}
}
