-- A claim is answered, taken back, or ends unanswered. Ended ones stay for a year: who was declined waits before they say the
-- same again, and who did not have the name at first does not try others.
ALTER TABLE resident_claim
    -- by default only for what a node of an older build writes
    ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN status text NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'declined', 'withdrawn', 'expired')),
    ADD COLUMN ended_at timestamptz(3),
    ADD COLUMN ended_by_id uuid,
    ADD COLUMN reason_sealed bytea,
    ADD CONSTRAINT resident_claim_ended CHECK ((status = 'pending') = (ended_at IS NULL)),
    DROP CONSTRAINT resident_claim_pkey,
    ADD PRIMARY KEY (district_id, id),
    -- one of each pair: what is claimed anew is another one, in the place of the former
    ADD CONSTRAINT resident_claim_pair UNIQUE (district_id, claimant_id, record_id);
CREATE INDEX resident_claim_waiting ON resident_claim (district_id, created_at, id) WHERE status = 'pending';
CREATE INDEX resident_claim_over ON resident_claim (district_id, ended_at) WHERE ended_at IS NOT NULL;
