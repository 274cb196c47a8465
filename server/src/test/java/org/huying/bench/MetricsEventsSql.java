package org.huying.bench;

/** The events of what is to happen to tickets, and the rows that these events make. */
final class MetricsEventsSql {
    /** What of it has happened by $1, as the log would tell it. */
    static final String TOLD = """
            CREATE TEMP TABLE bench_event AS
            SELECT l.id, row_number() OVER (PARTITION BY l.id ORDER BY date_trunc('milliseconds', v.at), v.step)::int AS seq,
                v.type, date_trunc('milliseconds', v.at) AS at, v.ref, v.role,
                CASE WHEN v.ref IN ('dispatcher-1', 'worker-1') THEN l.target END AS org, v.data,
                CASE WHEN v.step = 1 AND l.channel <> 'mini_program' THEN 'resident-1' END AS on_behalf,
                date_trunc('milliseconds', l.resolved) AS resolved
            FROM bench_life l
            CROSS JOIN LATERAL (VALUES
                (1, 'submitted', l.submitted,
                    CASE l.channel WHEN 'mini_program' THEN 'resident-1' WHEN 'system' THEN 'system' ELSE 'grid_member-1' END,
                    CASE l.channel WHEN 'mini_program' THEN 'resident' WHEN 'system' THEN 'system' ELSE 'grid_member' END,
                    jsonb_strip_nulls(jsonb_build_object('ticketNo', 'bulk-' || l.n, 'serviceItemCode', l.item,
                        'serviceItemVersion', l.version, 'serviceItemKind', l.kind,
                        'householdId', CASE WHEN NOT l.is_spot THEN l.household END, 'placeId', l.place,
                        'placePath', to_jsonb(l.path), 'channel', l.channel, 'anonymous', false,
                        'responsibleOrgId', l.firm, 'responseDueAt', pg_temp.told(l.submitted + interval '24 hours'),
                        'resolutionDueAt', pg_temp.told(l.due), 'description', repeat('0', 64)))),
                (2, 'urged', l.urged, 'resident-1', 'resident', '{}'),
                (3, CASE WHEN l.fate IN ('transferred', 'escalated') THEN l.fate END, l.handed, 'dispatcher-2', 'dispatcher',
                    jsonb_build_object('organizationId', l.target, 'fromOrganizationId', l.firm, 'responseDueAt',
                        pg_temp.told(l.handed + interval '24 hours'), 'reason', repeat('0', 64))),
                (4, 'cancelled', l.cancelled, 'resident-1', 'resident', jsonb_build_object('reason', repeat('0', 64))),
                (4, 'merged', l.merged, 'dispatcher-2', 'dispatcher', jsonb_build_object('intoTicketId', l.other)),
                (5, 'accepted', l.accepted, 'dispatcher-1', 'dispatcher', '{}'),
                (6, 'assigned', l.assigned, 'dispatcher-1', 'dispatcher',
                    jsonb_build_object('assignee', 'worker-1', 'organizationId', l.target)),
                (7, 'started', l.started, 'worker-1', 'worker', '{}'),
                (8, 'info_requested', l.asked, 'worker-1', 'worker', pg_temp.left_of(l.asked, l.due)),
                (9, 'info_provided', l.told, 'resident-1', 'resident', pg_temp.due_anew(l.asked, l.due, l.due_then)),
                (10, 'info_requested', l.asked_again, 'worker-1', 'worker', pg_temp.left_of(l.asked_again, l.due_then)),
                (11, 'info_provided', l.told_again, 'resident-1', 'resident',
                    pg_temp.due_anew(l.asked_again, l.due_then, l.due_later)),
                (12, 'suspended', l.suspended, 'dispatcher-1', 'dispatcher', pg_temp.left_of(l.suspended, l.due_later)
                    || jsonb_build_object('until', pg_temp.told(l.resumed), 'reason', repeat('0', 64))),
                (13, 'resumed', l.resumed, 'dispatcher-1', 'dispatcher',
                    pg_temp.due_anew(l.suspended, l.due_later, l.due_at_last)),
                (14, 'overdue', CASE WHEN l.accepted IS NOT NULL AND l.due_at_last + interval '20 seconds' < coalesce(l.resolved, 'infinity')
                    THEN l.due_at_last + interval '20 seconds' END, 'system', 'system',
                    jsonb_build_object('clock', 'resolution', 'dueAt', pg_temp.told(l.due_at_last))),
                (15, 'resolved', l.resolved, 'worker-1', 'worker',
                    jsonb_build_object('outcome', l.outcome, 'note', repeat('0', 64))),
                (16, 'followed_up', CASE WHEN l.by_visit THEN l.reopened END, 'grid_member-1', 'grid_member',
                    jsonb_build_object('solved', false)),
                (17, 'reopened', l.reopened, CASE WHEN l.by_visit THEN 'grid_member-1' ELSE 'resident-1' END,
                    CASE WHEN l.by_visit THEN 'grid_member' ELSE 'resident' END,
                    CASE WHEN l.by_visit THEN jsonb_build_object('followUp', true) ELSE jsonb_build_object('reason', repeat('0', 64)) END),
                (18, 'resolved', l.resolved_again, 'worker-1', 'worker',
                    jsonb_build_object('outcome', 'fixed', 'note', repeat('0', 64))),
                (19, 'confirmed', l.confirmed, 'resident-1', 'resident', '{}'),
                (20, 'closed', l.closed, 'system', 'system', '{}'),
                (21, 'rated', l.rated, 'resident-1', 'resident', jsonb_build_object('rating', l.rating)),
                (22, 'rated', l.rated_again, 'resident-1', 'resident', jsonb_build_object('rating', 1 + l.rating % 5)),
                -- the system does so within the window, a supervisor whenever it is seen
                (23, 're_reported', l.re_reported,
                    CASE WHEN l.re_reported <= l.resolved + interval '7 days' THEN 'system' ELSE 'supervisor-1' END,
                    CASE WHEN l.re_reported <= l.resolved + interval '7 days' THEN 'system' ELSE 'supervisor' END,
                    jsonb_build_object('ticketId', l.other)),
                (24, 'excluded', l.excluded, 'supervisor-1', 'supervisor',
                    jsonb_build_object('reason', l.reason, 'note', repeat('0', 64))),
                (25, 'included', l.included, 'supervisor-1', 'supervisor', jsonb_build_object('note', repeat('0', 64))),
                (26, 'followed_up', l.visited, 'grid_member-1', 'grid_member', jsonb_build_object('solved', true)),
                (27, 'commented', l.commented, 'resident-1', 'resident',
                    jsonb_build_object('internal', false, 'text', repeat('0', 64)))
            ) AS v (step, type, at, ref, role, data)
            WHERE v.at <= $1::timestamptz
            """;

    /** A time as it stands in the log; what a clock that stops has left; and what it comes to when it runs on. */
    static final String[] WORDS = {"""
        CREATE FUNCTION pg_temp.told(at timestamptz) RETURNS text LANGUAGE sql STABLE AS
        'SELECT to_char(at AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'')'
        """, """
        CREATE FUNCTION pg_temp.left_of(at timestamptz, due timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS
        'SELECT CASE WHEN due >= at THEN jsonb_build_object(''resolutionLeftMillis'',
            floor(extract(epoch FROM due - at) * 1000)::bigint) ELSE ''{}'' END'
        """, """
        CREATE FUNCTION pg_temp.due_anew(stopped timestamptz, due timestamptz, anew timestamptz) RETURNS jsonb
        LANGUAGE sql STABLE AS
        'SELECT CASE WHEN due >= stopped THEN jsonb_build_object(''resolutionDueAt'', pg_temp.told(anew)) ELSE ''{}'' END'
        """};

    static final String EVENTS = """
            INSERT INTO ticket_event (district_id, ticket_id, seq, type, at, actor_ref, actor_kind, actor_org_id,
                on_behalf_of_ref, data, previous_hash, hash, shown_sealed)
            SELECT $1, e.id, e.seq, e.type, e.at, e.ref, e.role, e.org, e.on_behalf, e.data,
                CASE WHEN e.seq = 1 THEN repeat('0', 64) ELSE encode(sha256((e.id::text || e.seq - 1)::bytea), 'hex') END,
                encode(sha256((e.id::text || e.seq)::bytea), 'hex'), CASE WHEN e.seq = 1 THEN $2::bytea END
            FROM bench_event e ORDER BY e.id, e.seq
            """;

    static final String TICKETS = """
            WITH made AS (
                SELECT e.id,
                    (array_agg(e.type ORDER BY e.seq DESC) FILTER (WHERE e.type NOT IN ('urged', 'overdue', 'followed_up',
                        'rated', 're_reported', 'excluded', 'included', 'commented')))[1] AS latest,
                    bool_or(e.type IN ('accepted', 'transferred', 'escalated')) AS owned,
                    min(e.at) FILTER (WHERE e.type IN ('accepted', 'transferred', 'escalated')) AS owned_at,
                    bool_or(e.type IN ('transferred', 'escalated')) AS handed,
                    bool_or(e.type = 'assigned') AS assigned,
                    max(e.at) FILTER (WHERE e.type = 'info_requested') AS asked_at,
                    (array_agg(e.data ->> 'until') FILTER (WHERE e.type = 'suspended'))[1] AS suspended_until,
                    min(e.at) FILTER (WHERE e.type = 'suspended') AS suspended_at,
                    min(e.at) FILTER (WHERE e.type = 'transferred') AS transferred_at,
                    min(e.at) FILTER (WHERE e.type = 'escalated') AS escalated_at,
                    (array_agg(e.data ORDER BY e.seq DESC)
                        FILTER (WHERE e.data ? 'resolutionDueAt' OR e.data ? 'resolutionLeftMillis'))[1] AS clock,
                    (array_agg(e.data ->> 'responseDueAt' ORDER BY e.seq DESC)
                        FILTER (WHERE e.data ? 'responseDueAt'))[1]::timestamptz AS response_due,
                    min(e.at) FILTER (WHERE e.type = 'overdue') AS overdue_at,
                    min(e.at) FILTER (WHERE e.type = 'accepted') AS accepted_at,
                    min(e.at) FILTER (WHERE e.type = 'resolved') AS resolved_at,
                    max(e.at) FILTER (WHERE e.type = 'resolved') AS latest_at,
                    (array_agg(e.data ->> 'outcome' ORDER BY e.seq DESC) FILTER (WHERE e.type = 'resolved'))[1] AS latest_outcome,
                    (array_agg(e.data ->> 'outcome' ORDER BY e.seq) FILTER (WHERE e.type = 'resolved'))[1] AS outcome,
                    (count(*) FILTER (WHERE e.type = 'info_requested'))::int AS asked,
                    min(e.at) FILTER (WHERE e.type = 'reopened' AND w.inside) AS reopened_at,
                    min(e.at) FILTER (WHERE e.type = 're_reported' AND w.inside) AS re_reported_at,
                    min(e.at) FILTER (WHERE e.type = 'rated' AND w.inside AND e.data -> 'rating' <= '2') AS dissatisfied_at,
                    min(e.at) FILTER (WHERE e.type = 'confirmed' OR e.data @> '{"solved": true}') AS confirmed_at,
                    (array_agg(e.data -> 'rating' ORDER BY e.seq DESC) FILTER (WHERE e.type = 'rated'))[1]::int AS rating,
                    max(e.at) FILTER (WHERE e.type IN ('confirmed', 'closed')) AS closed_at,
                    min(e.at) FILTER (WHERE e.type = 'cancelled') AS cancelled_at,
                    min(e.at) FILTER (WHERE e.type = 'merged') AS merged_at,
                    max(e.seq) FILTER (WHERE e.type = 'excluded') AS excluded_seq,
                    bool_or(e.type = 'included') AS included,
                    max(e.seq) AS last_seq, max(e.at) AS last_at
                FROM bench_event e
                CROSS JOIN LATERAL (SELECT e.at > e.resolved AND e.at <= e.resolved + interval '168 hours' AS inside) w
                GROUP BY e.id
            )
            INSERT INTO ticket (district_id, id, ticket_no, service_item_code, service_item_version, service_item_kind,
                household_id, place_id, place_path, channel, anonymous, reporter_ref, reporter_id, submitted_at, routed_org_id,
                status, status_before, responsible_org_id, first_owner_id, first_owned_at, assignee_ref, assignee_id,
                assignee_org_id, waiting_since, suspended_until, ever_suspended, merged_into_id, response_due_at,
                resolution_due_at, resolution_left_ms, resolution_overdue_at, clock_due_at, first_accepted_at,
                first_resolved_at, first_outcome, latest_resolved_at, latest_outcome, info_requests, info_twice_at, reopened_at,
                re_reported_at, dissatisfied_at, confirmed_at, rating, closed_at, cancelled_at, merged_at, exclusion_seq,
                exclusion_reason, response_late_at, resolution_late_at, transferred_at, escalated_at, suspended_at, last_seq,
                last_at, last_hash)
            SELECT $1, m.id, 'bulk-' || l.n, l.item, l.version, l.kind, CASE WHEN NOT l.is_spot THEN l.household END, l.place,
                l.path, l.channel, false, 'resident-1', l.resident, date_trunc('milliseconds', l.submitted), l.firm, s.status,
                CASE WHEN s.status IN ('waiting_info', 'suspended') THEN 'in_progress' END,
                CASE WHEN m.handed THEN l.target ELSE l.firm END, CASE WHEN m.owned THEN l.firm END, m.owned_at,
                CASE WHEN m.assigned THEN 'worker-1' END, CASE WHEN m.assigned THEN l.worker END,
                CASE WHEN m.assigned THEN l.target END, CASE WHEN s.status = 'waiting_info' THEN m.asked_at END,
                CASE WHEN s.status = 'suspended' THEN m.suspended_until::timestamptz END, m.suspended_at IS NOT NULL,
                CASE WHEN s.status = 'merged' THEN l.other END, m.response_due, c.due,
                (m.clock ->> 'resolutionLeftMillis')::bigint, m.overdue_at,
                CASE WHEN s.status = 'resolved' THEN m.latest_at + interval '168 hours'
                    WHEN s.status NOT IN ('closed', 'cancelled', 'merged') THEN least(
                        CASE WHEN s.status = 'waiting_info' THEN m.asked_at + interval '168 hours' END,
                        CASE WHEN s.status = 'suspended' THEN m.suspended_until::timestamptz END,
                        CASE WHEN s.status = 'submitted' THEN m.response_due + interval '1 millisecond' END,
                        CASE WHEN m.overdue_at IS NULL THEN c.due + interval '1 millisecond' END) END,
                m.accepted_at, m.resolved_at, m.outcome, m.latest_at, m.latest_outcome, m.asked,
                CASE WHEN m.asked = 2 THEN m.asked_at END, m.reopened_at, m.re_reported_at, m.dissatisfied_at, m.confirmed_at,
                m.rating, m.closed_at, m.cancelled_at, m.merged_at,
                CASE WHEN NOT m.included THEN m.excluded_seq END,
                CASE WHEN NOT m.included AND m.excluded_seq IS NOT NULL THEN l.reason END,
                CASE WHEN m.accepted_at > m.response_due THEN m.response_due END,
                CASE WHEN m.resolved_at > c.due THEN c.due END,
                m.transferred_at, m.escalated_at, m.suspended_at, m.last_seq, m.last_at,
                encode(sha256((m.id::text || m.last_seq)::bytea), 'hex')
            FROM made m
            JOIN bench_life l ON l.id = m.id
            CROSS JOIN LATERAL (SELECT CASE m.latest WHEN 'started' THEN 'in_progress' WHEN 'info_provided' THEN 'in_progress'
                WHEN 'resumed' THEN 'in_progress' WHEN 'reopened' THEN 'in_progress' WHEN 'info_requested' THEN 'waiting_info'
                WHEN 'transferred' THEN 'submitted' WHEN 'escalated' THEN 'submitted' WHEN 'confirmed' THEN 'closed'
                ELSE m.latest END AS status) s
            CROSS JOIN LATERAL (SELECT (m.clock ->> 'resolutionDueAt')::timestamptz AS due) c
            ORDER BY m.id
            """;

    /** The rows beside a ticket, from its events. */
    static final String[] COMPANIONS = {"""
        INSERT INTO ticket_due (district_id, ticket_id, seq, from_at, until_at, due_at)
        SELECT $1, id, seq, at, until_at, due::timestamptz
        FROM (SELECT id, seq, at, lead(at) OVER (PARTITION BY id ORDER BY seq) AS until_at, data ->> 'resolutionDueAt' AS due
            FROM bench_event WHERE data ? 'resolutionDueAt' OR data ? 'resolutionLeftMillis') e
        WHERE due IS NOT NULL
        """, """
        INSERT INTO ticket_exclusion (district_id, ticket_id, seq, from_at, until_at, reason, by_ref)
        SELECT $1, id, seq, at, until_at, data ->> 'reason', ref
        FROM (SELECT id, seq, type, at, lead(at) OVER (PARTITION BY id ORDER BY seq) AS until_at, data, ref
            FROM bench_event WHERE type IN ('excluded', 'included')) e
        WHERE type = 'excluded'
        """, """
        INSERT INTO ticket_rating (district_id, ticket_id, seq, from_at, until_at, rating)
        SELECT $1, id, seq, at, lead(at) OVER (PARTITION BY id ORDER BY seq), (data -> 'rating')::int
        FROM bench_event WHERE type = 'rated'
        """, """
        INSERT INTO ticket_reopening (district_id, ticket_id, seq, from_at, until_at)
        SELECT $1, id, seq, at, until_at
        FROM (SELECT id, seq, type, at, lead(at) OVER (PARTITION BY id ORDER BY seq) AS until_at
            FROM bench_event WHERE type IN ('reopened', 'resolved')) e
        WHERE type = 'reopened'
        """, """
        INSERT INTO ticket_actor (district_id, ticket_id, ref, person_id, salt, commitment, since)
        SELECT $1, id, ref, person, uuid_send(id), actor_commitment(uuid_send(id), id, ref, person), submitted
        FROM (
            SELECT id, 'resident-1' AS ref, resident AS person, submitted FROM bench_life WHERE submitted <= now()
            UNION ALL
            SELECT l.id, 'worker-1', l.worker, l.submitted FROM bench_life l
            WHERE EXISTS (SELECT FROM bench_event e WHERE e.id = l.id AND e.type = 'assigned')) AS actors
        """};

    private MetricsEventsSql() {}
}
