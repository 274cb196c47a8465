package org.huying.ticket.verify;

final class VerifySql {
    /**
     * One snapshot for the whole run, so that nothing moves while it is looked at, and no time limits: it takes as long
     * as the log is. It reads only.
     */
    static final String BEGIN = """
            SET statement_timeout = 0;
            SET transaction_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY
            """;

    static final String DISTRICTS = """
            SELECT id, zone FROM district ORDER BY id
            """;

    static final String COUNT_TICKETS = """
            SELECT count(*) AS tickets FROM ticket
            """;

    /** All columns, here and below: whatever the projection keeps is compared, also what it will keep one day. */
    static final String TICKETS = """
            SELECT * FROM ticket WHERE district_id = $1 AND id > $2 ORDER BY id LIMIT $3
            """;

    static final String EVENTS = """
            SELECT * FROM ticket_event WHERE district_id = $1 AND ticket_id = ANY ($2) ORDER BY ticket_id, seq
            """;

    static final String DUES = """
            SELECT * FROM ticket_due WHERE district_id = $1 AND ticket_id = ANY ($2)
            """;

    static final String EXCLUSIONS = """
            SELECT * FROM ticket_exclusion WHERE district_id = $1 AND ticket_id = ANY ($2)
            """;

    static final String RATINGS = """
            SELECT * FROM ticket_rating WHERE district_id = $1 AND ticket_id = ANY ($2)
            """;

    static final String REOPENINGS = """
            SELECT * FROM ticket_reopening WHERE district_id = $1 AND ticket_id = ANY ($2)
            """;

    static final String ACTORS = """
            SELECT * FROM ticket_actor WHERE district_id = $1 AND ticket_id = ANY ($2)
            """;

    /** Chains without a row: only who took a foreign key away can leave such. */
    static final String ORPHANS = """
            SELECT DISTINCT e.ticket_id FROM ticket_event e
            WHERE e.district_id = $1
              AND NOT EXISTS (SELECT FROM ticket t WHERE t.district_id = e.district_id AND t.id = e.ticket_id)
            """;

    /** Reporters of a ticket that have none merged into it; those who were erased are reporters no more. */
    static final String CO_REPORTERS = """
            SELECT DISTINCT t.ticket_no, c.ticket_id FROM ticket_co_reporter c
            JOIN ticket t ON t.district_id = c.district_id AND t.id = c.ticket_id
            WHERE c.district_id = $1
              AND NOT EXISTS (
                SELECT FROM ticket m
                LEFT JOIN ticket_co_reporter o ON o.district_id = m.district_id AND o.ticket_id = m.id
                    AND o.person_id = c.person_id
                WHERE m.district_id = c.district_id AND m.merged_into_id = c.ticket_id
                  AND (m.reporter_id = c.person_id OR o.person_id IS NOT NULL))
            """;

    static final String DIGESTS = """
            SELECT l.district_id, d.name, l.day, l.format, l.chains, l.events, l.previous_digest, l.digest, l.published_at
            FROM log_digest l
            JOIN district d ON d.id = l.district_id
            WHERE l.district_id = $1 AND l.day > $2
            ORDER BY l.day
            LIMIT $3
            """;

    static final String DIGEST_HEADS = """
            SELECT ticket_id, seq, hash, 0::bigint AS events, actors
            FROM log_digest_head WHERE district_id = $1 AND day = $2
            """;

    static final String FIRST_EVENT_BEFORE = """
            SELECT ticket_id, seq FROM ticket_event WHERE district_id = $1 AND at < $2 ORDER BY at LIMIT 1
            """;

    /** The event of a number, if it is there, and how long its chain is now. */
    static final String EVENT = """
            SELECT t.ticket_no, e.hash,
                (SELECT max(l.seq) FROM ticket_event l WHERE l.district_id = $1 AND l.ticket_id = $2) AS last_seq
            FROM (VALUES ($1::uuid, $2::uuid)) AS wanted (district_id, ticket_id)
            LEFT JOIN ticket t ON t.district_id = wanted.district_id AND t.id = wanted.ticket_id
            LEFT JOIN ticket_event e ON e.district_id = wanted.district_id AND e.ticket_id = wanted.ticket_id
                AND e.seq = $3
            """;

    /**
     * Which events of a chain, dated on a day and behind a number, its digest does not know, and the first of those for
     * which a wrong clock does not answer. It does where the digest claims to be later than a clock that was found to have
     * been ahead when that was noticed, and the database took the event in, by its own clock, when it says that it
     * happened: after the clock was put right, and before the digest says that it was made. Nobody can date back an event
     * like that.
     */
    static final String LATE = """
            SELECT min(e.seq) AS first_seq, min(e.seq) FILTER (WHERE NOT coalesce(
                e.recorded_at BETWEEN e.at - interval '90 seconds' AND e.at + interval '90 seconds'
                AND e.at < d.published_at
                AND EXISTS (
                    SELECT FROM clock_incident i
                    WHERE i.kind = 'backwards' AND i.domain_at < d.published_at AND i.domain_at <= e.at
                      AND d.published_at <= i.latest + interval '60 seconds'), false)) AS forged_seq
            FROM ticket_event e
            JOIN log_digest d ON d.district_id = e.district_id AND d.day = $3
            WHERE e.district_id = $1 AND e.ticket_id = $2 AND e.seq > $4 AND e.seq <= $5
            """;

    private VerifySql() {}
}
