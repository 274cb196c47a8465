-- Rows that may be about somebody who is here are asked about one by one, and what an import wrote can be taken back.

ALTER TABLE roster_import
    DROP CONSTRAINT roster_import_failure_check,
    ADD CONSTRAINT roster_import_failure_check
        CHECK (failure IN ('bad_rows', 'doubtful_rows', 'given_up', 'import_changed', 'starter_gone')),
    ADD COLUMN undone_by_id uuid REFERENCES person,
    ADD COLUMN undo_started_at timestamptz(3),
    ADD COLUMN undo_finished_at timestamptz(3),
    ADD CONSTRAINT roster_import_undo CHECK ((undone_by_id IS NULL) = (undo_started_at IS NULL)
        AND (undo_finished_at IS NULL OR undo_started_at IS NOT NULL) AND NOT (dry_run AND undone_by_id IS NOT NULL));
CREATE INDEX roster_import_undoer ON roster_import (undone_by_id) WHERE undone_by_id IS NOT NULL;

ALTER TABLE roster_import_row
    DROP CONSTRAINT roster_import_row_outcome_check,
    ADD CONSTRAINT roster_import_row_outcome_check
        CHECK (outcome IN ('created', 'changed', 'unchanged', 'bad', 'doubtful', 'left_out')),
    -- whom it may be about
    ADD COLUMN candidates uuid[] NOT NULL DEFAULT '{}',
    -- in what another row of the file that is the same makes it doubtful
    ADD COLUMN doubt_key_index bytea,
    ADD COLUMN decision text CHECK (decision IN ('new', 'same', 'left_out')),
    ADD COLUMN decided_resident_id uuid,
    ADD CONSTRAINT roster_import_row_decided CHECK ((decision IS NOT DISTINCT FROM 'same') = (decided_resident_id IS NOT NULL)),
    -- what was written: ids, and hashes by which it is known whether it is still so
    ADD COLUMN trace jsonb,
    ADD COLUMN undone boolean;
CREATE INDEX roster_import_row_doubt_key ON roster_import_row (district_id, import_id, doubt_key_index)
    WHERE doubt_key_index IS NOT NULL;
CREATE INDEX roster_import_row_decided ON roster_import_row (district_id, import_id, row) WHERE decision IS NOT NULL;
CREATE INDEX roster_import_row_not_undone ON roster_import_row (district_id, import_id, row DESC)
    WHERE written AND undone IS NULL;

-- Of a row of a table, without what counts its versions: they go on when something is taken back.
CREATE FUNCTION imprint(of jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to((of - 'version' - 'name_version')::text, 'UTF8')), 'hex')
$$;

-- Takes a household away that an import made; false where it has changed or anything has come to rest on it.
CREATE FUNCTION take_back_household(district uuid, household uuid, seen text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM household h WHERE h.district_id = district AND h.id = household AND imprint(to_jsonb(h)) = seen;
    RETURN FOUND;
EXCEPTION WHEN foreign_key_violation THEN
    RETURN false;
END
$$;

-- Whether anything is on record of somebody but that they are registered, where they live, and who looked at it. Whoever does
-- anything by themself logs in.
CREATE FUNCTION has_lived_here(district uuid, who uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM booking b WHERE b.district_id = district AND b.diner_id = who
            AND b.status NOT IN ('cancelled', 'expired'))
        OR EXISTS (SELECT 1 FROM booking b WHERE b.district_id = district AND b.diner_id = who
            AND b.status IN ('cancelled', 'expired'))
        OR EXISTS (SELECT 1 FROM ticket t WHERE t.district_id = district AND t.reporter_id = who)
        OR EXISTS (SELECT 1 FROM ticket_co_reporter t WHERE t.district_id = district AND t.person_id = who)
        OR EXISTS (SELECT 1 FROM mandate m WHERE m.district_id = district AND m.grantor_id = who)
        OR EXISTS (SELECT 1 FROM notification n WHERE n.district_id = district AND n.recipient_id = who)
        OR EXISTS (SELECT 1 FROM wechat_login w WHERE w.person_id = who)
        OR EXISTS (SELECT 1 FROM staff_login s WHERE s.person_id = who)
$$;

-- Takes somebody away whom an import registered, with the home ($4) that it gave them.
CREATE FUNCTION take_back_resident(district uuid, who uuid, seen text, home uuid, home_seen text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF has_lived_here(district, who) THEN
        RETURN false;
    END IF;
    IF home IS NOT NULL THEN
        DELETE FROM household_member m
        WHERE m.district_id = district AND m.resident_id = who AND m.household_id = home
          AND imprint(to_jsonb(m)) = home_seen;
    END IF;
    DELETE FROM resident r WHERE r.district_id = district AND r.id = who AND imprint(to_jsonb(r)) = seen;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'it is not as it was' USING ERRCODE = 'foreign_key_violation';
    END IF;
    DELETE FROM person_district p WHERE p.district_id = district AND p.person_id = who;
    -- the person stays, as of the erased: an id that says nothing of them, which who looked at them is on record with
    RETURN true;
EXCEPTION WHEN foreign_key_violation THEN
    RETURN false;
END
$$;

-- Takes away from somebody what an import added: a number, a birth date, that it was verified, a home. Each with what it was
-- then, or null where it was not added; all or nothing. A booking made since may rest on the birth date.
CREATE FUNCTION take_back_addition(district uuid, who uuid, phone_seen text, birth_seen text, verified_seen text, home uuid,
    home_seen text, since timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF (birth_seen IS NOT NULL OR verified_seen IS NOT NULL) AND EXISTS (
            SELECT 1 FROM booking b WHERE b.district_id = district AND b.diner_id = who AND b.created_at >= since
              AND b.status NOT IN ('cancelled', 'expired')) THEN
        RETURN false;
    END IF;
    IF home IS NOT NULL AND EXISTS (
            SELECT 1 FROM ticket t WHERE t.district_id = district AND t.household_id = home AND t.reporter_id = who) THEN
        RETURN false;
    END IF;
    UPDATE resident r SET
        phone_sealed = CASE WHEN phone_seen IS NULL THEN r.phone_sealed END,
        phone_index = CASE WHEN phone_seen IS NULL THEN r.phone_index END,
        birth_date_sealed = CASE WHEN birth_seen IS NULL THEN r.birth_date_sealed END,
        birth_date_verified = r.birth_date_verified AND verified_seen IS NULL,
        version = r.version + (birth_seen IS NOT NULL OR verified_seen IS NOT NULL)::int
    WHERE r.district_id = district AND r.id = who AND r.erased_at IS NULL
      AND (phone_seen IS NULL OR encode(sha256(r.phone_sealed), 'hex') = phone_seen)
      AND (birth_seen IS NULL OR encode(sha256(r.birth_date_sealed), 'hex') = birth_seen
          AND (verified_seen IS NOT NULL OR NOT r.birth_date_verified))
      AND (verified_seen IS NULL OR r.birth_date_verified AND encode(sha256(r.birth_date_sealed), 'hex') = verified_seen);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF home IS NOT NULL THEN
        DELETE FROM household_member m
        WHERE m.district_id = district AND m.resident_id = who AND m.household_id = home
          AND imprint(to_jsonb(m)) = home_seen;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'it is not as it was' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN true;
EXCEPTION WHEN foreign_key_violation THEN
    RETURN false;
END
$$;
