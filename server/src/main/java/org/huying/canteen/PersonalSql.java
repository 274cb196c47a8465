package org.huying.canteen;

import org.huying.db.personal.OnePerson;

/** A person's bookings: those for them, and those that they made for others. */
final class PersonalSql {
    static final String BOOKINGS = """
            SELECT b.id, b.meal_id, c.name AS canteen, b.date, b.period, b.diner_id, b.booked_by_id, b.status, b.mode,
                b.portions, b.delivery_address_sealed, b.code, b.price_fen, b.subsidy_fen, b.payable_fen, b.created_at,
                b.served_at, b.cancelled_at, b.cancel_reason_sealed
            FROM (
                SELECT id FROM booking
                WHERE district_id = $1 AND diner_id IN
            """ + OnePerson.SELVES + """
                AND status NOT IN ('cancelled', 'expired')
                UNION
                SELECT id FROM booking
                WHERE district_id = $1 AND diner_id IN
            """ + OnePerson.SELVES + """
                AND status IN ('cancelled', 'expired')
                UNION
                SELECT id FROM booking
                WHERE district_id = $1 AND booked_by_id = $2 AND booked_by_id <> diner_id) mine
            JOIN booking b ON b.district_id = $1 AND b.id = mine.id
            JOIN canteen c ON c.district_id = b.district_id AND c.id = b.canteen_id
            ORDER BY b.id DESC
            LIMIT $3
            """;

    static final String UNFINISHED = """
            SELECT id FROM booking
            WHERE district_id = $1 AND diner_id = $2 AND status NOT IN ('cancelled', 'expired')
              AND status IN ('waitlisted', 'booked', 'confirmed')
            ORDER BY id
            LIMIT 100
            """;

    /** What is counted stays. A delivery has an address, if one that says nothing ($3). */
    static final String ERASE = """
            UPDATE booking SET cancel_reason_sealed = NULL,
                delivery_address_sealed = CASE WHEN delivery_address_sealed IS NOT NULL THEN $3::bytea END
            WHERE district_id = $1 AND id = ANY (ARRAY (
                SELECT id FROM booking
                WHERE district_id = $1 AND diner_id = $2 AND status NOT IN ('cancelled', 'expired')
                UNION ALL
                SELECT id FROM booking
                WHERE district_id = $1 AND diner_id = $2 AND status IN ('cancelled', 'expired')))
            RETURNING booked_by_id, cancelled_by_id, canteen_id
            """;

    private PersonalSql() {}
}
