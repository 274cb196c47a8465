-- What is done with personal data itself: looked at unmasked, changed, erased.

-- From then on the row is a pseudonym: nothing personal is left in it, and nobody logs in as it any more.
ALTER TABLE resident ADD COLUMN erased_at timestamptz(3);

-- Who read somebody's data in full, and why. The words of the reason go when the subject is erased; the rest stays.
CREATE TABLE unmasking (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    actor_id uuid NOT NULL REFERENCES person,
    -- the role in which it was allowed
    role text NOT NULL,
    subject_id uuid NOT NULL REFERENCES person,
    ticket_id uuid,
    -- where the ticket or the subject's home lay then: who supervises that reads the entry
    place_path uuid[] NOT NULL,
    fields text[] NOT NULL CHECK (cardinality(fields) > 0),
    -- absent where it is the case itself that is handled
    reason_sealed bytea,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, ticket_id) REFERENCES ticket
);
CREATE INDEX unmasking_newest ON unmasking (district_id, at DESC, id DESC);
CREATE INDEX unmasking_subject ON unmasking (district_id, subject_id, at DESC, id DESC);
CREATE INDEX unmasking_actor ON unmasking (district_id, actor_id, at DESC, id DESC);

-- Who changed what of a resident's data; not from what to what.
CREATE TABLE resident_change (
    district_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    actor_id uuid NOT NULL REFERENCES person,
    resident_id uuid NOT NULL,
    -- 'erased' is one of them
    fields text[] NOT NULL CHECK (cardinality(fields) > 0),
    -- why somebody else erased them
    reason_sealed bytea,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, resident_id) REFERENCES resident
);
CREATE INDEX resident_change_resident ON resident_change (district_id, resident_id, at);

CREATE FUNCTION only_its_words_may_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- sealed words may be erased or sealed anew under another key
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(NEW) - 'reason_sealed') = (to_jsonb(OLD) - 'reason_sealed') THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER unmasking_append_only BEFORE UPDATE OR DELETE ON unmasking
    FOR EACH ROW EXECUTE FUNCTION only_its_words_may_go();
CREATE TRIGGER unmasking_no_truncate BEFORE TRUNCATE ON unmasking
    FOR EACH STATEMENT EXECUTE FUNCTION only_its_words_may_go();
CREATE TRIGGER resident_change_append_only BEFORE UPDATE OR DELETE ON resident_change
    FOR EACH ROW EXECUTE FUNCTION only_its_words_may_go();
CREATE TRIGGER resident_change_no_truncate BEFORE TRUNCATE ON resident_change
    FOR EACH STATEMENT EXECUTE FUNCTION only_its_words_may_go();

-- What somebody has uploaded. What they did, or had done in their name, is found by the index of V8.
CREATE INDEX photo_uploader ON photo (district_id, uploader_id);
