-- The service rates beside the one-time completion rate: how tickets were dealt with on the way to their first resolve,
-- what was thought of it, and what is still open. The figures and their drill-down read the same functions.

-- The tickets that are open now, told as in ticket_outcome.
CREATE VIEW ticket_open AS
SELECT district_id, id AS ticket_id, ticket_no, routed_org_id AS organization_id, service_item_code,
       segment_of(service_item_kind) AS segment,
       place_id, place_path, channel, submitted_at, first_resolved_at
FROM ticket
-- only open ones stand in a queue, and its indexes hold no others
WHERE queue_due_at IS NOT NULL;

-- The cohort: a row for each ticket whose first resolve lies in [period_start, period_end) and at or before as_of. What
-- happened on the way to that resolve never changes; the rest is told as of as_of.
CREATE FUNCTION service_outcome(
    district uuid, period_start timestamptz, period_end timestamptz, as_of timestamptz)
RETURNS TABLE (ticket_id uuid, ticket_no text, organization_id uuid, service_item_code text, segment text,
    place_id uuid, place_path uuid[], channel text, at timestamptz, excluded boolean, response_late boolean,
    resolution_late boolean, transferred boolean, escalated boolean, suspended boolean, rating int,
    window_over boolean, re_reported boolean)
LANGUAGE sql STABLE AS $$
    SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id, o.place_path,
           o.channel, o.first_resolved_at,
           x.ticket_id IS NOT NULL,
           o.response_late_at IS NOT NULL,
           o.resolution_late_at IS NOT NULL,
           o.transferred_at IS NOT NULL,
           o.escalated_at IS NOT NULL,
           o.suspended_at IS NOT NULL,
           g.rating,
           -- hours, not days: a day may have 23 or 25 of them where clocks are put forward and back
           as_of > o.first_resolved_at + interval '168 hours',
           coalesce(o.re_reported_at <= as_of, false)
    FROM ticket_outcome o
    LEFT JOIN (
        -- no two of a ticket stand at the same time, and no two ratings
        SELECT e.ticket_id FROM ticket_exclusion e
        WHERE e.district_id = district AND e.from_at <= as_of AND (e.until_at IS NULL OR e.until_at > as_of)
    ) x ON x.ticket_id = o.ticket_id
    LEFT JOIN ticket_rating g ON g.district_id = o.district_id AND g.ticket_id = o.ticket_id
        AND g.from_at <= as_of AND (g.until_at IS NULL OR g.until_at > as_of)
    WHERE o.district_id = district AND o.first_resolved_at >= period_start AND o.first_resolved_at < period_end
      AND o.first_resolved_at <= as_of
$$;

-- How long a ticket has been waiting, in days of 24 hours; the lower edge is inside.
CREATE FUNCTION age_bucket(age interval) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN age < interval '24 hours' THEN 'under_1_day'
        WHEN age < interval '72 hours' THEN 'under_3_days'
        WHEN age < interval '168 hours' THEN 'under_7_days'
        WHEN age < interval '360 hours' THEN 'under_15_days'
        WHEN age < interval '720 hours' THEN 'under_30_days'
        ELSE 'over_30_days'
    END
$$;

-- The backlog: a row for each ticket that was open at an instant, which is not after as_of. What happened at the instant
-- itself has happened. Left out is what is excluded at as_of.
CREATE FUNCTION open_tickets(district uuid, open_at timestamptz, as_of timestamptz)
RETURNS TABLE (ticket_id uuid, ticket_no text, organization_id uuid, service_item_code text, segment text,
    place_id uuid, place_path uuid[], channel text, at timestamptz, reopened boolean, age text, age_hours bigint)
LANGUAGE sql STABLE AS $$
    SELECT s.ticket_id, s.ticket_no, s.organization_id, s.service_item_code, s.segment, s.place_id, s.place_path,
           s.channel, s.submitted_at, s.reopened, age_bucket(open_at - s.submitted_at),
           floor(extract(epoch FROM open_at - s.submitted_at) / 3600)::bigint
    FROM (
        -- nothing has ended it to this day
        SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id,
               o.place_path, o.channel, o.submitted_at, false AS reopened
        FROM ticket_open o
        WHERE o.district_id = district AND o.first_resolved_at IS NULL AND o.submitted_at <= open_at
        UNION ALL
        -- it was ended later: each way through an index of its own
        SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id,
               o.place_path, o.channel, o.submitted_at, false
        FROM ticket_outcome o
        WHERE o.district_id = district AND o.first_resolved_at > open_at AND o.submitted_at <= open_at
        UNION ALL
        SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id,
               o.place_path, o.channel, o.submitted_at, false
        FROM ticket_outcome o
        WHERE o.district_id = district AND o.cancelled_at > open_at AND o.submitted_at <= open_at
          AND o.first_resolved_at IS NULL
        UNION ALL
        SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id,
               o.place_path, o.channel, o.submitted_at, false
        FROM ticket_outcome o
        WHERE o.district_id = district AND o.merged_at > open_at AND o.submitted_at <= open_at
          AND o.first_resolved_at IS NULL
        UNION ALL
        -- it had been resolved, and was open once more
        SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id,
               o.place_path, o.channel, o.submitted_at, true
        FROM ticket_reopening r
        JOIN ticket_outcome o ON o.district_id = r.district_id AND o.ticket_id = r.ticket_id
        WHERE r.district_id = district AND r.from_at <= open_at AND (r.until_at IS NULL OR r.until_at > open_at)
    ) s
    WHERE NOT EXISTS (
        SELECT 1 FROM ticket_exclusion e
        WHERE e.district_id = district AND e.ticket_id = s.ticket_id
          AND e.from_at <= as_of AND (e.until_at IS NULL OR e.until_at > as_of))
$$;

-- The keys of the groups that a ticket is counted in; '' is all of them.
CREATE FUNCTION group_keys(group_by text, zone text, organization_id uuid, service_item_code text, place_path uuid[],
    channel text, at timestamptz)
RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT array_prepend('', CASE group_by
        WHEN 'organization' THEN ARRAY[organization_id::text]
        WHEN 'serviceItem' THEN ARRAY[service_item_code]
        WHEN 'place' THEN place_path::text[]
        WHEN 'month' THEN ARRAY[to_char(at AT TIME ZONE zone, 'YYYY-MM')]
        WHEN 'channel' THEN ARRAY[channel]
    END)
$$;
