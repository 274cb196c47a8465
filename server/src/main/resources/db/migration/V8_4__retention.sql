-- Data at rest: which keys have values, and how long what is for.

-- The installation's keys that something is or may be sealed under, 0 for the key of the indexes. The proof tells a key
-- from another one of the same number.
CREATE TABLE data_key_use (
    key_id smallint PRIMARY KEY,
    proof bytea NOT NULL,
    since timestamptz(3) NOT NULL,
    -- in the order in which they became current
    n bigint NOT NULL GENERATED ALWAYS AS IDENTITY
);

-- Photos from before their files were sealed are sealed by the job that does it for older keys, whichever is current.
INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
SELECT d.id, gen_random_uuid(), 'reseal', d.id, '{}', now()
FROM district d WHERE EXISTS (SELECT 1 FROM photo p WHERE p.district_id = d.id);

-- For how long details are kept that were for something that is over. A district that has said nothing keeps them for
-- as long as the service says.
CREATE TABLE retention_settings (
    district_id uuid PRIMARY KEY REFERENCES district,
    closed_ticket_texts_months int NOT NULL,
    photos_months int NOT NULL,
    booking_details_months int NOT NULL,
    notifications_days int NOT NULL,
    sessions_days int NOT NULL
);

-- What is past its time is found without looking at what is not.
CREATE INDEX ticket_over ON ticket (district_id, last_at, id) WHERE status IN ('closed', 'cancelled', 'merged');
CREATE INDEX booking_details ON booking (district_id, date)
    WHERE delivery_address_sealed IS NOT NULL OR cancel_reason_sealed IS NOT NULL;
CREATE INDEX meal_reason ON meal (district_id, date) WHERE cancel_reason_sealed IS NOT NULL;
CREATE INDEX notification_age ON notification (district_id, created_at);
CREATE INDEX session_end ON session (district_id, (coalesce(revoked_at, expires_at)));
CREATE INDEX refresh_token_used ON refresh_token (used_at) WHERE used_at IS NOT NULL;

-- A delivery has an address until it is forgotten, and nothing else has one.
DO $$
DECLARE
    address_check text;
BEGIN
    FOR address_check IN
        SELECT conname FROM pg_constraint
        WHERE conrelid = 'booking'::regclass AND contype = 'c'
          AND pg_get_constraintdef(oid) LIKE '%delivery_address_sealed%'
    LOOP
        EXECUTE format('ALTER TABLE booking DROP CONSTRAINT %I', address_check);
    END LOOP;
END
$$;
ALTER TABLE booking ADD CONSTRAINT booking_address CHECK (mode = 'delivery' OR delivery_address_sealed IS NULL);

-- Every district has its nightly removal from its first day on. Each run leaves the next.
CREATE FUNCTION district_removes_what_is_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
    VALUES (NEW.id, gen_random_uuid(), 'remove_past', NEW.id, '{}', now());
    RETURN NULL;
END
$$;

CREATE TRIGGER district_removes_what_is_past AFTER INSERT ON district
    FOR EACH ROW EXECUTE FUNCTION district_removes_what_is_past();

INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
SELECT id, gen_random_uuid(), 'remove_past', id, '{}', now() FROM district;
