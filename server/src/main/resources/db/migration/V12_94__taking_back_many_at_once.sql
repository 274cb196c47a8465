-- What imports wrote is taken back many at once, and never from under whoever rests something on it in that moment: whoever
-- does holds the resident (FOR KEY SHARE, as a foreign key does), and whoever takes back locks them before judging. What a
-- foreign key does not hold is listed in a test.

DROP FUNCTION take_back_household(uuid, uuid, text);
DROP FUNCTION take_back_resident(uuid, uuid, text, uuid, text);
DROP FUNCTION take_back_addition(uuid, uuid, text, text, text, uuid, text, timestamptz);
DROP FUNCTION has_lived_here(uuid, uuid);
-- Each question is asked by an index for each row: OFFSET 0 keeps it from being asked once for the whole district, which the
-- planner thinks small as long as it knows nothing of it.

-- Takes households away that an import made; tells which are gone: not those that have changed or on which anything rests.
CREATE FUNCTION take_back_households(of_district uuid, made uuid[], made_seen text[]) RETURNS SETOF uuid
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM household h WHERE h.district_id = of_district AND h.id = ANY (made) ORDER BY h.id FOR UPDATE;
    RETURN QUERY
    WITH fit AS MATERIALIZED (
        SELECT k.id
        FROM unnest(made, made_seen) AS k (id, seen)
        CROSS JOIN LATERAL (
            SELECT imprint(to_jsonb(h)) AS now_seen FROM household h
            WHERE h.district_id = of_district AND h.id = k.id
            LIMIT 1) AS h
        WHERE h.now_seen = k.seen
          AND NOT EXISTS (
              SELECT 1 FROM household_member m WHERE m.district_id = of_district AND m.household_id = k.id OFFSET 0)
          AND NOT EXISTS (
              SELECT 1 FROM ticket t WHERE t.district_id = of_district AND t.household_id = k.id OFFSET 0))
    DELETE FROM household h
    WHERE h.district_id = of_district AND h.id = ANY (ARRAY(SELECT fit.id FROM fit))
    RETURNING h.id;
END
$$;

-- Nobody rests anything on these any more, or changes where they live, before the transaction ends.
CREATE FUNCTION hold_residents(of_district uuid, who uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM resident r WHERE r.district_id = of_district AND r.id = ANY (who) ORDER BY r.id FOR UPDATE;
    PERFORM 1 FROM household_member m
    WHERE m.district_id = of_district AND m.resident_id = ANY (who) ORDER BY m.id FOR UPDATE;
END
$$;

-- Takes residents away whom an import registered, each with the home that it gave them; tells who is gone: nobody who has
-- changed since or of whom anything is on record but that they are registered, where they live, and who looked at it.
-- Whoever does anything by themself logs in. The person stays, as of the erased: an id that says nothing of them.
CREATE FUNCTION take_back_residents(of_district uuid, made uuid[], made_seen text[], homes uuid[], homes_seen text[])
RETURNS SETOF uuid LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hold_residents(of_district, made);
    RETURN QUERY
    WITH fit AS MATERIALIZED (
        SELECT k.id
        FROM unnest(made, made_seen, homes, homes_seen) AS k (id, seen, home, home_seen)
        CROSS JOIN LATERAL (
            SELECT imprint(to_jsonb(r)) AS now_seen FROM resident r
            WHERE r.district_id = of_district AND r.id = k.id
            LIMIT 1) AS r
        WHERE r.now_seen = k.seen AND NOT EXISTS (
                SELECT 1 FROM household_member m
                WHERE m.district_id = of_district AND m.resident_id = k.id
                  AND (m.household_id = k.home AND imprint(to_jsonb(m)) = k.home_seen) IS NOT TRUE OFFSET 0)
          -- any booking: in two questions, as it has two indexes
          AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.district_id = of_district AND b.diner_id = k.id
              AND b.status NOT IN ('cancelled', 'expired') OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.district_id = of_district AND b.diner_id = k.id
              AND b.status IN ('cancelled', 'expired') OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.district_id = of_district AND t.reporter_id = k.id OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM ticket_co_reporter t WHERE t.district_id = of_district AND t.person_id = k.id OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM mandate m WHERE m.district_id = of_district AND m.grantor_id = k.id OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.district_id = of_district AND n.recipient_id = k.id OFFSET 0)
          AND NOT EXISTS (
              SELECT 1 FROM notification_consent c WHERE c.district_id = of_district AND c.person_id = k.id OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM resident_change c WHERE c.district_id = of_district AND c.resident_id = k.id OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM resident_claim c WHERE c.district_id = of_district AND c.claimant_id = k.id OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM resident_claim c WHERE c.district_id = of_district AND c.record_id = k.id OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM resident m WHERE m.district_id = of_district AND m.merged_into_id = k.id OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM wechat_login w WHERE w.person_id = k.id OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM staff_login s WHERE s.person_id = k.id OFFSET 0)
    ), moved AS (
        DELETE FROM household_member m
        WHERE m.district_id = of_district AND m.resident_id = ANY (ARRAY(SELECT fit.id FROM fit))
    ), gone AS (
        DELETE FROM resident r
        WHERE r.district_id = of_district AND r.id = ANY (ARRAY(SELECT fit.id FROM fit))
        RETURNING r.id
    ), left_here AS (
        DELETE FROM person_district p
        WHERE p.district_id = of_district AND p.person_id = ANY (ARRAY(SELECT gone.id FROM gone))
    )
    SELECT gone.id FROM gone;
END
$$;

-- Takes away from residents, each named once, what an import added: a number, a birth date, that it was verified, a home.
-- Each with what it was then, or null where it was not added; of each all or nothing. Tells of whom. A meal that was booked
-- since, or got its place since, may rest on the birth date.
CREATE FUNCTION take_back_additions(of_district uuid, who uuid[], phones_seen text[], births_seen text[],
    verified_seen text[], homes uuid[], homes_seen text[], since timestamptz) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hold_residents(of_district, who);
    RETURN QUERY
    WITH fit AS MATERIALIZED (
        SELECT k.id, k.phone IS NOT NULL AS phone, k.birth IS NOT NULL AS birth, k.verified IS NOT NULL AS verified,
            m.id AS entry
        FROM unnest(who, phones_seen, births_seen, verified_seen, homes, homes_seen)
            AS k (id, phone, birth, verified, home, home_seen)
        CROSS JOIN LATERAL (
            SELECT r.erased_at, r.phone_sealed, r.birth_date_sealed, r.birth_date_verified FROM resident r
            WHERE r.district_id = of_district AND r.id = k.id
            LIMIT 1) AS r
        LEFT JOIN LATERAL (
            SELECT m.id FROM household_member m
            WHERE m.district_id = of_district AND m.resident_id = k.id AND m.household_id = k.home
              AND imprint(to_jsonb(m)) = k.home_seen
            LIMIT 1) AS m ON true
        WHERE r.erased_at IS NULL
          AND (k.phone IS NULL OR encode(sha256(r.phone_sealed), 'hex') = k.phone)
          AND (k.birth IS NULL OR encode(sha256(r.birth_date_sealed), 'hex') = k.birth
              AND (k.verified IS NOT NULL OR NOT r.birth_date_verified))
          AND (k.verified IS NULL OR r.birth_date_verified AND encode(sha256(r.birth_date_sealed), 'hex') = k.verified)
          AND (k.birth IS NULL AND k.verified IS NULL OR NOT EXISTS (
                SELECT 1 FROM booking b WHERE b.district_id = of_district AND b.diner_id = k.id
                  AND b.status NOT IN ('cancelled', 'expired') AND greatest(b.created_at, b.booked_at) >= since OFFSET 0))
          AND (k.home IS NULL OR NOT EXISTS (
                SELECT 1 FROM ticket t
                WHERE t.district_id = of_district AND t.reporter_id = k.id AND t.household_id = k.home OFFSET 0))
          AND (k.home IS NULL OR m.id IS NOT NULL)
          -- what another entry of the same person brought stands on what was added here
          AND NOT EXISTS (SELECT 1 FROM resident m WHERE m.district_id = of_district AND m.merged_into_id = k.id
              AND m.erased_at >= since OFFSET 0)
    ), moved AS (
        DELETE FROM household_member m
        WHERE m.district_id = of_district AND m.id = ANY (ARRAY(SELECT fit.entry FROM fit WHERE fit.entry IS NOT NULL))
    ), took AS MATERIALIZED (
        SELECT coalesce(array_agg(fit.id) FILTER (WHERE fit.phone), '{}') AS phones,
            coalesce(array_agg(fit.id) FILTER (WHERE fit.birth), '{}') AS births,
            coalesce(array_agg(fit.id) FILTER (WHERE fit.verified), '{}') AS verifications
        FROM fit
    )
    UPDATE resident r SET
        phone_sealed = CASE WHEN r.id = ANY (took.phones) THEN NULL ELSE r.phone_sealed END,
        phone_index = CASE WHEN r.id = ANY (took.phones) THEN NULL ELSE r.phone_index END,
        birth_date_sealed = CASE WHEN r.id = ANY (took.births) THEN NULL ELSE r.birth_date_sealed END,
        birth_date_verified = r.birth_date_verified AND r.id <> ALL (took.verifications),
        version = r.version + (r.id = ANY (took.births || took.verifications))::int
    FROM took
    WHERE r.district_id = of_district AND r.id = ANY (ARRAY(SELECT fit.id FROM fit))
    RETURNING r.id;
END
$$;
