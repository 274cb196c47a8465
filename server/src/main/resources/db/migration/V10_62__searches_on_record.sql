-- Whoever looks somebody up by a name or a number tries a value that the mask hides: that is on record like an unmasking.
ALTER TABLE unmasking ADD COLUMN kind text NOT NULL DEFAULT 'unmasking' CHECK (kind IN ('unmasking', 'search'));
-- What was searched for. Goes when whoever was found is erased, and after a year.
ALTER TABLE unmasking ADD COLUMN asked_sealed bytea;
-- Of a search an entry for each who was found; one without a subject where nobody was.
ALTER TABLE unmasking ALTER COLUMN subject_id DROP NOT NULL;
ALTER TABLE unmasking ADD CONSTRAINT unmasking_of_somebody CHECK (subject_id IS NOT NULL OR kind = 'search');
CREATE INDEX unmasking_asked ON unmasking (district_id, at) WHERE asked_sealed IS NOT NULL;

CREATE OR REPLACE FUNCTION only_its_words_may_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- sealed words may be erased or sealed anew under another key
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(NEW) - 'reason_sealed' - 'asked_sealed') = (to_jsonb(OLD) - 'reason_sealed' - 'asked_sealed') THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
