package org.huying.canteen;

/** What is read and written under a meal's lock, by the funnel and by every other writer. */
final class LedgerSql {
    static final String LOCK_MEALS = """
            SELECT m.id, m.version, m.canteen_id, m.date, m.period, m.status, m.capacity, m.taken, m.waiting,
                m.arrivals, m.price_fen, m.booking_opens_at, m.cutoff_at, m.serving_ends_at, m.cancel_reason_sealed, c.delivers
            FROM meal m
            JOIN canteen c ON c.district_id = m.district_id AND c.id = m.canteen_id
            WHERE m.district_id = $1 AND m.id = ANY ($2)
            ORDER BY m.id
            FOR UPDATE OF m
            """;

    static final String DISHES = """
            SELECT id, meal_id, name, price_fen, quota, taken, tags, allergens
            FROM dish
            WHERE district_id = $1 AND meal_id = ANY ($2)
            ORDER BY meal_id, position
            """;

    /** The bands in force on each meal's day. */
    static final String BANDS = """
            SELECT m.id AS meal_id, p.from_age, p.to_age, p.amount_fen
            FROM meal m
            JOIN subsidy_policy p ON p.district_id = m.district_id AND p.canteen_id = m.canteen_id
            WHERE m.district_id = $1 AND m.id = ANY ($2)
              AND p.effective_from = (
                  SELECT max(q.effective_from) FROM subsidy_policy q
                  WHERE q.district_id = $1 AND q.canteen_id = m.canteen_id AND q.effective_from <= m.date)
            ORDER BY m.id, p.from_age
            """;

    // Each of these looks up one row for each of many: LATERAL with LIMIT leaves no other way than through an index,
    // also
    // while the planner knows nothing yet of what the tables hold.

    static final String USED_CODES = """
            SELECT c.meal_id, c.code
            FROM unnest($2::uuid[], $3::text[]) AS c (meal_id, code)
            CROSS JOIN LATERAL (
                SELECT 1 FROM booking
                WHERE district_id = $1 AND meal_id = c.meal_id AND code = c.code
                LIMIT 1) AS used
            """;

    /**
     * What the diners have: a booking of the meal that stands, and the subsidy of the meal's date and period, at whatever
     * canteen. Those who have neither are left out.
     */
    static final String SEATS = """
            SELECT s.meal_id, s.diner_id, b.id AS booking_id, had.subsidised, m.date, m.period
            FROM unnest($2::uuid[], $3::uuid[]) AS s (meal_id, diner_id)
            CROSS JOIN LATERAL (
                SELECT date, period FROM meal WHERE district_id = $1 AND id = s.meal_id LIMIT 1) AS m
            LEFT JOIN LATERAL (
                SELECT id FROM booking
                WHERE district_id = $1 AND diner_id = s.diner_id AND meal_id = s.meal_id
                  AND status NOT IN ('cancelled', 'expired')
                LIMIT 1) AS b ON true
            LEFT JOIN LATERAL (
                SELECT true AS subsidised FROM booking
                WHERE district_id = $1 AND diner_id = s.diner_id AND date = m.date AND period = m.period
                  AND subsidy_fen > 0 AND status <> 'cancelled'
                LIMIT 1) AS had ON true
            WHERE b.id IS NOT NULL OR had.subsidised
            """;

    static final String SAVE_MEALS = """
            UPDATE meal m SET taken = w.taken, waiting = w.waiting, arrivals = w.arrivals
            FROM unnest($2::uuid[], $3::int[], $4::int[], $5::bigint[]) AS w (id, taken, waiting, arrivals)
            WHERE m.district_id = $1 AND m.id = w.id AND m.id = ANY ($2)
            """;

    static final String SAVE_DISHES = """
            UPDATE dish d SET taken = w.taken
            FROM unnest($2::uuid[], $3::int[]) AS w (id, taken)
            WHERE d.district_id = $1 AND d.id = w.id AND d.id = ANY ($2) AND d.taken <> w.taken
            """;

    /** Those who wait and are not larger than the room there is, in order of arrival, from one arrival on. */
    static final String WAITING = """
            SELECT id, diner_id, portions, arrival
            FROM booking
            WHERE district_id = $1 AND meal_id = $2 AND status = 'waitlisted' AND arrival > $3 AND portions <= $4
            ORDER BY arrival
            LIMIT $5
            """;

    static final String PROMOTE = """
            UPDATE booking b SET status = 'booked', code = w.code, price_fen = w.price_fen, subsidy_fen = w.subsidy_fen,
                payable_fen = w.price_fen - w.subsidy_fen, subsidy_from_age = w.from_age, subsidy_to_age = w.to_age,
                booked_at = $8
            FROM unnest($2::uuid[], $3::text[], $4::int[], $5::int[], $6::int[], $7::int[])
                AS w (id, code, price_fen, subsidy_fen, from_age, to_age)
            WHERE b.district_id = $1 AND b.id = w.id AND b.status = 'waitlisted'
            """;

    /** Sets the counters of a meal to what its bookings say. */
    static final String RECOUNT_MEAL = """
            UPDATE meal m SET waiting = 0, taken = (
                SELECT coalesce(sum(b.portions), 0) FROM booking b
                WHERE b.district_id = m.district_id AND b.meal_id = m.id
                  AND b.status IN ('booked', 'confirmed', 'served', 'no_show'))
            WHERE m.district_id = $1 AND m.id = $2
            """;

    static final String RECOUNT_DISHES = """
            UPDATE dish d SET taken = (
                SELECT coalesce(sum(CASE WHEN b.set_meal THEN b.portions ELSE bd.portions END), 0)
                FROM booking b
                LEFT JOIN booking_dish bd
                    ON bd.district_id = b.district_id AND bd.booking_id = b.id AND bd.dish_id = d.id
                WHERE b.district_id = d.district_id AND b.meal_id = d.meal_id
                  AND b.status IN ('booked', 'confirmed', 'served', 'no_show'))
            WHERE d.district_id = $1 AND d.meal_id = $2
            """;

    private LedgerSql() {}
}
