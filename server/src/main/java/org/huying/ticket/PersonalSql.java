package org.huying.ticket;

import org.huying.db.personal.OnePerson;

/** What a person has to do with tickets as a resident; an act in somebody's name is that one's. */
final class PersonalSql {
    static final String TICKETS = """
            SELECT t.id, t.ticket_no, t.service_item_code, t.household_id, t.place_id, t.status, t.anonymous, t.channel,
                t.submitted_at, t.rating, t.closed_at, t.merged_into_id,
                (t.reporter_id IN
            """ + OnePerson.SELVES + """
                ) IS NOT TRUE AS merged_report
            FROM ticket t
            WHERE t.district_id = $1 AND (t.reporter_id IN
            """ + OnePerson.SELVES + """
                OR t.id IN (
                    SELECT ticket_id FROM ticket_co_reporter WHERE district_id = $1 AND person_id IN
            """ + OnePerson.SELVES + """
                ))
            ORDER BY t.submitted_at DESC, t.id DESC
            LIMIT $3
            """;

    static final String EVENTS = """
            SELECT e.ticket_id, e.seq, e.type, e.at, e.data, e.shown_sealed,
                CASE WHEN e.on_behalf_of_ref IS NULL THEN 'mine'
                    WHEN e.on_behalf_of_ref = a.ref THEN 'in_my_name' ELSE 'in_another_name' END AS done
            FROM ticket_actor a
            JOIN ticket_event e ON e.district_id = a.district_id AND e.ticket_id = a.ticket_id
                AND (e.on_behalf_of_ref = a.ref OR e.actor_ref = a.ref AND e.actor_kind = 'resident')
            WHERE a.district_id = $1 AND a.person_id IN
            """ + OnePerson.SELVES + """
            ORDER BY e.at DESC, e.ticket_id, e.seq DESC
            LIMIT $3
            """;

    static final String FOLLOWED = """
            SELECT ticket_id FROM ticket_follower WHERE district_id = $1 AND person_id = $2
            ORDER BY ticket_id DESC
            LIMIT $3
            """;

    static final String UNFINISHED = """
            SELECT id FROM ticket
            WHERE district_id = $1 AND reporter_id = $2 AND queue_due_at IS NOT NULL
            ORDER BY submitted_at, id
            LIMIT 100
            """;

    /** Nothing that is hashed; who is behind a pseudonym stays, too, and is one who was erased. */
    static final String ERASE_WORDS = """
            UPDATE ticket_event e SET shown_sealed = NULL
            FROM ticket_actor a
            WHERE a.district_id = $1 AND a.person_id = $2
              AND e.district_id = a.district_id AND e.ticket_id = a.ticket_id
              AND (e.on_behalf_of_ref = a.ref
                  OR e.actor_ref = a.ref AND e.actor_kind = 'resident' AND e.on_behalf_of_ref IS NULL)
            RETURNING e.ticket_id, e.seq
            """;

    static final String FORGET_FOLLOWER = """
            DELETE FROM ticket_follower WHERE district_id = $1 AND person_id = $2
            """;

    static final String FORGET_REPORTER = """
            DELETE FROM ticket_co_reporter WHERE district_id = $1 AND person_id = $2
            """;

    /** Everybody who did something with a ticket or follows it. */
    static final String PARTIES = """
            SELECT person_id FROM ticket_actor WHERE district_id = $1 AND ticket_id = ANY ($2)
            UNION
            SELECT person_id FROM ticket_follower WHERE district_id = $1 AND ticket_id = ANY ($2)
            """;

    static final String MOVE_FOLLOWER = """
            WITH gone AS (
                DELETE FROM ticket_follower WHERE district_id = $1 AND person_id = $2 RETURNING ticket_id)
            INSERT INTO ticket_follower (district_id, ticket_id, person_id) SELECT $1, ticket_id, $3 FROM gone
            ON CONFLICT DO NOTHING
            """;

    private PersonalSql() {}
}
