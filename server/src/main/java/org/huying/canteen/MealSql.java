package org.huying.canteen;

final class MealSql {
    static final String FIND_CANTEEN = """
            SELECT id, version, place_id, name, address, delivers FROM canteen WHERE district_id = $1 AND id = $2
            """;

    /** Of these places, or of all without them; by name. */
    static final String LIST_CANTEENS = """
            SELECT id, version, place_id, name, address, delivers FROM canteen
            WHERE district_id = $1 AND ($2::uuid[] IS NULL OR place_id = ANY ($2))
              AND ($3::text IS NULL OR (name, id) > ($3, $4::uuid))
            ORDER BY name, id
            LIMIT $5
            """;

    static final String CANTEEN_NAMES = """
            SELECT id, name FROM canteen WHERE district_id = $1 AND id = ANY ($2)
            """;

    static final String FIND_PERIOD = """
            SELECT period, opens_days_before, opens_at, cutoff_days_before, cutoff_at, serving_ends_at
            FROM canteen_period WHERE district_id = $1 AND canteen_id = $2 AND period = $3
            """;

    static final String FIND_MEAL = """
            SELECT m.id, m.version, m.canteen_id, m.date, m.period, m.status, m.capacity, m.taken, m.waiting,
                m.arrivals, m.price_fen, m.booking_opens_at, m.cutoff_at, m.serving_ends_at, m.cancel_reason_sealed, c.delivers
            FROM meal m
            JOIN canteen c ON c.district_id = m.district_id AND c.id = m.canteen_id
            WHERE m.district_id = $1 AND m.id = $2
            """;

    /** Drafts only where asked for; after the meal given, in the order of the days and of the day. */
    static final String LIST_MEALS = """
            SELECT m.id, m.version, m.canteen_id, m.date, m.period, m.status, m.capacity, m.taken, m.waiting,
                m.arrivals, m.price_fen, m.booking_opens_at, m.cutoff_at, m.serving_ends_at, m.cancel_reason_sealed, c.delivers
            FROM meal m
            JOIN canteen c ON c.district_id = m.district_id AND c.id = m.canteen_id
            WHERE m.district_id = $1 AND m.canteen_id = $2 AND m.date BETWEEN $3 AND $4
              AND ($5 OR m.status <> 'draft')
              AND ($6::uuid IS NULL OR (m.date, array_position(ARRAY['breakfast', 'lunch', 'dinner'], m.period), m.id) > (
                  SELECT a.date, array_position(ARRAY['breakfast', 'lunch', 'dinner'], a.period), a.id
                  FROM meal a WHERE a.district_id = $1 AND a.id = $6))
            ORDER BY m.date, array_position(ARRAY['breakfast', 'lunch', 'dinner'], m.period), m.id
            LIMIT $7
            """;

    static final String INSERT_MEAL = """
            INSERT INTO meal (district_id, id, canteen_id, date, period, status, capacity, price_fen, booking_opens_at,
                cutoff_at, serving_ends_at, created_at, published_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (district_id, canteen_id, date, period) WHERE status <> 'cancelled' DO NOTHING
            """;

    static final String IS_PLANNED = """
            SELECT EXISTS (
                SELECT 1 FROM meal
                WHERE district_id = $1 AND canteen_id = $2 AND date = $3 AND period = $4 AND status <> 'cancelled'
            ) AS planned
            """;

    static final String UPDATE_MEAL = """
            UPDATE meal SET capacity = $3, price_fen = $4, booking_opens_at = $5, cutoff_at = $6, serving_ends_at = $7,
                version = version + 1
            WHERE district_id = $1 AND id = $2
            """;

    /** The dishes that bookings chose, and the portions of the set meals that hold their places. */
    static final String HELD = """
            SELECT
                coalesce(array_agg(DISTINCT bd.dish_id) FILTER (WHERE bd.dish_id IS NOT NULL), '{}') AS chosen_dishes,
                coalesce(sum(b.portions) FILTER (
                    WHERE b.set_meal AND b.status IN ('booked', 'confirmed', 'served', 'no_show')), 0)::int AS set_portions
            FROM booking b
            LEFT JOIN booking_dish bd ON bd.district_id = b.district_id AND bd.booking_id = b.id
            WHERE b.district_id = $1 AND b.meal_id = $2
            """;

    static final String INSERT_DISHES = """
            INSERT INTO dish (district_id, id, meal_id, position, name, price_fen, quota, tags, allergens)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    static final String UPDATE_DISHES = """
            UPDATE dish SET position = $4, name = $5, price_fen = $6, quota = $7, tags = $8, allergens = $9
            WHERE district_id = $1 AND id = $2 AND meal_id = $3
            """;

    static final String DELETE_DISHES = """
            DELETE FROM dish WHERE district_id = $1 AND meal_id = $2 AND id <> ALL ($3)
            """;

    static final String PUBLISH = """
            UPDATE meal SET status = 'published', published_at = $3 WHERE district_id = $1 AND id = $2
            """;

    static final String CLOSE = """
            UPDATE meal SET status = 'closed', closed_at = $3 WHERE district_id = $1 AND id = $2
            """;

    static final String CANCEL = """
            UPDATE meal SET status = 'cancelled', cancelled_at = $3, cancel_reason_sealed = $4
            WHERE district_id = $1 AND id = $2
            """;

    static final String FORGET_REASONS = """
            UPDATE meal SET cancel_reason_sealed = NULL
            WHERE district_id = $1 AND id IN (
                SELECT id FROM meal
                WHERE district_id = $1 AND date < $2 AND cancel_reason_sealed IS NOT NULL
                ORDER BY date
                LIMIT $3)
            """;

    private MealSql() {}
}
