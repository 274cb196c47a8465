-- What imports wrote is taken back many at once, and never from under whoever rests something on it in that moment: whoever
-- does holds the resident (FOR KEY SHARE, as a foreign key does), and whoever takes back locks them before judging. What a
-- foreign key does not hold is listed in a test.

DROP FUNCTION take_back_household(uuid, uuid, text);
DROP FUNCTION take_back_resident(uuid, uuid, text, uuid, text);
DROP FUNCTION take_back_addition(uuid, uuid, text, text, text, uuid, text, timestamptz);
DROP FUNCTION has_lived_here(uuid, uuid);

-- Takes households away that an import made; tells which are gone: not those that have changed or on which anything rests.
CREATE FUNCTION take_back_households(of_district uuid, made uuid[], made_seen text[]) RETURNS SETOF uuid
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM household h WHERE h.district_id = of_district AND h.id = ANY (made) ORDER BY h.id FOR UPDATE;
    RETURN QUERY
    DELETE FROM household h
    USING unnest(made, made_seen) AS k (id, seen)
    WHERE h.district_id = of_district AND h.id = k.id AND h.id = ANY (made) AND imprint(to_jsonb(h)) = k.seen
      AND NOT EXISTS (
          SELECT 1 FROM household_member m WHERE m.district_id = of_district AND m.household_id = k.id)
      AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.district_id = of_district AND t.household_id = k.id)
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
        SELECT k.id, k.home
        FROM unnest(made, made_seen, homes, homes_seen) AS k (id, seen, home, home_seen)
        JOIN resident r ON r.district_id = of_district AND r.id = k.id AND imprint(to_jsonb(r)) = k.seen
        WHERE NOT EXISTS (
                SELECT 1 FROM household_member m
                WHERE m.district_id = of_district AND m.resident_id = k.id
                  AND (m.household_id = k.home AND imprint(to_jsonb(m)) = k.home_seen) IS NOT TRUE)
          -- any booking: in two questions, as it has two indexes
          AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.district_id = of_district AND b.diner_id = k.id
              AND b.status NOT IN ('cancelled', 'expired'))
          AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.district_id = of_district AND b.diner_id = k.id
              AND b.status IN ('cancelled', 'expired'))
          AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.district_id = of_district AND t.reporter_id = k.id)
          AND NOT EXISTS (SELECT 1 FROM ticket_co_reporter t WHERE t.district_id = of_district AND t.person_id = k.id)
          AND NOT EXISTS (SELECT 1 FROM mandate m WHERE m.district_id = of_district AND m.grantor_id = k.id)
          AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.district_id = of_district AND n.recipient_id = k.id)
          AND NOT EXISTS (
              SELECT 1 FROM notification_consent c WHERE c.district_id = of_district AND c.person_id = k.id)
          AND NOT EXISTS (SELECT 1 FROM resident_change c WHERE c.district_id = of_district AND c.resident_id = k.id)
          AND NOT EXISTS (SELECT 1 FROM resident_claim c WHERE c.district_id = of_district AND c.claimant_id = k.id)
          AND NOT EXISTS (SELECT 1 FROM resident_claim c WHERE c.district_id = of_district AND c.record_id = k.id)
          AND NOT EXISTS (SELECT 1 FROM resident m WHERE m.district_id = of_district AND m.merged_into_id = k.id)
          AND NOT EXISTS (SELECT 1 FROM wechat_login w WHERE w.person_id = k.id)
          AND NOT EXISTS (SELECT 1 FROM staff_login s WHERE s.person_id = k.id)
    ), moved AS (
        DELETE FROM household_member m USING fit
        WHERE m.district_id = of_district AND m.resident_id = fit.id AND m.household_id = fit.home
          AND m.resident_id = ANY (made)
    ), gone AS (
        DELETE FROM resident r USING fit
        WHERE r.district_id = of_district AND r.id = fit.id AND r.id = ANY (made)
        RETURNING r.id
    ), left_here AS (
        DELETE FROM person_district p USING gone WHERE p.district_id = of_district AND p.person_id = gone.id
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
        SELECT k.id, k.phone, k.birth, k.verified, k.home
        FROM unnest(who, phones_seen, births_seen, verified_seen, homes, homes_seen)
            AS k (id, phone, birth, verified, home, home_seen)
        JOIN resident r ON r.district_id = of_district AND r.id = k.id AND r.erased_at IS NULL
          AND (k.phone IS NULL OR encode(sha256(r.phone_sealed), 'hex') = k.phone)
          AND (k.birth IS NULL OR encode(sha256(r.birth_date_sealed), 'hex') = k.birth
              AND (k.verified IS NOT NULL OR NOT r.birth_date_verified))
          AND (k.verified IS NULL OR r.birth_date_verified AND encode(sha256(r.birth_date_sealed), 'hex') = k.verified)
        WHERE (k.birth IS NULL AND k.verified IS NULL OR NOT EXISTS (
                SELECT 1 FROM booking b WHERE b.district_id = of_district AND b.diner_id = k.id
                  AND b.status NOT IN ('cancelled', 'expired') AND greatest(b.created_at, b.booked_at) >= since))
          AND (k.home IS NULL OR NOT EXISTS (
                SELECT 1 FROM ticket t
                WHERE t.district_id = of_district AND t.reporter_id = k.id AND t.household_id = k.home))
          AND (k.home IS NULL OR EXISTS (
                SELECT 1 FROM household_member m
                WHERE m.district_id = of_district AND m.resident_id = k.id AND m.household_id = k.home
                  AND imprint(to_jsonb(m)) = k.home_seen))
    ), moved AS (
        DELETE FROM household_member m USING fit
        WHERE m.district_id = of_district AND m.resident_id = fit.id AND m.household_id = fit.home
          AND m.resident_id = ANY (who)
    )
    UPDATE resident r SET
        phone_sealed = CASE WHEN fit.phone IS NULL THEN r.phone_sealed END,
        phone_index = CASE WHEN fit.phone IS NULL THEN r.phone_index END,
        birth_date_sealed = CASE WHEN fit.birth IS NULL THEN r.birth_date_sealed END,
        birth_date_verified = r.birth_date_verified AND fit.verified IS NULL,
        version = r.version + (fit.birth IS NOT NULL OR fit.verified IS NOT NULL)::int
    FROM fit
    WHERE r.district_id = of_district AND r.id = fit.id AND r.id = ANY (who)
    RETURNING r.id;
END
$$;
