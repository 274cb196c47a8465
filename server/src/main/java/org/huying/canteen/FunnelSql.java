package org.huying.canteen;

final class FunnelSql {
    /** Plans are made for whatever values come, once for all batches, and not for each batch. */
    static final String BEGIN = "BEGIN; SET LOCAL plan_cache_mode = force_generic_plan";

    static final String BEGIN_WITH_NEW_PLANS = "DISCARD PLANS; " + BEGIN;

    static final String INSERT_BOOKINGS = """
            INSERT INTO booking (district_id, id, meal_id, canteen_id, date, period, diner_id, booked_by_id, status, mode,
                portions, set_meal, arrival, delivery_address_sealed, code, price_fen, subsidy_fen, payable_fen,
                subsidy_from_age, subsidy_to_age, created_at, booked_at)
            SELECT $1, w.id, w.meal_id, w.canteen_id, w.date, w.period, w.diner_id, w.booked_by_id, w.status, w.mode,
                w.portions, w.set_meal, w.arrival, w.delivery_address_sealed, w.code, w.price_fen, w.subsidy_fen,
                w.price_fen - w.subsidy_fen, w.from_age, w.to_age, w.created_at,
                CASE WHEN w.status = 'booked' THEN w.created_at END
            FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::date[], $6::text[], $7::uuid[], $8::uuid[], $9::text[],
                    $10::text[], $11::int[], $12::bool[], $13::bigint[], $14::bytea[], $15::text[], $16::int[], $17::int[],
                    $18::int[], $19::int[], $20::timestamptz[])
                AS w (id, meal_id, canteen_id, date, period, diner_id, booked_by_id, status, mode, portions, set_meal,
                    arrival, delivery_address_sealed, code, price_fen, subsidy_fen, from_age, to_age, created_at)
            """;

    static final String INSERT_DISHES = """
            INSERT INTO booking_dish (district_id, booking_id, dish_id, portions)
            SELECT $1, w.booking_id, w.dish_id, w.portions
            FROM unnest($2::uuid[], $3::uuid[], $4::int[]) AS w (booking_id, dish_id, portions)
            """;

    private FunnelSql() {}
}
