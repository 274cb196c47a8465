-- The rate again, by the same definition, with a daily roll-up for what is asked most: how things stand now.

-- What counts against a ticket as of an instant; null where nothing does. The order is the definition's.
CREATE FUNCTION completion_cause(first_outcome text, info_twice_at timestamptz, reopened_at timestamptz,
    re_reported_at timestamptz, dissatisfied_at timestamptz, as_of timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN first_outcome <> 'fixed' THEN first_outcome
        WHEN info_twice_at <= as_of THEN 'info_twice'
        WHEN reopened_at <= as_of THEN 'reopened'
        WHEN re_reported_at <= as_of THEN 're_reported'
        WHEN dissatisfied_at <= as_of THEN 'dissatisfied'
    END
$$;

-- Whether a ticket is among those that somebody may see and has asked for; filters that are null let everything pass.
CREATE FUNCTION is_in_frame(organization_id uuid, place_path uuid[], service_item_code text, channel text,
    organizations uuid[], places uuid[], only_place uuid, only_organization uuid, only_item text, only_channel text)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT (organization_id = ANY (organizations) OR place_path && places)
       AND (only_place IS NULL OR only_place = ANY (place_path))
       AND (only_organization IS NULL OR organization_id = only_organization)
       AND (only_item IS NULL OR service_item_code = only_item)
       AND (only_channel IS NULL OR channel = only_channel)
$$;

-- The levels of a frozen path at which a ticket is counted: from the place that was asked for, or that is covered, down.
CREATE FUNCTION levels_in_frame(place_path uuid[], places uuid[], only_place uuid) RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN only_place IS NOT NULL THEN place_path[array_position(place_path, only_place):]
        WHEN place_path[1] = ANY (places) THEN place_path
        WHEN place_path[2] = ANY (places) THEN place_path[2:]
        WHEN place_path[3] = ANY (places) THEN place_path[3:]
        WHEN place_path[4] = ANY (places) THEN place_path[4:]
        -- in sight as the own firm's
        ELSE place_path
    END
$$;

-- Definition 1 of the one-time completion rate, in one place: the figures and their drill-down both read this, so they
-- cannot differ. One row for each ticket and measure that it counts in. The period is [period_start, period_end); only
-- what happened at or before as_of exists.

-- The cohort.
CREATE FUNCTION completion_cohort(district uuid, period_start timestamptz, period_end timestamptz, as_of timestamptz)
RETURNS TABLE (ticket_id uuid, ticket_no text, organization_id uuid, service_item_code text, segment text,
    place_id uuid, place_path uuid[], channel text, measure text, cause text, confirmed boolean, at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id, o.place_path,
           o.channel, v.measure,
           CASE v.measure WHEN 'excluded' THEN x.reason WHEN 'broken' THEN b.cause END,
           v.measure = 'one_time' AND coalesce(o.confirmed_at <= as_of, false),
           o.first_resolved_at
    FROM ticket_outcome o
    LEFT JOIN (
        -- no two of a ticket stand at the same time
        SELECT e.ticket_id, e.reason FROM ticket_exclusion e
        WHERE e.district_id = district AND e.from_at <= as_of AND (e.until_at IS NULL OR e.until_at > as_of)
    ) x ON x.ticket_id = o.ticket_id
    CROSS JOIN LATERAL (
        SELECT completion_cause(o.first_outcome, o.info_twice_at, o.reopened_at, o.re_reported_at, o.dissatisfied_at,
            as_of) AS cause) b
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
$$;

-- Resolution due in the period, past due, and not resolved.
CREATE FUNCTION completion_overdue(district uuid, period_start timestamptz, period_end timestamptz, as_of timestamptz)
RETURNS TABLE (ticket_id uuid, ticket_no text, organization_id uuid, service_item_code text, segment text,
    place_id uuid, place_path uuid[], channel text, measure text, cause text, confirmed boolean, at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT o.ticket_id, o.ticket_no, o.organization_id, o.service_item_code, o.segment, o.place_id, o.place_path,
           o.channel, 'overdue_unresolved', NULL::text, false, d.due_at
    FROM ticket_due d
    JOIN ticket_outcome o ON o.district_id = d.district_id AND o.ticket_id = d.ticket_id
    WHERE d.district_id = district AND d.due_at >= period_start AND d.due_at < period_end AND d.due_at < as_of
      AND d.from_at <= as_of AND (d.until_at IS NULL OR d.until_at > as_of)
      AND (o.first_resolved_at IS NULL OR o.first_resolved_at > as_of)
      AND (o.cancelled_at IS NULL OR o.cancelled_at > as_of)
      AND (o.merged_at IS NULL OR o.merged_at > as_of)
$$;

CREATE OR REPLACE FUNCTION one_time_completion(
    district uuid, period_start timestamptz, period_end timestamptz, as_of timestamptz)
RETURNS TABLE (ticket_id uuid, ticket_no text, organization_id uuid, service_item_code text, segment text,
    place_id uuid, place_path uuid[], channel text, measure text, cause text, confirmed boolean, at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT c.ticket_id, c.ticket_no, c.organization_id, c.service_item_code, c.segment, c.place_id, c.place_path,
           c.channel, c.measure, c.cause, c.confirmed, c.at
    FROM completion_cohort(district, period_start, period_end, as_of) c
    UNION ALL
    SELECT d.ticket_id, d.ticket_no, d.organization_id, d.service_item_code, d.segment, d.place_id, d.place_path,
           d.channel, d.measure, d.cause, d.confirmed, d.at
    FROM completion_overdue(district, period_start, period_end, as_of) d
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

-- The roll-up. A ticket stands in it once at most: where it will count when its window is over if nothing more happens.
-- Whether the window is over, and whether a due time has passed, is seen from the day when the figures are read.

-- What became of a ticket's standing with one of its events: -1 for what it was, 1 for what it is. Rows are only added, so
-- that two tickets of the same organization never wait for each other; they are folded into days later.
CREATE TABLE completion_delta (
    district_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    n int NOT NULL CHECK (n IN (-1, 1)),
    -- when it changed
    at timestamptz(3) NOT NULL,
    organization_id uuid NOT NULL,
    place_path uuid[] NOT NULL,
    segment text NOT NULL,
    measure text NOT NULL,
    -- '' for none
    cause text NOT NULL,
    confirmed boolean NOT NULL,
    -- the instant by which it belongs to a period
    counted_at timestamptz(3) NOT NULL,
    PRIMARY KEY (district_id, id)
);

CREATE TABLE completion_day (
    district_id uuid NOT NULL,
    -- of counted_at, in the district's zone
    day date NOT NULL,
    organization_id uuid NOT NULL,
    place_path uuid[] NOT NULL,
    segment text NOT NULL,
    measure text NOT NULL,
    cause text NOT NULL,
    confirmed boolean NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (district_id, day, organization_id, place_path, segment, measure, cause, confirmed) INCLUDE (n)
);

-- The same by months, of which a period mostly consists: a month has hardly more cells than a day, and as many however many
-- tickets there are.
CREATE TABLE completion_month (
    district_id uuid NOT NULL,
    -- its first day
    month date NOT NULL,
    organization_id uuid NOT NULL,
    place_path uuid[] NOT NULL,
    segment text NOT NULL,
    measure text NOT NULL,
    cause text NOT NULL,
    confirmed boolean NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (district_id, month, organization_id, place_path, segment, measure, cause, confirmed) INCLUDE (n)
);

-- Until when days and months hold everything: as of an earlier instant they say nothing.
CREATE TABLE completion_fold (
    district_id uuid PRIMARY KEY REFERENCES district,
    folded_through timestamptz(3) NOT NULL
);

CREATE FUNCTION first_of_month(day date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT date_trunc('month', day::timestamp)::date
$$;

CREATE TYPE completion_standing AS (measure text, cause text, confirmed boolean, counted_at timestamptz(3));

CREATE FUNCTION standing_of(t ticket) RETURNS completion_standing LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    cause text;
BEGIN
    IF t.first_resolved_at IS NOT NULL THEN
        IF t.exclusion_reason IS NOT NULL THEN
            RETURN ROW('excluded', t.exclusion_reason, false, t.first_resolved_at)::completion_standing;
        END IF;
        cause := completion_cause(t.first_outcome, t.info_twice_at, t.reopened_at, t.re_reported_at, t.dissatisfied_at,
            'infinity');
        IF cause IS NOT NULL THEN
            RETURN ROW('broken', cause, false, t.first_resolved_at)::completion_standing;
        END IF;
        RETURN ROW('one_time', '', t.confirmed_at IS NOT NULL, t.first_resolved_at)::completion_standing;
    ELSIF t.cancelled_at IS NOT NULL THEN
        RETURN ROW('withdrawn', '', false, t.cancelled_at)::completion_standing;
    ELSIF t.merged_at IS NOT NULL THEN
        RETURN ROW('duplicate', '', false, t.merged_at)::completion_standing;
    ELSIF t.resolution_due_at IS NOT NULL THEN
        RETURN ROW('overdue_unresolved', '', false, t.resolution_due_at)::completion_standing;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION note_completion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was completion_standing;
    is_now completion_standing := standing_of(NEW);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        was := standing_of(OLD);
    END IF;
    IF was IS DISTINCT FROM is_now THEN
        INSERT INTO completion_delta (district_id, n, at, organization_id, place_path, segment, measure, cause,
            confirmed, counted_at)
        SELECT NEW.district_id, s.n, NEW.last_at, NEW.routed_org_id, NEW.place_path,
            segment_of(NEW.service_item_kind),
            s.measure, s.cause, s.confirmed, s.counted_at
        FROM (VALUES (was.measure, was.cause, was.confirmed, was.counted_at, -1),
            (is_now.measure, is_now.cause, is_now.confirmed, is_now.counted_at, 1))
            AS s (measure, cause, confirmed, counted_at, n)
        WHERE s.measure IS NOT NULL;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER ticket_completion_begins AFTER INSERT ON ticket FOR EACH ROW EXECUTE FUNCTION note_completion();
CREATE TRIGGER ticket_completion_changes AFTER UPDATE ON ticket FOR EACH ROW
    WHEN ((OLD.first_resolved_at, OLD.exclusion_reason, OLD.info_twice_at, OLD.reopened_at, OLD.re_reported_at,
           OLD.dissatisfied_at, OLD.confirmed_at, OLD.cancelled_at, OLD.merged_at, OLD.resolution_due_at)
        IS DISTINCT FROM
          (NEW.first_resolved_at, NEW.exclusion_reason, NEW.info_twice_at, NEW.reopened_at, NEW.re_reported_at,
           NEW.dissatisfied_at, NEW.confirmed_at, NEW.cancelled_at, NEW.merged_at, NEW.resolution_due_at))
    EXECUTE FUNCTION note_completion();

-- Moves what happened until an instant from the deltas into the days and months. Nobody may still be writing from before it;
-- who is late all the same is counted, since what is left among the deltas counts as well.
CREATE FUNCTION fold_completion(district uuid, until_at timestamptz) RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO completion_fold (district_id, folded_through) VALUES (district, until_at)
    ON CONFLICT (district_id) DO UPDATE
        SET folded_through = greatest(completion_fold.folded_through, EXCLUDED.folded_through);

    WITH zone AS (
        SELECT d.zone FROM district d WHERE d.id = district
    ), taken AS (
        DELETE FROM completion_delta c WHERE c.district_id = district AND c.at <= until_at
        RETURNING c.organization_id, c.place_path, c.segment, c.measure, c.cause, c.confirmed, c.counted_at, c.n
    ), summed AS (
        SELECT (t.counted_at AT TIME ZONE z.zone)::date AS day, t.organization_id, t.place_path, t.segment,
            t.measure, t.cause, t.confirmed, sum(t.n) AS n
        FROM taken t CROSS JOIN zone z
        GROUP BY 1, 2, 3, 4, 5, 6, 7
    ), by_day AS (
        INSERT INTO completion_day (district_id, day, organization_id, place_path, segment, measure, cause, confirmed, n)
        SELECT district, s.day, s.organization_id, s.place_path, s.segment, s.measure, s.cause, s.confirmed, s.n
        FROM summed s
        WHERE s.n <> 0
        ORDER BY 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT (district_id, day, organization_id, place_path, segment, measure, cause, confirmed) DO UPDATE
            SET n = completion_day.n + EXCLUDED.n
    ), by_month AS (
        INSERT INTO completion_month (district_id, month, organization_id, place_path, segment, measure, cause, confirmed, n)
        SELECT district, first_of_month(s.day), s.organization_id, s.place_path, s.segment, s.measure, s.cause,
            s.confirmed, sum(s.n)
        FROM summed s
        GROUP BY 2, 3, 4, 5, 6, 7, 8
        HAVING sum(s.n) <> 0
        ORDER BY 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT (district_id, month, organization_id, place_path, segment, measure, cause, confirmed) DO UPDATE
            SET n = completion_month.n + EXCLUDED.n
    )
    SELECT count(*) FROM taken;
$$;

-- Makes a district's roll-up anew from its tickets: for those who restored or repaired something.
CREATE FUNCTION rebuild_completion(district uuid) RETURNS void LANGUAGE sql AS $$
    LOCK TABLE ticket IN SHARE MODE;
    DELETE FROM completion_delta WHERE district_id = district;
    DELETE FROM completion_day WHERE district_id = district;
    DELETE FROM completion_month WHERE district_id = district;
    INSERT INTO completion_day (district_id, day, organization_id, place_path, segment, measure, cause, confirmed, n)
    SELECT district, (s.counted_at AT TIME ZONE d.zone)::date AS day, t.routed_org_id, t.place_path,
        segment_of(t.service_item_kind),
        s.measure, s.cause, s.confirmed, count(*)
    FROM ticket t
    JOIN district d ON d.id = t.district_id
    CROSS JOIN LATERAL standing_of(t) s
    WHERE t.district_id = district AND s.measure IS NOT NULL
    GROUP BY 2, 3, 4, 5, 6, 7, 8;
    INSERT INTO completion_month (district_id, month, organization_id, place_path, segment, measure, cause, confirmed, n)
    SELECT district, first_of_month(c.day), c.organization_id, c.place_path, c.segment, c.measure, c.cause, c.confirmed,
        sum(c.n)
    FROM completion_day c
    WHERE c.district_id = district
    GROUP BY 2, 3, 4, 5, 6, 7, 8;
    INSERT INTO completion_fold (district_id, folded_through)
    SELECT district, max(t.last_at) FROM ticket t WHERE t.district_id = district HAVING max(t.last_at) IS NOT NULL
    ON CONFLICT (district_id) DO UPDATE SET folded_through = EXCLUDED.folded_through;
$$;

-- The days of a period, as of an instant that is not before the last fold. Two days cannot be told as a whole: in one the
-- windows are just ending, and in the other due times are just passing; their tickets are looked at one by one. Months
-- whose windows are all over are told as a whole, as their first day.
CREATE FUNCTION completion_by_day(
    district uuid, period_start timestamptz, period_end timestamptz, as_of timestamptz, zone text)
RETURNS TABLE (day date, organization_id uuid, place_path uuid[], segment text, measure text, cause text,
    confirmed boolean, n bigint)
LANGUAGE sql STABLE AS $$
    WITH edge AS (
        SELECT d.first, d.after, d.maturing, d.today,
            d.maturing::timestamp AT TIME ZONE zone AS maturing_from,
            (d.maturing + 1)::timestamp AT TIME ZONE zone AS maturing_until,
            d.today::timestamp AT TIME ZONE zone AS today_from, (d.today + 1)::timestamp AT TIME ZONE zone AS today_until,
            -- the whole months; none where both are the same
            m.first AS first_month, greatest(m.first, m.after) AS after_months
        FROM (
            SELECT (period_start AT TIME ZONE zone)::date AS first, (period_end AT TIME ZONE zone)::date AS after,
                ((as_of - interval '168 hours') AT TIME ZONE zone)::date AS maturing, (as_of AT TIME ZONE zone)::date AS today
        ) d
        CROSS JOIN LATERAL (
            SELECT (first_of_month(d.first - 1) + interval '1 month')::date AS first,
                first_of_month(least(d.after, d.maturing)) AS after
        ) m
    ), standing AS (
        SELECT d.month AS day, d.organization_id, d.place_path, d.segment, d.measure, d.cause, d.confirmed, d.n
        FROM edge e
        JOIN completion_month d ON d.district_id = district AND d.month >= e.first_month AND d.month < e.after_months
        UNION ALL
        SELECT d.day, d.organization_id, d.place_path, d.segment, d.measure, d.cause, d.confirmed, d.n
        FROM edge e
        JOIN completion_day d ON d.district_id = district AND d.day >= e.first AND d.day < least(e.first_month, e.after)
        UNION ALL
        SELECT d.day, d.organization_id, d.place_path, d.segment, d.measure, d.cause, d.confirmed, d.n
        FROM edge e
        JOIN completion_day d ON d.district_id = district AND d.day >= e.after_months AND d.day < e.after
        UNION ALL
        SELECT (c.counted_at AT TIME ZONE zone)::date, c.organization_id, c.place_path, c.segment, c.measure, c.cause,
            c.confirmed, c.n
        FROM completion_delta c
        WHERE c.district_id = district AND c.at <= as_of
          AND c.counted_at >= period_start AND c.counted_at < period_end
    )
    SELECT s.day, s.organization_id, s.place_path, s.segment,
        CASE WHEN k.in_cohort AND s.day > e.maturing THEN 'provisional' ELSE s.measure END,
        CASE WHEN k.in_cohort AND s.day > e.maturing OR s.cause = '' THEN NULL ELSE s.cause END,
        s.confirmed AND s.day <= e.maturing,
        s.n
    FROM standing s
    CROSS JOIN edge e
    CROSS JOIN LATERAL (SELECT s.measure IN ('one_time', 'broken', 'excluded') AS in_cohort) k
    WHERE NOT (k.in_cohort AND s.day = e.maturing) AND NOT (s.measure = 'overdue_unresolved' AND s.day >= e.today)
    UNION ALL
    SELECT e.maturing, f.organization_id, f.place_path, f.segment, f.measure, f.cause, f.confirmed, 1
    FROM edge e
    CROSS JOIN LATERAL completion_cohort(
        district, greatest(period_start, e.maturing_from), least(period_end, e.maturing_until), as_of) f
    UNION ALL
    SELECT e.today, f.organization_id, f.place_path, f.segment, f.measure, f.cause, f.confirmed, 1
    FROM edge e
    CROSS JOIN LATERAL completion_overdue(
        district, greatest(period_start, e.today_from), least(period_end, e.today_until), as_of) f
$$;

-- Every district folds, whoever makes the district. Each run leaves the next.
CREATE FUNCTION district_folds_completion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
    VALUES (NEW.id, gen_random_uuid(), 'fold_completion', NEW.id, '{}', now());
    RETURN NULL;
END
$$;

CREATE TRIGGER district_folds_completion AFTER INSERT ON district
    FOR EACH ROW EXECUTE FUNCTION district_folds_completion();

INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
SELECT id, gen_random_uuid(), 'fold_completion', id, '{}', now() FROM district;

SELECT rebuild_completion(id) FROM district;
