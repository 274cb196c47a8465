package org.huying.canteen.report;

final class ReportSql {
    /** All that the kitchen has to do with; a booking of the set meal has no dishes of its own. */
    static final String KITCHEN_BOOKINGS = """
            SELECT b.id, b.diner_id, b.code, b.mode, b.status, b.portions, b.set_meal, b.delivery_address_sealed,
                ARRAY(SELECT bd.dish_id FROM booking_dish bd
                      WHERE bd.district_id = b.district_id AND bd.booking_id = b.id ORDER BY bd.dish_id) AS dish_ids,
                ARRAY(SELECT bd.portions FROM booking_dish bd
                      WHERE bd.district_id = b.district_id AND bd.booking_id = b.id ORDER BY bd.dish_id) AS dish_portions
            FROM booking b
            WHERE b.district_id = $1 AND b.meal_id = $2 AND b.status IN ('booked', 'confirmed', 'served')
            ORDER BY b.code
            """;

    /** Of the meals of a canteen between two days, how many are not over. Nobody books a draft. */
    static final String MEALS_SETTLED = """
            SELECT count(*) FILTER (WHERE status = 'published') AS unsettled
            FROM meal
            WHERE district_id = $1 AND canteen_id = $2 AND date BETWEEN $3 AND $4
            """;

    /**
     * Sums by meal and band. An aggregate in LATERAL leaves no other way to the bookings than meal by meal, through the
     * index that begins with the meal.
     */
    static final String SETTLEMENT_LINES = """
            SELECT m.date, m.period, s.subsidy_from_age, s.subsidy_to_age, s.served, s.no_shows, s.portions, s.price_fen,
                s.payable_fen, s.subsidy_fen
            FROM meal m
            CROSS JOIN LATERAL (
                SELECT b.subsidy_from_age, b.subsidy_to_age,
                    count(*) FILTER (WHERE b.status = 'served') AS served,
                    count(*) FILTER (WHERE b.status = 'no_show') AS no_shows,
                    coalesce(sum(b.portions) FILTER (WHERE b.status = 'served'), 0) AS portions,
                    coalesce(sum(b.price_fen) FILTER (WHERE b.status = 'served'), 0) AS price_fen,
                    coalesce(sum(b.payable_fen) FILTER (WHERE b.status = 'served'), 0) AS payable_fen,
                    coalesce(sum(b.subsidy_fen) FILTER (WHERE b.status = 'served'), 0) AS subsidy_fen
                FROM booking b
                WHERE b.district_id = m.district_id AND b.meal_id = m.id AND b.status IN ('served', 'no_show')
                GROUP BY b.subsidy_from_age, b.subsidy_to_age) AS s
            WHERE m.district_id = $1 AND m.canteen_id = $2 AND m.date BETWEEN $3 AND $4
            ORDER BY m.date, array_position(ARRAY['breakfast', 'lunch', 'dinner'], m.period)
            """;

    private ReportSql() {}
}
