-- Definition 1 of the one-time completion rate, in one place: the figures and their drill-down both read this, so they
-- cannot differ. One row for each ticket and measure that it counts in. The period is [period_start, period_end); only
-- what happened at or before as_of exists.
CREATE FUNCTION one_time_completion(district uuid, period_start timestamptz, period_end timestamptz, as_of timestamptz)
RETURNS TABLE (ticket_id uuid, ticket_no text, organization_id uuid, service_item_code text, segment text,
    place_id uuid, place_path uuid[], channel text, measure text, cause text, confirmed boolean, at timestamptz)
LANGUAGE sql STABLE AS $$
    -- the cohort
    SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id, o.place_path,
           o.channel, v.measure,
           CASE v.measure WHEN 'excluded' THEN x.reason WHEN 'broken' THEN b.cause END,
           v.measure = 'one_time' AND coalesce(o.confirmed_at <= as_of, false),
           o.first_resolved_at
    FROM ticket_outcome o
    LEFT JOIN LATERAL (
        SELECT e.reason FROM ticket_exclusion e
        WHERE e.district_id = o.district_id AND e.ticket_id = o.ticket_id
          AND e.from_at <= as_of AND (e.until_at IS NULL OR e.until_at > as_of)
        ORDER BY e.seq LIMIT 1) x ON true
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN o.first_outcome <> 'fixed' THEN o.first_outcome
            WHEN o.info_twice_at <= as_of THEN 'info_twice'
            WHEN o.reopened_at <= as_of THEN 'reopened'
            WHEN o.re_reported_at <= as_of THEN 're_reported'
            WHEN o.dissatisfied_at <= as_of THEN 'dissatisfied'
        END AS cause) b
    CROSS JOIN LATERAL (
        SELECT CASE
            -- hours, not days: a day may have 23 or 25 of them where clocks are put forward and back
            WHEN as_of <= o.first_resolved_at + interval '168 hours' THEN 'provisional'
            WHEN x.reason IS NOT NULL THEN 'excluded'
            WHEN b.cause IS NOT NULL THEN 'broken'
            ELSE 'one_time'
        END AS measure) v
    WHERE o.district_id = district AND o.first_resolved_at >= period_start AND o.first_resolved_at < period_end
      AND o.first_resolved_at <= as_of
    UNION ALL
    -- resolution due in the period, past due, and not resolved
    SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id, o.place_path,
           o.channel, 'overdue_unresolved', NULL, false, d.due_at
    FROM ticket_due d
    JOIN ticket_outcome o ON o.district_id = d.district_id AND o.ticket_id = d.ticket_id
    WHERE d.district_id = district AND d.due_at >= period_start AND d.due_at < period_end AND d.due_at < as_of
      AND d.from_at <= as_of AND (d.until_at IS NULL OR d.until_at > as_of)
      AND (o.first_resolved_at IS NULL OR o.first_resolved_at > as_of)
      AND (o.cancelled_at IS NULL OR o.cancelled_at > as_of)
      AND (o.merged_at IS NULL OR o.merged_at > as_of)
    UNION ALL
    -- taken back, or joined to another, without ever having been resolved
    SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id, o.place_path,
           o.channel, 'withdrawn', NULL, false, o.cancelled_at
    FROM ticket_outcome o
    WHERE o.district_id = district AND o.cancelled_at >= period_start AND o.cancelled_at < period_end
      AND o.cancelled_at <= as_of AND o.first_resolved_at IS NULL
    UNION ALL
    SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id, o.place_path,
           o.channel, 'duplicate', NULL, false, o.merged_at
    FROM ticket_outcome o
    WHERE o.district_id = district AND o.merged_at >= period_start AND o.merged_at < period_end
      AND o.merged_at <= as_of AND o.first_resolved_at IS NULL
$$;
