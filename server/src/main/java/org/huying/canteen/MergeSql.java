package org.huying.canteen;

/** The bookings of two entries of one person. */
final class MergeSql {
    static final String BOTH = """
            SELECT id, meal_id, diner_id, date, period, status, arrival, created_at, portions, price_fen, subsidy_fen
            FROM booking
            WHERE district_id = $1 AND diner_id = ANY ($2) AND status NOT IN ('cancelled', 'expired')
            """;

    static final String DROP_SUBSIDIES = """
            UPDATE booking SET subsidy_fen = 0, payable_fen = price_fen, subsidy_from_age = NULL, subsidy_to_age = NULL
            WHERE district_id = $1 AND id = ANY ($2)
            """;

    static final String SUBSIDISE = """
            UPDATE booking SET subsidy_fen = $3, payable_fen = price_fen - $3, subsidy_from_age = $4, subsidy_to_age = $5
            WHERE district_id = $1 AND id = $2
            """;

    /** All but those that must stay where they are ($4). */
    static final String MOVE = """
            UPDATE booking SET diner_id = $3,
                cancelled_by_id = CASE WHEN cancelled_by_id = $2 THEN $3 ELSE cancelled_by_id END
            WHERE district_id = $1 AND id <> ALL ($4::uuid[]) AND id = ANY (ARRAY (
                SELECT id FROM booking
                WHERE district_id = $1 AND diner_id = $2 AND status NOT IN ('cancelled', 'expired')
                UNION ALL
                SELECT id FROM booking
                WHERE district_id = $1 AND diner_id = $2 AND status IN ('cancelled', 'expired')))
            """;

    static final String MOVE_BOOKER = """
            UPDATE booking SET booked_by_id = $3
            WHERE district_id = $1 AND booked_by_id = $2 AND booked_by_id <> diner_id
            """;

    static final String MOVE_SIGNALS = """
            UPDATE care_signal SET diner_id = $3 WHERE district_id = $1 AND diner_id = $2
            """;

    private MergeSql() {}
}
