-- What the figures beside the one-time completion rate are made of, as instants like the rest. All but the last two tables
-- are about a ticket's way to its first resolve; what happens later changes none of them.
ALTER TABLE ticket
    -- why it is kept out of the rate, while it is
    ADD COLUMN exclusion_reason text CHECK (exclusion_reason IN ('out_of_scope', 'test')),
    -- the first due time that an organization let pass before it accepted or handed on
    ADD COLUMN response_late_at timestamptz(3),
    -- the due time, where the first resolve came after it
    ADD COLUMN resolution_late_at timestamptz(3),
    ADD COLUMN transferred_at timestamptz(3),
    ADD COLUMN escalated_at timestamptz(3),
    ADD COLUMN suspended_at timestamptz(3);

-- How the reporter's side rates it: from one rating until another.
CREATE TABLE ticket_rating (
    district_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    seq int NOT NULL,
    from_at timestamptz(3) NOT NULL,
    until_at timestamptz(3),
    rating int NOT NULL CHECK (rating BETWEEN 1 AND 5),
    PRIMARY KEY (district_id, ticket_id, seq),
    FOREIGN KEY (district_id, ticket_id) REFERENCES ticket
);

-- Open once more: from a reopening until the next resolve, or until it was cancelled or merged.
CREATE TABLE ticket_reopening (
    district_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    seq int NOT NULL,
    from_at timestamptz(3) NOT NULL,
    until_at timestamptz(3),
    PRIMARY KEY (district_id, ticket_id, seq),
    FOREIGN KEY (district_id, ticket_id) REFERENCES ticket
);

-- The block of figures that a kind of item belongs to.
CREATE FUNCTION segment_of(kind text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE kind WHEN 'consultation' THEN 'consultation' WHEN 'care' THEN 'care' ELSE 'main' END
$$;

-- The same for tickets that are there already, from their events.
UPDATE ticket t SET exclusion_reason = x.reason
FROM ticket_exclusion x
WHERE x.district_id = t.district_id AND x.ticket_id = t.id AND x.seq = t.exclusion_seq;

WITH first_resolve AS (
    SELECT district_id, ticket_id, min(seq) AS seq FROM ticket_event WHERE type = 'resolved' GROUP BY 1, 2
), before AS (
    SELECT e.* FROM ticket_event e
    LEFT JOIN first_resolve r ON r.district_id = e.district_id AND r.ticket_id = e.ticket_id
    WHERE e.seq < coalesce(r.seq, 2147483647)
), turn AS (
    -- each organization that it was sent to, and when that one took it up or handed it on
    SELECT district_id, ticket_id, type, (data ->> 'responseDueAt')::timestamptz AS due_at,
        lead(at) OVER (PARTITION BY district_id, ticket_id ORDER BY seq) AS taken_at
    FROM before WHERE type IN ('submitted', 'accepted', 'transferred', 'escalated')
), late AS (
    SELECT district_id, ticket_id, min(due_at) AS at FROM turn
    WHERE type <> 'accepted' AND taken_at > due_at GROUP BY 1, 2
), way AS (
    SELECT district_id, ticket_id,
        min(at) FILTER (WHERE type = 'transferred') AS transferred_at,
        min(at) FILTER (WHERE type = 'escalated') AS escalated_at,
        min(at) FILTER (WHERE type = 'suspended') AS suspended_at
    FROM before GROUP BY 1, 2
), due AS (
    SELECT DISTINCT ON (d.district_id, d.ticket_id) d.district_id, d.ticket_id, d.due_at
    FROM ticket_due d JOIN first_resolve r ON r.district_id = d.district_id AND r.ticket_id = d.ticket_id
    WHERE d.seq < r.seq ORDER BY d.district_id, d.ticket_id, d.seq DESC
)
UPDATE ticket t SET
    response_late_at = late.at,
    resolution_late_at = CASE WHEN due.due_at < t.first_resolved_at THEN due.due_at END,
    transferred_at = way.transferred_at,
    escalated_at = way.escalated_at,
    suspended_at = way.suspended_at
FROM way
LEFT JOIN late ON late.district_id = way.district_id AND late.ticket_id = way.ticket_id
LEFT JOIN due ON due.district_id = way.district_id AND due.ticket_id = way.ticket_id
WHERE t.district_id = way.district_id AND t.id = way.ticket_id;

-- to give the same rating once more changes nothing
WITH rated AS (
    SELECT district_id, ticket_id, seq, at, (data ->> 'rating')::int AS rating,
        lag((data ->> 'rating')::int) OVER (PARTITION BY district_id, ticket_id ORDER BY seq) AS rating_before
    FROM ticket_event WHERE type = 'rated'
)
INSERT INTO ticket_rating (district_id, ticket_id, seq, from_at, until_at, rating)
SELECT district_id, ticket_id, seq, at, lead(at) OVER (PARTITION BY district_id, ticket_id ORDER BY seq), rating
FROM rated WHERE rating IS DISTINCT FROM rating_before;

INSERT INTO ticket_reopening (district_id, ticket_id, seq, from_at, until_at)
SELECT district_id, ticket_id, seq, at, until_at
FROM (
    SELECT district_id, ticket_id, seq, type, at, lead(at) OVER (PARTITION BY district_id, ticket_id ORDER BY seq) AS until_at
    FROM ticket_event WHERE type IN ('reopened', 'resolved', 'cancelled', 'merged')) e
WHERE type = 'reopened';

-- What other features may read of tickets: the instants that figures are made of.
CREATE OR REPLACE VIEW ticket_outcome AS
SELECT district_id, id AS ticket_id, ticket_no,
       -- the first owner, or who will be it
       routed_org_id AS organization_id,
       service_item_code,
       segment_of(service_item_kind) AS segment,
       place_id, place_path, channel, submitted_at,
       first_resolved_at, first_outcome, info_twice_at, reopened_at, re_reported_at, dissatisfied_at, confirmed_at,
       cancelled_at, merged_at,
       response_late_at, resolution_late_at, transferred_at, escalated_at, suspended_at
FROM ticket;
