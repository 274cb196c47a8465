package org.huying.ticket;

import org.huying.db.personal.OnePerson;

final class TicketActSql {
    /**
     * Events of any ticket that bear the resident's name as the one in whose name it was done; of those on which they are
     * anonymous only where those are asked for ($6).
     */
    static final String ACTS_FOR = """
            WITH act AS (
                SELECT e.ticket_id, e.at, e.type, e.actor_ref, e.actor_kind,
                    'ticket/' || e.ticket_id || '/' || lpad(e.seq::text, 6, '0') AS key
                FROM ticket_actor own
                JOIN ticket_event e ON e.district_id = own.district_id AND e.ticket_id = own.ticket_id
                    AND e.on_behalf_of_ref = own.ref
                WHERE own.district_id = $1 AND own.person_id IN
            """ + OnePerson.SELVES + """
                  AND ($6 OR NOT EXISTS (
                      SELECT 1 FROM ticket hiding
                      WHERE hiding.district_id = own.district_id AND hiding.id = own.ticket_id AND hiding.anonymous)
                  AND NOT EXISTS (
                      SELECT 1 FROM ticket_co_reporter c
                      WHERE c.district_id = own.district_id AND c.ticket_id = own.ticket_id
                        AND c.person_id = own.person_id AND c.anonymous))
            )
            SELECT act.at, act.key, 'ticket_' || act.type AS kind, who.person_id AS by_id, act.actor_kind AS by_role,
                'ticket' AS subject_kind, act.ticket_id AS subject_id, t.ticket_no || ' ' || i.name AS summary
            FROM act
            JOIN ticket t ON t.district_id = $1 AND t.id = act.ticket_id
            JOIN service_item i ON i.district_id = t.district_id AND i.code = t.service_item_code
                AND i.version = t.service_item_version
            LEFT JOIN ticket_actor who ON who.district_id = $1 AND who.ticket_id = act.ticket_id
                AND who.ref = act.actor_ref
            WHERE $3::timestamptz IS NULL OR (act.at, act.key COLLATE "C") < ($3, $4::text)
            ORDER BY act.at DESC, act.key COLLATE "C" DESC
            LIMIT $5
            """;

    private TicketActSql() {}
}
