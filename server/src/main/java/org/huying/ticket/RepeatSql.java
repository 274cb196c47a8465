package org.huying.ticket;

import org.huying.db.personal.OnePerson;

final class RepeatSql {
    /** What one person reports of one item comes in one after the other. */
    static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtextextended('report ' || $1::uuid || ' ' || $2::uuid || ' ' || $3::text, 0))
            """;

    /** What they have reported lately that is open, the first of all first. */
    static final String FIND = """
            SELECT t.id, e.shown_sealed
            FROM ticket t
            JOIN ticket_event e ON e.district_id = t.district_id AND e.ticket_id = t.id AND e.seq = 1
            WHERE t.district_id = $1 AND t.reporter_id IN
            """ + OnePerson.SELVES + """
              AND t.service_item_code = $3
              AND (t.household_id = $4 OR $4::uuid IS NULL AND t.household_id IS NULL AND t.place_id = $5)
              AND t.submitted_at >= $6 AND t.queue_due_at IS NOT NULL AND e.shown_sealed IS NOT NULL
            ORDER BY t.submitted_at, t.id
            """;

    private RepeatSql() {}
}
