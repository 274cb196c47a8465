package org.huying.canteen;

final class BookingSql {
    static final String BOOKINGS = """
            SELECT b.id, b.meal_id, b.canteen_id, b.date, b.period, b.diner_id, b.booked_by_id, b.status, b.mode,
                b.portions, b.arrival, b.delivery_address_sealed, b.code, b.price_fen, b.subsidy_fen, b.subsidy_from_age,
                b.subsidy_to_age, b.created_at, b.confirmed_at, b.served_at, b.cancelled_at, b.cancel_reason_sealed,
                CASE WHEN b.status = 'waitlisted' THEN (
                    SELECT count(*)::int FROM booking w
                    WHERE w.district_id = b.district_id AND w.meal_id = b.meal_id AND w.status = 'waitlisted'
                      AND w.arrival <= b.arrival) END AS waitlist_position
            FROM booking b
            WHERE b.district_id = $1 AND b.id = ANY ($2)
            """;

    static final String BOOKED_DISHES = """
            SELECT bd.booking_id, bd.dish_id, bd.portions, d.name
            FROM booking_dish bd
            JOIN dish d ON d.district_id = bd.district_id AND d.id = bd.dish_id
            WHERE bd.district_id = $1 AND bd.booking_id = ANY ($2)
            ORDER BY bd.booking_id, d.position
            """;

    /** What is booked for these diners, or was booked by this person; latest first. */
    static final String OF_PEOPLE = """
            SELECT b.id
            FROM (
                SELECT id, status, date FROM booking
                WHERE district_id = $1 AND diner_id = ANY ($2) AND status NOT IN ('cancelled', 'expired')
                UNION ALL
                SELECT id, status, date FROM booking
                WHERE district_id = $1 AND diner_id = ANY ($2) AND status IN ('cancelled', 'expired')
                UNION ALL
                SELECT id, status, date FROM booking
                WHERE district_id = $1 AND booked_by_id = $3 AND booked_by_id <> diner_id AND diner_id <> ALL ($2)
            ) AS b
            WHERE ($4::text IS NULL OR b.status = $4)
              AND ($5::date IS NULL OR b.date >= $5)
              AND ($6::date IS NULL OR b.date <= $6)
              AND ($7::uuid IS NULL OR b.id < $7)
            ORDER BY b.id DESC
            LIMIT $8
            """;

    static final String OF_MEAL = """
            SELECT id FROM booking
            WHERE district_id = $1 AND meal_id = $2
              AND ($3::text IS NULL OR status = $3)
              AND ($4::uuid IS NULL OR arrival > (SELECT a.arrival FROM booking a WHERE a.district_id = $1 AND a.id = $4))
            ORDER BY arrival
            LIMIT $5
            """;

    static final String BY_CODE = """
            SELECT id FROM booking WHERE district_id = $1 AND meal_id = $2 AND code = $3
            """;

    static final String CANCEL = """
            UPDATE booking SET status = 'cancelled', cancelled_at = $3, cancelled_by_id = $4, cancelled_side = $5,
                cancel_reason_sealed = $6
            WHERE district_id = $1 AND id = $2
            """;

    static final String CONFIRM = """
            UPDATE booking SET status = 'confirmed', confirmed_at = $3 WHERE district_id = $1 AND id = $2
            """;

    /** What is to be cooked, whoever has taken it in or handed it over already. */
    static final String TO_COOK_DIGEST = """
            SELECT encode(sha256(convert_to(coalesce(string_agg(
                concat_ws(' ', id, mode, portions, price_fen), E'\\n' ORDER BY id), ''), 'UTF8')), 'hex') AS digest
            FROM booking
            WHERE district_id = $1 AND meal_id = $2 AND status IN ('booked', 'confirmed', 'served')
            """;

    static final String CONFIRM_ALL = """
            UPDATE booking SET status = 'confirmed', confirmed_at = $3
            WHERE district_id = $1 AND meal_id = $2 AND status = 'booked'
            """;

    static final String SERVE = """
            UPDATE booking SET status = 'served', served_at = $3 WHERE district_id = $1 AND id = $2
            """;

    static final String CHECK_IN = """
            UPDATE booking SET status = 'served', served_at = $4
            WHERE district_id = $1 AND meal_id = $2 AND id = ANY ($3) AND status IN ('booked', 'confirmed')
            """;

    static final String MISS_ALL = """
            UPDATE booking SET status = 'no_show', ended_at = $3
            WHERE district_id = $1 AND meal_id = $2 AND status IN ('booked', 'confirmed')
            """;

    static final String EXPIRE_ALL = """
            UPDATE booking SET status = 'expired', ended_at = $3
            WHERE district_id = $1 AND meal_id = $2 AND status = 'waitlisted'
            RETURNING id
            """;

    static final String CANCEL_ALL = """
            UPDATE booking SET status = 'cancelled', cancelled_at = $3, cancelled_by_id = $4, cancelled_side = 'canteen',
                cancel_reason_sealed = $5
            WHERE district_id = $1 AND meal_id = $2 AND status IN ('waitlisted', 'booked', 'confirmed')
            RETURNING id
            """;

    /** Whom bookings concern, and what they are told. */
    static final String CONCERNED = """
            SELECT b.id, b.meal_id, b.diner_id, b.booked_by_id, b.date, b.period, c.name AS canteen
            FROM booking b
            JOIN canteen c ON c.district_id = b.district_id AND c.id = b.canteen_id
            WHERE b.district_id = $1 AND b.id = ANY ($2)
            ORDER BY b.arrival
            """;

    /** No counter depends on these, so no meal is locked. */
    static final String FORGET_DETAILS = """
            UPDATE booking SET delivery_address_sealed = NULL, cancel_reason_sealed = NULL
            WHERE district_id = $1 AND id IN (
                SELECT id FROM booking
                WHERE district_id = $1 AND date < $2
                  AND (delivery_address_sealed IS NOT NULL OR cancel_reason_sealed IS NOT NULL)
                ORDER BY date
                LIMIT $3)
            """;

    private BookingSql() {}
}
