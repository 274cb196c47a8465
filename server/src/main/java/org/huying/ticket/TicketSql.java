package org.huying.ticket;

import org.huying.identity.Wards;

final class TicketSql {
    static final String LOCK_ONE = """
            SELECT id FROM ticket WHERE district_id = $1 AND id = $2 FOR NO KEY UPDATE
            """;

    private static final String FOUND = ("""
            SELECT
                t.id, t.ticket_no, t.service_item_code, t.service_item_version, t.service_item_kind,
                t.household_id, t.place_id, t.place_path, t.channel, t.anonymous, t.reporter_ref,
                t.reporter_id, t.submitted_at, t.routed_org_id, t.status, t.status_before,
                t.responsible_org_id, t.first_owner_id, t.first_owned_at, t.assignee_ref, t.assignee_id,
                t.assignee_org_id, t.waiting_since, t.suspended_until, t.ever_suspended,
                t.merged_into_id, t.response_due_at, t.resolution_due_at, t.resolution_left_ms,
                t.response_overdue_at, t.resolution_overdue_at, t.first_accepted_at,
                t.first_resolved_at, t.first_outcome, t.latest_resolved_at, t.latest_outcome,
                t.info_requests, t.info_twice_at, t.reopened_at, t.re_reported_at, t.dissatisfied_at,
                t.confirmed_at, t.rating, t.closed_at, t.cancelled_at, t.merged_at, t.exclusion_seq,
                t.exclusion_reason, t.response_late_at, t.resolution_late_at, t.transferred_at, t.escalated_at,
                t.suspended_at,
                t.last_seq, t.last_at, t.last_hash,
                s.shown_sealed AS told_sealed,
                EXISTS (SELECT 1 FROM ticket_follower f
                    WHERE f.district_id = t.district_id AND f.ticket_id = t.id AND f.person_id = $3) AS following,
                s.on_behalf_of_ref IS NOT NULL
                    AND EXISTS (
                        SELECT 1 FROM ticket_actor w
                        WHERE w.district_id = t.district_id AND w.ticket_id = t.id AND w.ref = s.actor_ref
                          AND w.person_id = $3)
                    AND NOT EXISTS (
                        SELECT 1 FROM resident reported
                        JOIN resident r ON r.district_id = reported.district_id
                            AND r.id = coalesce(reported.merged_into_id, reported.id)
                        WHERE reported.district_id = t.district_id AND reported.id = t.reporter_id AND
            """ + Wards.IN_CHARGE + """
                        ) AS filed_for_stranger,
                (SELECT c.person_id FROM ticket_co_reporter c
                    WHERE c.district_id = t.district_id AND c.ticket_id = t.id AND c.person_id = ANY ($4)
                    ORDER BY c.person_id <> $3 LIMIT 1) AS co_reporter_id,
                ARRAY(SELECT c.person_id FROM ticket_co_reporter c
                    WHERE c.district_id = t.district_id AND c.ticket_id = t.id AND c.anonymous) AS hidden_ids,
                (SELECT max(u.at) FROM ticket_event u
                    JOIN ticket_actor a ON a.district_id = u.district_id AND a.ticket_id = u.ticket_id
                        AND a.ref = u.actor_ref
                    WHERE u.district_id = t.district_id AND u.ticket_id = t.id AND u.type = 'urged'
                      AND a.person_id = $3) AS urged_at,
                %s AS assignee_works
            FROM ticket t
            JOIN ticket_event s ON s.district_id = t.district_id AND s.ticket_id = t.id AND s.seq = 1
            WHERE t.district_id = $1 AND t.id""").formatted(AssigneeSql.works("t"));

    /**
     * Tickets and what the caller is to them: $3 is the caller, $2 the places that they are to look after, $4 the caller and
     * those whose mandate they hold; $5 the tickets.
     */
    static final String FIND = FOUND + " = ANY ($5)";

    /**
     * The same for the one that is $5. PostgreSQL takes an array that it does not know for one of ten, finds a plan for
     * fewer cheaper, and so would plan {@link #FIND} anew for each ticket, for ten times what it takes to execute.
     */
    static final String FIND_ONE = FOUND + " = $5";

    static final String SAVE = """
            INSERT INTO ticket (
                district_id, id, ticket_no, service_item_code, service_item_version, service_item_kind,
                household_id, place_id, place_path, channel, anonymous, reporter_ref, reporter_id,
                submitted_at, routed_org_id, status, status_before, responsible_org_id, first_owner_id,
                first_owned_at, assignee_ref, assignee_id, assignee_org_id, waiting_since,
                suspended_until, ever_suspended, merged_into_id, response_due_at, resolution_due_at,
                resolution_left_ms, response_overdue_at, resolution_overdue_at, clock_due_at,
                first_accepted_at, first_resolved_at, first_outcome, latest_resolved_at, latest_outcome,
                info_requests, info_twice_at, reopened_at, re_reported_at, dissatisfied_at,
                confirmed_at, rating, closed_at, cancelled_at, merged_at, exclusion_seq,
                exclusion_reason, response_late_at, resolution_late_at, transferred_at, escalated_at,
                suspended_at, last_seq, last_at, last_hash)
            VALUES (
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36,
                $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55,
                $56, $57, $58)
            ON CONFLICT (district_id, id) DO UPDATE SET
                status = EXCLUDED.status, status_before = EXCLUDED.status_before, responsible_org_id =
                EXCLUDED.responsible_org_id, first_owner_id = EXCLUDED.first_owner_id, first_owned_at =
                EXCLUDED.first_owned_at, assignee_ref = EXCLUDED.assignee_ref, assignee_id =
                EXCLUDED.assignee_id, assignee_org_id = EXCLUDED.assignee_org_id, waiting_since =
                EXCLUDED.waiting_since, suspended_until = EXCLUDED.suspended_until, ever_suspended =
                EXCLUDED.ever_suspended, merged_into_id = EXCLUDED.merged_into_id, response_due_at =
                EXCLUDED.response_due_at, resolution_due_at = EXCLUDED.resolution_due_at,
                resolution_left_ms = EXCLUDED.resolution_left_ms, response_overdue_at =
                EXCLUDED.response_overdue_at, resolution_overdue_at = EXCLUDED.resolution_overdue_at,
                clock_due_at = EXCLUDED.clock_due_at, first_accepted_at = EXCLUDED.first_accepted_at,
                first_resolved_at = EXCLUDED.first_resolved_at, first_outcome = EXCLUDED.first_outcome,
                latest_resolved_at = EXCLUDED.latest_resolved_at, latest_outcome =
                EXCLUDED.latest_outcome, info_requests = EXCLUDED.info_requests, info_twice_at =
                EXCLUDED.info_twice_at, reopened_at = EXCLUDED.reopened_at, re_reported_at =
                EXCLUDED.re_reported_at, dissatisfied_at = EXCLUDED.dissatisfied_at, confirmed_at =
                EXCLUDED.confirmed_at, rating = EXCLUDED.rating, closed_at = EXCLUDED.closed_at,
                cancelled_at = EXCLUDED.cancelled_at, merged_at = EXCLUDED.merged_at, exclusion_seq =
                EXCLUDED.exclusion_seq, exclusion_reason = EXCLUDED.exclusion_reason, response_late_at =
                EXCLUDED.response_late_at, resolution_late_at = EXCLUDED.resolution_late_at, transferred_at =
                EXCLUDED.transferred_at, escalated_at = EXCLUDED.escalated_at, suspended_at =
                EXCLUDED.suspended_at, last_seq = EXCLUDED.last_seq, last_at = EXCLUDED.last_at,
                last_hash = EXCLUDED.last_hash
            """;

    static final String ACTORS = """
            SELECT ref, person_id, commitment FROM ticket_actor WHERE district_id = $1 AND ticket_id = $2
            """;

    static final String ADD_ACTOR = """
            INSERT INTO ticket_actor (district_id, ticket_id, ref, person_id, since) VALUES ($1, $2, $3, $4, $5)
            """;

    static final String APPEND = """
            INSERT INTO ticket_event (
                district_id, ticket_id, seq, type, at, actor_ref, actor_kind, actor_org_id, on_behalf_of_ref, data,
                previous_hash, hash, shown_sealed)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """;

    /** What one person has written to a ticket, in all and lately ($4). */
    static final String WRITTEN = """
            SELECT count(*) AS ever,
                count(*) FILTER (WHERE e.at > $4) AS lately,
                min(e.at) FILTER (WHERE e.at > $4) AS first_at,
                count(*) FILTER (WHERE e.at > $4 AND e.type = 'commented') AS comments,
                min(e.at) FILTER (WHERE e.at > $4 AND e.type = 'commented') AS first_comment_at
            FROM ticket_actor a
            JOIN ticket_event e ON e.district_id = a.district_id AND e.ticket_id = a.ticket_id AND e.actor_ref = a.ref
            WHERE a.district_id = $1 AND a.ticket_id = $2 AND a.person_id = $3
            """;

    static final String END_DUE = """
            UPDATE ticket_due SET until_at = $3 WHERE district_id = $1 AND ticket_id = $2 AND until_at IS NULL
            """;

    static final String BEGIN_DUE = """
            INSERT INTO ticket_due (district_id, ticket_id, seq, from_at, due_at) VALUES ($1, $2, $3, $4, $5)
            """;

    static final String END_EXCLUSION = """
            UPDATE ticket_exclusion SET until_at = $3 WHERE district_id = $1 AND ticket_id = $2 AND until_at IS NULL
            """;

    static final String BEGIN_EXCLUSION = """
            INSERT INTO ticket_exclusion (district_id, ticket_id, seq, from_at, reason, by_ref)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    static final String END_RATING = """
            UPDATE ticket_rating SET until_at = $3 WHERE district_id = $1 AND ticket_id = $2 AND until_at IS NULL
            """;

    static final String BEGIN_RATING = """
            INSERT INTO ticket_rating (district_id, ticket_id, seq, from_at, rating) VALUES ($1, $2, $3, $4, $5)
            """;

    static final String END_REOPENING = """
            UPDATE ticket_reopening SET until_at = $3 WHERE district_id = $1 AND ticket_id = $2 AND until_at IS NULL
            """;

    static final String BEGIN_REOPENING = """
            INSERT INTO ticket_reopening (district_id, ticket_id, seq, from_at) VALUES ($1, $2, $3, $4)
            """;

    static final String FREE_NUMBER = """
            SELECT n FROM unnest($2::text[]) AS n
            WHERE NOT EXISTS (SELECT 1 FROM ticket WHERE district_id = $1 AND ticket_no = n)
            LIMIT 1
            """;

    /**
     * Tickets of the same item and household that a new one may turn out to re-report. Those still open are locked as
     * well: one that is being resolved just now is seen as resolved.
     */
    static final String LOCK_KIN_OF_HOUSEHOLD = """
            SELECT id, first_resolved_at IS NOT NULL AS resolved FROM ticket
            WHERE district_id = $1 AND household_id = $2 AND service_item_code = $3
              AND (first_resolved_at >= $4 OR (first_resolved_at IS NULL AND status NOT IN ('cancelled', 'merged')))
            ORDER BY id FOR NO KEY UPDATE
            """;

    /** The same at a public spot: same place and same reporter. */
    static final String LOCK_KIN_OF_REPORTER = """
            SELECT id, first_resolved_at IS NOT NULL AS resolved FROM ticket
            WHERE district_id = $1 AND reporter_id = $2 AND service_item_code = $3
              AND (first_resolved_at >= $4 OR (first_resolved_at IS NULL AND status NOT IN ('cancelled', 'merged')))
              AND household_id IS NULL AND place_id = $5
            ORDER BY id FOR NO KEY UPDATE
            """;

    static final String IS_RE_REPORT = """
            SELECT EXISTS (SELECT 1 FROM ticket_event
                WHERE district_id = $1 AND ticket_id = $2 AND type = 're_reported' AND data ->> 'ticketId' = $3) AS known
            """;

    static final String REPORTERS = """
            SELECT reporter_id AS person_id FROM ticket
            WHERE district_id = $1 AND id = $2 AND reporter_id IS NOT NULL
            UNION
            SELECT person_id FROM ticket_co_reporter WHERE district_id = $1 AND ticket_id = $2
            UNION
            SELECT a.person_id FROM ticket_event e
            JOIN ticket_actor a ON a.district_id = e.district_id AND a.ticket_id = e.ticket_id AND a.ref = e.actor_ref
            WHERE e.district_id = $1 AND e.ticket_id = $2 AND e.seq = 1
            """;

    static final String FOLLOWERS = """
            SELECT person_id FROM ticket_follower WHERE district_id = $1 AND ticket_id = $2
            """;

    static final String FOLLOW = """
            INSERT INTO ticket_follower (district_id, ticket_id, person_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
            """;

    static final String UNFOLLOW = """
            DELETE FROM ticket_follower WHERE district_id = $1 AND ticket_id = $2 AND person_id = $3
            """;

    static final String MOVE_FOLLOWERS = """
            INSERT INTO ticket_follower (district_id, ticket_id, person_id)
            SELECT district_id, $3::uuid, person_id FROM ticket_follower WHERE district_id = $1 AND ticket_id = $2
            ON CONFLICT DO NOTHING
            """;

    /** Whoever was anonymous once is from then on. */
    static final String MOVE_REPORTERS = """
            INSERT INTO ticket_co_reporter (district_id, ticket_id, person_id, anonymous)
            SELECT $1, $3::uuid, m.person_id, bool_or(m.anonymous)
            FROM (
                SELECT reporter_id, anonymous FROM ticket
                WHERE district_id = $1 AND id = $2 AND reporter_id IS NOT NULL
                UNION ALL
                SELECT person_id, anonymous FROM ticket_co_reporter WHERE district_id = $1 AND ticket_id = $2
            ) AS m (person_id, anonymous)
            GROUP BY m.person_id
            ON CONFLICT (district_id, ticket_id, person_id) DO UPDATE
                SET anonymous = ticket_co_reporter.anonymous OR excluded.anonymous
            """;

    static final String EVENTS = """
            SELECT ticket_id, seq, type, at, actor_ref, actor_kind, actor_org_id, on_behalf_of_ref, data,
                previous_hash, hash, shown_sealed
            FROM ticket_event WHERE district_id = $1 AND ticket_id = $2 AND seq > $3 ORDER BY seq LIMIT $4
            """;

    /** Of a household, or of a public place. */
    static final String CANDIDATES = """
            SELECT id FROM ticket
            WHERE district_id = $1 AND service_item_code = $2 AND queue_due_at IS NOT NULL
              AND ($3::uuid IS NOT NULL AND household_id = $3
                  OR $4::uuid IS NOT NULL AND household_id IS NULL AND place_id = $4)
            ORDER BY submitted_at DESC, id DESC
            LIMIT $5
            """;

    /** Tickets that are over, by when they were. */
    static final String OVER = """
            SELECT t.id, t.at FROM (
                SELECT id, CASE status WHEN 'closed' THEN closed_at WHEN 'cancelled' THEN cancelled_at
                    WHEN 'merged' THEN merged_at END AS at
                FROM ticket WHERE district_id = $1 AND status IN ('closed', 'cancelled', 'merged')) AS t
            WHERE (t.at, t.id) > ($2, $3) AND t.at < $4
            ORDER BY t.at, t.id
            LIMIT $5
            """;

    /** The same by when the last thing happened to them. */
    static final String OVER_AND_QUIET = """
            SELECT id, last_at AS at FROM ticket
            WHERE district_id = $1 AND status IN ('closed', 'cancelled', 'merged')
              AND (last_at, id) > ($2, $3) AND last_at < $4
            ORDER BY last_at, id
            LIMIT $5
            """;

    /** What is hashed stays, so counts and chains do. */
    static final String ERASE_TEXTS = """
            UPDATE ticket_event SET shown_sealed = NULL
            WHERE district_id = $1 AND ticket_id = ANY ($2) AND shown_sealed IS NOT NULL
            """;

    private TicketSql() {}
}
