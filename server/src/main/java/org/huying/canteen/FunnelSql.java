package org.huying.canteen;

final class FunnelSql {
    /**
     * A plan made once and for all while the tables were empty takes any index at all, since all begin with the district,
     * and keeps it when they are full: so each batch is planned for what the tables hold now.
     */
    static final String BEGIN = "BEGIN; SET LOCAL plan_cache_mode = force_custom_plan";

    static final String INSERT_BOOKINGS = """
            INSERT INTO booking (district_id, id, meal_id, canteen_id, date, period, diner_id, booked_by_id, status, mode,
                portions, set_meal, arrival, delivery_address_sealed, code, price_fen, subsidy_fen, payable_fen,
                subsidy_from_age, subsidy_to_age, created_at, booked_at)
            SELECT $1, w.id, m.id, m.canteen_id, m.date, m.period, w.diner_id, w.booked_by_id, w.status, w.mode,
                w.portions, w.set_meal, w.arrival, w.delivery_address_sealed, w.code, w.price_fen, w.subsidy_fen,
                w.price_fen - w.subsidy_fen, w.from_age, w.to_age, w.created_at,
                CASE WHEN w.status = 'booked' THEN w.created_at END
            FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::int[], $9::bool[],
                    $10::bigint[], $11::bytea[], $12::text[], $13::int[], $14::int[], $15::int[], $16::int[],
                    $17::timestamptz[])
                AS w (id, meal_id, diner_id, booked_by_id, status, mode, portions, set_meal, arrival,
                    delivery_address_sealed, code, price_fen, subsidy_fen, from_age, to_age, created_at)
            CROSS JOIN LATERAL (
                SELECT id, canteen_id, date, period FROM meal WHERE district_id = $1 AND id = w.meal_id LIMIT 1) AS m
            """;

    static final String INSERT_DISHES = """
            INSERT INTO booking_dish (district_id, booking_id, dish_id, portions)
            SELECT $1, w.booking_id, w.dish_id, w.portions
            FROM unnest($2::uuid[], $3::uuid[], $4::int[]) AS w (booking_id, dish_id, portions)
            """;

    private FunnelSql() {}
}
